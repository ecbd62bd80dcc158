"""Tables for download: workbooks and CSV whose text no office program takes for a formula, and whose bytes depend on
nothing but their rows."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as TargetCell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from core.characters import plain_forms, writable
from core.files.excel.cells import Cell, column_letter
from core.numbers import exact

_STARTS = "=+-@\t\r\n\0"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STAMP = datetime(1980, 1, 1)  # noqa: DTZ001  a fixed mark, not a moment
_CJK_WIDTH = 2


@dataclass(frozen=True)
class Table:
    """One sheet to write: first row is the heading."""

    name: str
    rows: Sequence[Sequence[Cell]]


def safe_text(text: str) -> str:
    """Text that stays text when a program opens the file: an apostrophe before anything it might run.

    The first character that is not a space decides, full-width forms (=+-@) included: some programs fold them.
    """
    start = text.lstrip(" \u3000\u00a0")[:1]
    return f"'{text}" if start and plain_forms(start)[:1] in _STARTS else text


def workbook_bytes(tables: Iterable[Table]) -> bytes:
    """An .xlsx with text cells forced to text (format @), so that codes and phones keep every digit."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = book.properties.modified = _STAMP
    book.properties.creator = ""
    for table in tables:
        _write_sheet(book.create_sheet(table.name), table.rows)
    target = io.BytesIO()
    book.save(target)
    return _with_fixed_times(target.getvalue())


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """CSV in UTF-8 with a byte-order mark, which office programs need to show Chinese; lines end in CR LF."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return "\ufeff".encode() + target.getvalue().encode()


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return writable(safe_text(cell))
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return exact(cell) if isinstance(cell, Decimal) else str(cell)


def _write_sheet(sheet: Worksheet, rows: Sequence[Sequence[Cell]]) -> None:
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                _write_cell(cast(TargetCell, sheet.cell(number, column)), value)
    for column in range(len(rows[0]) if rows else 0):
        sheet.cell(1, column + 1).font = Font(bold=True)
        sheet.column_dimensions[column_letter(column)].width = _width(rows, column)


def _write_cell(target: TargetCell, value: Cell) -> None:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        target.value = value
    elif isinstance(value, date):
        target.value = value
        target.number_format = "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
    else:
        target.value = _as_text(value)
        target.data_type = "s"  # also for texts that openpyxl would take for an error value
        target.number_format = "@"


def _width(rows: Sequence[Sequence[Cell]], index: int) -> int:
    """Wide enough for the first rows, a Chinese character counting twice; between 8 and 60."""
    texts = (str(row[index]) for row in rows[:50] if index < len(row) and row[index] is not None)
    longest = max((sum(_CJK_WIDTH if ord(char) > 255 else 1 for char in text) for text in texts), default=0)
    return min(max(longest + 2, 8), 60)


def _with_fixed_times(content: bytes) -> bytes:
    """The same parts in the same order, with one fixed time each and no time of saving."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(info, data)
    return target.getvalue()
