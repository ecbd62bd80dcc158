"""What a person reads in an answer of the portal, as plain text to compare with a golden file: pages, PDF and Word
documents, workbooks and text files."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import docx
from openpyxl import load_workbook

from evaluation.deadlines import BEIJING
from tests.documents.reading import reader
from tests.pages import parsed

_OWN_LINE = {"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "caption", "summary", "label", "button", "title"}
_CONTAINERS = {"html", "head", "body", "main", "header", "footer", "nav", "section", "article", "aside", "div", "form"}
_CONTAINERS |= {"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "details", "figure", "fieldset"}


def printed(response: Any, *, is_whole: bool = False) -> str:
    """What the answer says, in its order; the cells of a row stand between bars, so that no column can change places.

    Of a page its main part, unless it is asked for whole: head, menu and foot are the same on all of an audience.
    The day of the run becomes 今日: the database stamps it. The size of a printed or compressed file and the digest of
    a compressed one depend on the machine's fonts and libraries; the sources name rows by their numbers.
    """
    content = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers["Content-Type"].partition(";")[0]
    lines = _lines(parsed(content)) if is_whole else READERS[kind](content)
    text = "\n".join(line for line in lines if line)
    return _without_today(_without_packing(text), datetime.now(BEIJING).date()) + "\n"


def _of_page(content: bytes) -> Iterator[str]:
    page = parsed(content)
    return _lines(next(page.iter("main"), page))


def _of_pdf(content: bytes) -> Iterator[str]:
    for number, page in enumerate(reader(content).pages, 1):
        yield f"第{number}页"
        yield from (" ".join(line.split()) for line in page.extract_text().splitlines())


def _of_word(content: bytes) -> Iterator[str]:
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            yield from (_row(cell.text for cell in row.cells) for row in block.rows)
        else:
            yield block.text.strip()


def _of_workbook(content: bytes) -> Iterator[str]:
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        yield f"工作表 {sheet.title}"
        yield from (_row("" if cell is None else str(cell) for cell in row) for row in sheet.values)


def _of_text(content: bytes) -> Iterator[str]:
    return iter(content.decode("utf-8-sig").splitlines())


def _row(cells: Any) -> str:
    return "| " + " | ".join(" ".join(cell.split()) for cell in cells) + " |"


_OWN_TO_A_RUN = (
    (re.compile(r"(ranking\.xlsx|sources\.json|PDF)( ?[，（] ?)[\d.]+ (?:KB|字节)"), r"\1\2…"),
    (re.compile(r"((?:ranking\.xlsx|sources\.json).*\nSHA-256\n)[0-9a-f]{64}"), r"\1…"),
    (re.compile(r"(JB\d{4}Q\d-\w+-\d+-\d+-)[0-9A-F]{8}"), r"\1…"),  # the digest of a document that names accounts
    (
        re.compile(r"(指纹（SHA-256）\n|\"sha256\":\")[0-9a-f]{64}"),
        r"\1…",
    ),  # Word files are zipped with the time of day
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "…"),
    (re.compile(r"((?:evaluation|rewards)\.[a-z_]+ )\S+"), r"\1…"),
)

READERS = {
    "text/html": _of_page,
    "application/pdf": _of_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _of_word,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _of_workbook,
    "text/plain": _of_text,
    "text/csv": _of_text,
    "application/json": _of_text,
}


def _lines(node: Any) -> Iterator[str]:
    if node.tag == "tr":
        yield _row(_said(cell) for cell in node if cell.tag in ("th", "td"))
    elif node.tag in _OWN_LINE or not any(_parts(child) for child in node):
        yield _said(node)
    else:
        yield " ".join((node.text or "").split())
        for child in node:
            if isinstance(child.tag, str):
                yield from _lines(child)
            yield " ".join((child.tail or "").split())


def _said(node: Any) -> str:
    """The text of an element; what stands in several elements, or on several lines, is kept apart by a blank."""
    return " ".join(" ".join(node.itertext()).split())


def _parts(node: Any) -> bool:
    """Whether an element, or one inside it, begins a line of its own."""
    kinds = _OWN_LINE | _CONTAINERS | {"tr"}
    return any(inner.tag in kinds for inner in node.iter())


def _without_packing(text: str) -> str:
    """Without what follows from row numbers, from the fonts of the machine and from the compression of a file."""
    for pattern, kept in _OWN_TO_A_RUN:
        text = pattern.sub(kept, text)
    return text


def _without_today(text: str, today: date) -> str:
    forms = (f"{today.year}年{today.month}月{today.day}日", today.isoformat())
    return re.sub("|".join(f"{re.escape(form)}(?: ?\\d{{1,2}}:\\d\\d(?::\\d\\d)?)?" for form in forms), "今日", text)
