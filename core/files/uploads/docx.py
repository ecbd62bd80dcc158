"""Reading a .docx in the limited child. No Django here."""

from collections.abc import Iterator

from docx.document import Document
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from core.files.uploads.office import opened

MAX_TEXT = 400_000


def read_text(content: bytes) -> dict[str, list[str]]:
    """The document's text in its order, a paragraph or a table's row a line; cells of a row are set apart by tabs."""
    lines, total = [], 0
    for line in _lines(opened(content)):
        text = "".join(c for c in line if c.isprintable() or c == "\t").strip()
        total += len(text)
        if total > MAX_TEXT:
            break
        if text:
            lines.append(text)
    return {"lines": lines}


def _lines(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text.replace("\n", " ")
        elif isinstance(block, Table):
            for row in block.rows:
                # By the cells that stand in the file: `row.cells` repeats a wide one as often as the file says.
                yield "\t".join(_Cell(cell, block).text.replace("\n", " ") for cell in row._tr.tc_lst)
