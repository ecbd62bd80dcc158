"""Reads a page as a person does: each table row by row, every cell under its heading."""

from collections.abc import Iterator
from typing import Any

from lxml import html as markup

Row = dict[str, str]


def text_in(node: Any) -> str:
    """What stands in an element, blanks and line breaks as one space."""
    return " ".join(node.text_content().split())


def parsed(page: str | bytes) -> Any:
    """The page without what no person reads."""
    root = markup.fromstring(page.decode() if isinstance(page, bytes) else page)
    for node in root.xpath("//script | //style"):
        node.drop_tree()
    return root


def text_of(page: str | bytes) -> str:
    """Everything that a page says, in its order; what only programs read (tokens, addresses) is not among it."""
    return text_in(parsed(page))


def tables(page: str | bytes) -> list[list[Row]]:
    """The rows of every table that has headings above its columns; a row that spans columns is left out."""
    return [list(_rows(table)) for table in parsed(page).iter("table") if table.find("thead") is not None]


def table(page: str | bytes, *headings: str) -> list[Row]:
    """The rows of the only table that has all these headings."""
    found = [rows for rows in tables(page) if rows and set(headings) <= rows[0].keys()]
    assert len(found) == 1, f"{len(found)} tables have the headings {headings}"
    return found[0]


def _rows(found: Any) -> Iterator[Row]:
    headings = [text_in(cell) for cell in found.find("thead").iterfind(".//th")]
    for row in found.iterfind("./tbody/tr"):
        cells = [text_in(cell) for cell in row if cell.tag in ("th", "td")]
        if len(cells) == len(headings):
            yield dict(zip(headings, cells, strict=True))
