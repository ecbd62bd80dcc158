"""The demonstration workbook of one quarter as rows that a test may spoil, saved again as an office program would."""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from core.periods import Quarter
from evaluation.intake.actions import HubReading, read_hub

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "demo"
QUARTER = Quarter(2025, 1)
PERIODS = tuple(path.stem for path in sorted((DEMO / "hub").glob("*.xlsx")))


def demo_content(period: str) -> bytes:
    return (DEMO / "hub" / f"{period}.xlsx").read_bytes()


def edited(
    cells: Mapping[str, Any] | None = None, *, change: Callable[[Worksheet], None] | None = None, period: str = "2025Q1"
) -> bytes:
    """The workbook with these cells overwritten (address → value) and perhaps changed further."""
    book = openpyxl.load_workbook(io.BytesIO(demo_content(period)))
    sheet = book.worksheets[0]
    for address, value in (cells or {}).items():
        sheet[address].value = value
    if change is not None:
        change(sheet)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(content: bytes, quarter: Quarter = QUARTER) -> HubReading:
    return read_hub(content=content, file_name=f"{quarter.code}.xlsx", quarter=quarter)


def retotalled(sheet: Worksheet) -> None:
    """Make the totals row agree with the rows again."""
    for column in range(5, 18):
        given = [str(sheet.cell(row, column).value or 0) for row in range(4, 22)]
        sheet.cell(22, column).value = sum(map(int, given))


def figures_csv(*rows: Sequence[str]) -> bytes:
    lines = [("平台编码", "指标编码", "年度", "数值(JSON)"), *rows]
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines]
    return ("\ufeff" + "\r\n".join(quoted) + "\r\n").encode()
