"""Opening a .docx in the limited child. No Django here."""

import io
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from core.errors import Refusal

MAX_TEXT = 400_000


def inspect(content: bytes) -> dict[str, int]:
    """How many paragraphs the document has; Refusal when it cannot be opened or holds nothing."""
    paragraphs = len(_opened(content).element.body.findall(".//{*}p"))
    if paragraphs == 0:
        raise Refusal("文档是空的,请检查后重新上传")
    return {"length": paragraphs}


def read_text(content: bytes) -> dict[str, list[str]]:
    """The document's text in its order, a paragraph or a table's row a line; cells of a row are set apart by tabs."""
    lines, total = [], 0
    for line in _lines(_opened(content)):
        text = "".join(c for c in line if c.isprintable() or c == "\t").strip()
        total += len(text)
        if total > MAX_TEXT:
            break
        if text:
            lines.append(text)
    return {"lines": lines}


def _opened(content: bytes) -> Document:
    try:
        return docx.Document(io.BytesIO(content))
    except (ValueError, KeyError, AttributeError, LxmlError):
        raise Refusal("文档已损坏,无法打开;请用Word或WPS打开后另存一份再上传") from None


def _lines(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text.replace("\n", " ")
        elif isinstance(block, Table):
            for row in block.rows:
                # By the cells that stand in the file: `row.cells` repeats a wide one as often as the file says.
                yield "\t".join(_Cell(cell, block).text.replace("\n", " ") for cell in row._tr.tc_lst)
