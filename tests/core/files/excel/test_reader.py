"""What is read is what stands in the file: every row at its number, every number with its shown digits."""

import io
import os
import random
import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from core.errors import Refusal
from core.files.excel import parsing
from core.files.excel.reader import column_letter, read_workbook
from core.files.sandbox import run_limited
from tests.core.files.excel import files


def read(rows, **options):
    (sheet,) = read_workbook(files.saved(rows, **options)).sheets
    return sheet.rows


def test_cells_keep_their_kind():
    row = [
        "编码",
        3,
        Decimal("72.47"),
        -2,
        date(2025, 3, 31),
        datetime.fromisoformat("2025-03-31T08:30"),
        time(9, 0),
        True,
        "１２",
    ]
    assert read([row]) == [row]


def test_leading_empty_rows_and_columns_keep_their_places():
    assert read([["a", 1]], start=(3, 2)) == [[None, None, None], [None, None, None], [None, "a", 1]]


def test_empty_rows_and_cells_between_are_none():
    assert read([["a", "b"], [], [None, 0]]) == [["a", "b"], [None, None], [None, 0]]


@pytest.mark.parametrize(
    ("written", "shown"),
    [("0.30000000000000004", "0.3"), ("72.469999999999999", "72.47"), ("1E-3", "0.001"), ("12.5", "12.5")],
)
def test_binary_noise_is_not_part_of_a_number(written, shown):
    content = files.workbook(files.sheet_xml(f'<row r="1"><c r="A1"><v>{written}</v></c></row>'))
    assert read_workbook(content).sheets[0].rows == [[Decimal(shown)]]


def test_a_code_that_became_a_number_stays_visibly_broken():
    assert read([[910000000000000012]]) == [["9.1E+17"]]


def test_declared_size_is_not_believed():
    """A file of three rows that declares one, and a file of three that declares a million, are read in full."""
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in (1, 2, 3))
    for declared in ("A1:A1", "A1:XFD1048576"):
        content = files.workbook(files.sheet_xml(rows, before=f'<dimension ref="{declared}"/>'))
        assert read_workbook(content).sheets[0].rows == [[1], [2], [3]]


def test_merged_ranges_are_told():
    merged = files.sheet_xml().replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:C2"/></mergeCells>')
    assert read_workbook(files.workbook(merged)).sheets[0].merged == (((0, 0), (1, 2)),)


def test_empty_second_sheet_is_left_out():
    content = files.workbook(
        **{
            "xl/workbook.xml": files.workbook_xml(("表", "rId1", "visible"), ("Sheet2", "rId2", "visible")),
            "xl/_rels/workbook.xml.rels": files.relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml")
            ),
            "xl/worksheets/sheet2.xml": files.sheet_xml(""),
        }
    )
    assert [sheet.name for sheet in read_workbook(content).sheets] == ["表"]


@pytest.mark.parametrize("character", ["\u202e", "\x7f", "\ue000", "\U00020003"])
def test_hidden_characters_are_refused_with_their_cell(character):
    with pytest.raises(Refusal) as refused:
        read([["编码"], ["x"], [f"W1{character}"]])
    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (3, "A")
    assert f"U+{ord(character):04X}(第3个字符" in fault.message


def test_what_is_harmless_is_put_right_in_every_cell():
    rows = read([["编\u200b码", 1], ["\ufeffW1\u00a0", "cafe\u0301"]])
    assert rows == [["编码", 1], ["W1", "café"]]


def test_refusals_cross_the_process_whole():
    with pytest.raises(Refusal) as refused:
        read([["a", "=1+1"], ["=2+2"]])
    assert [(fault.sheet, fault.row, fault.column) for fault in refused.value.faults] == [
        ("Sheet", 1, "B"),
        ("Sheet", 2, "A"),
    ]


def test_implicit_positions_are_counted_too():
    """Rows without numbers could reach any size; what the parser found is measured again."""
    content = files.workbook(
        files.sheet_xml("<row><c><v>1</v></c></row>" * 100_001 + f"<!--{os.urandom(99000).hex()}-->")
    )
    with pytest.raises(Refusal, match="数据范围过大"):
        read_workbook(content)


def test_wide_and_long_is_refused_without_harm():
    """100,000 × 500 empty cells with two corners filled would take gigabytes."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="100000"><c r="SF100000"><v>1</v></c></row>'
    with pytest.raises(Refusal, match=r"数据范围过大|内存"):
        read_workbook(files.workbook(files.sheet_xml(cells)))


def damaged(content, chance):
    """A few bytes changed, removed or added."""
    found = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(found))
        match chance.choice(("change", "change", "remove", "add")):
            case "change":
                found[place] = chance.randrange(256)
            case "remove":
                del found[place : place + chance.randint(1, 20)]
            case _:
                found[place:place] = chance.randbytes(4)
    return bytes(found)


@pytest.mark.parametrize("seed", range(4))
def test_any_damage_is_refused_or_read_but_never_an_error(seed):
    """Damage to the container and to single parts inside an intact one: a table or a refusal, nothing else."""
    chance = random.Random(seed)
    good = files.saved([["平台编码", "数"], ["W1", 3], ["W2", 4.5]])
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(100):
        name = chance.choice(list(parts))
        for content in (damaged(good, chance), files.zipped(parts | {name: damaged(parts[name], chance)})):
            try:
                assert parsing.workbook(content)
            except Refusal as refusal:
                assert str(refusal)


def test_a_sheet_cut_short_is_never_read_in_part():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 6))
    whole = files.sheet_xml(rows)
    ends = range(whole.index("<sheetData>"), whole.index("</sheetData>"))
    assert len(ends) > 100
    for end in ends:
        with pytest.raises(Refusal):
            parsing.workbook(files.workbook(whole[:end]))


@pytest.mark.parametrize(
    ("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_column_letters(index, letters):
    assert column_letter(index) == letters


def test_only_listed_functions_run():
    with pytest.raises(ValueError, match="not on the list"):
        run_limited("os.system", b"true")


def test_the_child_loads_no_framework():
    """Start-up is paid for every upload."""
    code = "import core.files.excel.parsing, sys; print('django' in sys.modules, 'openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
