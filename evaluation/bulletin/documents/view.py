"""The frozen view-model of a bulletin: what PDF and web page both render, stored as canonical JSON. Holds finished
texts only; nothing that shows it computes, rounds or words anything again."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core.paper.official_page import Layout
from core.paper.punctuation import full_width
from evaluation.scoring.canonical import canonical_bytes
from evaluation.scoring.document import Document

FORMAT = "sme-bulletin/1"


@dataclass(frozen=True)
class Column:
    """`unit` prints under the title in brackets; '' for none."""

    title: str
    unit: str = ""
    is_number: bool = True


@dataclass(frozen=True)
class Row:
    """Cells in column order; a line break inside a cell is a line feed."""

    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    @property
    def has_remarks(self) -> bool:
        """Its last column holds sentences, not numbers."""
        return not self.columns[-1].is_number

    @property
    def body(self) -> list[list[tuple[Column, str]]]:
        """Every row as pairs of column and cell."""
        return [list(zip(self.columns, row.cells, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Paragraph:
    """`lead` is a second-level heading such as (一)…。 that runs on into the text; '' for none."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Section:
    """`heading` carries its numeral: 一、总体情况."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    table: Table | None = None


@dataclass(frozen=True)
class Attachment:
    label: str
    title: str
    is_landscape: bool
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class BulletinView:
    """One bulletin, complete. `period` is like 2025Q1, `issued_on` like 2025-04-28."""

    period: str
    is_demo: bool
    layout: Layout
    red_head: str
    number: str
    title_lines: tuple[str, ...]
    addressee: str
    opening: str
    sections: tuple[Section, ...]
    attachments: tuple[Attachment, ...]
    issuer: str
    issued_on: str
    remark: str

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    @property
    def dated(self) -> str:
        """2025年4月28日: Arabic digits without leading zeros (GB/T 9704)."""
        day = date.fromisoformat(self.issued_on)
        return f"{day.year}年{day.month}月{day.day}日"


def view_bytes(view: BulletinView) -> bytes:
    """Canonical JSON with punctuation as it is printed: the same view, the same bytes."""
    return canonical_bytes({"format": FORMAT, **_as_printed(asdict(view))})


def read_view(content: bytes) -> BulletinView:
    """The view-model back from its bytes; ValueError for a format that this version does not know."""
    document = json.loads(content)
    if document.pop("format", None) != FORMAT:
        raise ValueError("not a bulletin of a known format")
    return BulletinView(
        **{
            **document,
            "is_demo": bool(document["is_demo"]),
            "layout": Layout(**document["layout"]),
            "title_lines": tuple(document["title_lines"]),
            "sections": tuple(_section(section) for section in document["sections"]),
            "attachments": tuple(_attachment(attachment) for attachment in document["attachments"]),
        }
    )


def _section(document: Document) -> Section:
    table = document["table"]
    paragraphs = tuple(Paragraph(**paragraph) for paragraph in document["paragraphs"])
    return Section(document["heading"], paragraphs, _table(table) if table else None)


def _attachment(document: Document) -> Attachment:
    tables = tuple(_table(table) for table in document["tables"])
    return Attachment(document["label"], document["title"], bool(document["is_landscape"]), tables)


def _table(document: Document) -> Table:
    return Table(
        caption=document["caption"],
        columns=tuple(Column(c["title"], c["unit"], bool(c["is_number"])) for c in document["columns"]),
        rows=tuple(Row(tuple(row["cells"])) for row in document["rows"]),
        notes=tuple(document["notes"]),
    )


def _as_printed(node: Any) -> Any:
    if isinstance(node, str):
        return full_width(node)
    if isinstance(node, dict):
        return {key: _as_printed(value) for key, value in node.items()}
    return [_as_printed(item) for item in node] if isinstance(node, list | tuple) else node
