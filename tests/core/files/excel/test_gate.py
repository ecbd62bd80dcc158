"""The rules for workbooks one by one, beyond the kinds of the corpus (`tests/corpus`); honest ones pass."""

from pathlib import Path

import pytest

from core.errors import Refusal
from core.files.excel.gate import workbook_parts
from tests.core.files.excel import files
from tests.corpus import spreadsheets
from tests.corpus.spreadsheets import EXTERNAL, LAUGHS


def rows_with(cells: str) -> bytes:
    return files.workbook(files.sheet_xml(f'<row r="5">{cells}</row>'))


def behind_the_cells(xml: str) -> bytes:
    return files.workbook(files.sheet_xml().replace("</worksheet>", f"{xml}</worksheet>"))


REFUSED = {
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "rar": (b"Rar!\x1a\x07", "RAR"),
    "junk before zip": (b"#!/bin/sh\n" + files.workbook(), "不是.xlsx"),
    "dtd in a part of another name": (files.with_part("xl/sheet.dat", f"<?xml version='1.0'?>{LAUGHS}<x/>"), "DTD"),
    "utf-16 part": (files.workbook(None, **{"xl/styles.xml": "<x/>".encode("utf-16")}), "UTF-8"),
    "foreign encoding": (files.workbook(**{"xl/styles.xml": '<?xml version="1.0" encoding="UTF-7"?><x/>'}), "UTF-8"),
    "too large unpacked": (files.with_part("xl/media/a.bmp", bytes(61 * 1024 * 1024)), "解压后超过60MB"),
    "duplicate by case": (files.with_part("XL/Workbook.xml"), "重复的部件"),
    "too many rows": (rows_with('<c r="A100001"><v>1</v></c>'), "第100001行“A”列:数据范围过大"),
    "too many columns": (rows_with('<c r="SG5"><v>1</v></c>'), "第5行“SG”列:数据范围过大"),
    "formula": (rows_with('<c r="C5"><f>SUM(A1:B1)</f><v>3</v></c>'), "工作表“运营数据”第5行“C”列:单元格是公式"),
    "prefixed formula": (rows_with('<x:c r="C5" xmlns:x="m"><x:f>1+1</x:f></x:c>'), "第5行“C”列:单元格是公式"),
    "shared formula": (rows_with('<c r="D5"><f t="shared" si="0"/><v>3</v></c>'), "第5行“D”列:单元格是公式"),
    "macro content type": (files.workbook(**{"[Content_Types].xml": "<x t='macroEnabled.main+xml'/>"}), "含有宏"),
    "external image": (
        files.with_part(
            "xl/drawings/_rels/drawing1.xml.rels",
            files.relations(extra=EXTERNAL.format(files.RELATIONS, "image")),
        ),
        "引用了外部内容",
    ),
    "embedded file": (files.with_part("xl/embeddings/oleObject1.bin"), "内嵌"),
    "hidden sheet": (spreadsheets.hidden_sheet("hidden"), "工作表“藏”:有隐藏的工作表"),
    "two filled sheets": (spreadsheets.hidden_sheet("visible"), "只能有一个含数据的工作表"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_nasty_file_is_refused_by_name(name):
    content, message = REFUSED[name]
    with pytest.raises(Refusal) as refused:
        workbook_parts(content)
    assert message in str(refused.value)


HYPERLINK = files.relations(extra=EXTERNAL.format(files.RELATIONS, "hyperlink"))
HONEST = {
    "smallest": files.workbook(),
    "saved by a program": files.saved([["编码", "数"], ["W1", 3]]),
    "hyperlink": files.with_part("xl/worksheets/_rels/sheet1.xml.rels", HYPERLINK),
    "printer settings": files.with_part("xl/printerSettings/printerSettings1.bin", bytes(400)),
    "declared size too large": files.workbook(files.sheet_xml(before='<dimension ref="A1:XFD1048576"/>')),
    "empty formatted cells far out": rows_with('<c r="A5"><v>1</v></c><c r="XFD1048576" s="1"/><c r="ZZZ5"></c>'),
    "conditional formatting": behind_the_cells(
        "<!-- --><conditionalFormatting><cfRule><formula>A1</formula></cfRule></conditionalFormatting>"
    ),
    "choices from another sheet": behind_the_cells(
        '<extLst><ext xmlns:xm="m"><dataValidation><xm:f>字典!$A$1:$A$3</xm:f></dataValidation></ext></extLst>'
    ),
    "apostrophe attributes": rows_with("<c r='A5'><v>1</v></c>"),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_passes(name):
    assert "xl/workbook.xml" in workbook_parts(HONEST[name])


@pytest.mark.parametrize("path", sorted(Path("demo/hub").glob("*.xlsx")), ids=lambda path: path.stem)
def test_the_hub_workbooks_pass(path):
    assert "xl/workbook.xml" in workbook_parts(path.read_bytes())


def test_all_formulas_are_named_at_once_and_the_rest_counted():
    cells = "".join(f'<row r="{n}"><c r="B{n}"><f>1+{n}</f></c></row>' for n in range(1, 41))
    with pytest.raises(Refusal) as refused:
        workbook_parts(files.workbook(files.sheet_xml(cells)))
    named = [(fault.row, fault.column) for fault in refused.value.faults if fault.row]
    assert named == [(n, "B") for n in range(1, 31)]
    assert refused.value.faults[-1].message == "另有10处同样的问题:单元格是公式"
