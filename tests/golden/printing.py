"""A page as plain text to compare with a golden file: a line for each paragraph, heading, item or row of a table."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from tests.pages import parsed

_OWN_LINE = {"p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "caption", "summary", "label", "button", "title"}
_CONTAINERS = {"html", "head", "body", "main", "header", "footer", "nav", "section", "article", "aside", "div", "form"}
_CONTAINERS |= {"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "details", "figure", "fieldset"}


def printed(page: bytes) -> str:
    """What a page says, in its order; the cells of a row stand between bars, so that no column can change places.

    The day of the run becomes 今日: publishing stamps it in the database. The size of a printed or compressed file and
    the digest of a compressed one depend on the machine's fonts and libraries; the sources name rows by their numbers.
    """
    text = "\n".join(line for line in _lines(parsed(page)) if line)
    return _without_today(_without_packing(text), timezone.localdate()) + "\n"


def _lines(node: Any) -> Iterator[str]:
    if node.tag == "tr":
        yield "| " + " | ".join(_said(cell) for cell in node if cell.tag in ("th", "td")) + " |"
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
    text = re.sub(r"(ranking\.xlsx|sources\.json|PDF)( ?[，（] ?)[\d.]+ (?:KB|字节)", r"\1\2…", text)
    return re.sub(r"((?:ranking\.xlsx|sources\.json).*\nSHA-256\n)[0-9a-f]{64}", r"\1…", text)


def _without_today(text: str, today: date) -> str:
    forms = (f"{today.year}年{today.month}月{today.day}日", today.isoformat())
    return re.sub("|".join(f"{re.escape(form)}(?: ?\\d{{1,2}}:\\d\\d)?" for form in forms), "今日", text)
