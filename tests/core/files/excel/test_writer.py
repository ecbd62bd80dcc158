"""Downloads: no cell of ours runs anything, whatever somebody typed; the same rows give the same bytes."""

import csv
import io
import time
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from core.files.excel.cells import Cell
from core.files.excel.gate import workbook_parts
from core.files.excel.reader import read_workbook
from core.files.excel.writer import Table, csv_bytes, workbook_bytes

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "=", "+", "-", "@"]
PAYLOADS = [
    f"{space}{start}{body}"
    for start in STARTS
    for space, body in (
        ("", "1+1"),
        ("", "cmd|'/c calc'!A1"),
        ("", 'HYPERLINK("http://example.invalid")'),
        (" ", "1+1"),
        ("\u3000", "=1"),
    )
]


def test_there_are_sixty_payloads():
    assert len(PAYLOADS) == 60


@pytest.mark.parametrize("payload", PAYLOADS, ids=repr)
def test_no_payload_stays_live(payload):
    rows = [["标题"], [payload]]
    cell = openpyxl.load_workbook(io.BytesIO(workbook_bytes([Table("表", rows)]))).worksheets[0]["A2"]
    assert (cell.data_type, str(cell.value)[0]) == ("s", "'")
    (_, (text,)) = csv.reader(io.StringIO(csv_bytes(rows).decode("utf-8-sig"), newline=""))
    assert text.startswith("'")


def test_honest_text_is_left_alone():
    rows: list[list[Cell]] = [["标题"], ["株洲(市)平台"], ["0731-12345678"], ["#REF!"], ["3-5年"]]
    content = workbook_bytes([Table("表", rows)])
    workbook_parts(content)
    assert read_workbook(content).sheets[0].rows == rows


def test_kinds_survive_and_codes_stay_text():
    row: list[Cell] = [
        "430211",
        "13800000000",
        "91000000MA0000001R",
        7,
        Decimal("82.09"),
        date(2025, 3, 31),
        None,
        True,
    ]
    content = workbook_bytes([Table("表", [list("abcdefgh"), row])])
    assert read_workbook(content).sheets[0].rows[1] == [*row[:7], "是"]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert {sheet.cell(2, column).number_format for column in (1, 2, 3)} == {"@"}


def test_same_rows_same_bytes():
    tables = [Table("表", [["a", "b"], ["1", 2]])]
    first = workbook_bytes(tables)
    time.sleep(2.1)  # a zip keeps times in steps of two seconds
    assert workbook_bytes(tables) == first


def test_csv_opens_in_office_programs():
    assert csv_bytes([["平台"], [Decimal("1E+2")], [None]]) == '\ufeff平台\r\n100\r\n""\r\n'.encode()
