"""Every nasty kind of workbook gets its own message; honest ones pass."""

import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from core.errors import Refusal
from core.excel.gate import check_workbook
from tests.core.excel import files

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
EXTERNAL = '<Relationship Id="rId9" Type="{}/{}" Target="http://example.invalid/" TargetMode="External"/>'


def truncated() -> bytes:
    return files.workbook()[:-200]


def duplicate_member() -> bytes:
    target = io.BytesIO(files.workbook())
    with warnings.catch_warnings(), zipfile.ZipFile(target, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/worksheets/sheet1.xml", files.sheet_xml(""))
    return target.getvalue()


def many_parts() -> bytes:
    return files.zipped(files.parts() | {f"xl/media/{n}.txt": "" for n in range(2_001)})


def lying_directory() -> bytes:
    """The central directory gives another size than the part has."""
    content = bytearray(files.workbook())
    entry = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    struct.pack_into("<I", content, entry + 24, 10)
    return bytes(content)


def encrypted_flag() -> bytes:
    content = bytearray(files.workbook())
    entry = content.index(b"PK\x01\x02")
    content[entry + 8] |= 1
    return bytes(content)


def hidden_sheet(state: str) -> bytes:
    return files.workbook(
        **{
            "xl/workbook.xml": files.workbook_xml(("表", "rId1", "visible"), ("藏", "rId2", state)),
            "xl/_rels/workbook.xml.rels": files.relations(
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml")
            ),
            "xl/worksheets/sheet2.xml": files.sheet_xml(),
        }
    )


def rows_with(cells: str) -> bytes:
    return files.workbook(files.sheet_xml(f'<row r="5">{cells}</row>'))


def bomb() -> bytes:
    return files.workbook(files.sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>' * 300_000))


NASTY = {
    "empty": (b"", "文件是空的"),
    "truncated": (truncated(), "文件已损坏"),
    "html": (b"<html><table><tr><td>1</td></tr></table></html>", "这是网页"),
    "gb18030 csv": ("平台编码,平台名称\r\nW1,演示\r\n".encode("gb18030"), "另存为.xlsx格式"),
    "ole2": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为无密码的.xlsx"),
    "exe": (b"MZ\x90\x00" + bytes(200), "可执行程序"),
    "pdf": (b"%PDF-1.7\n", "PDF"),
    "rar": (b"Rar!\x1a\x07", "RAR"),
    "pdf polyglot": (b"%PDF-1.4\n" + files.workbook(), "PDF"),
    "junk before zip": (b"#!/bin/sh\n" + files.workbook(), "不是.xlsx"),
    "billion laughs": (files.workbook(files.sheet_xml(head=LAUGHS)), "DTD"),
    "xxe": (files.workbook(files.sheet_xml(head='<!DOCTYPE x SYSTEM "file:///etc/passwd">')), "DTD"),
    "dtd in a part of another name": (files.with_part("xl/sheet.dat", f"<?xml version='1.0'?>{LAUGHS}<x/>"), "DTD"),
    "utf-16 part": (files.workbook(None, **{"xl/styles.xml": "<x/>".encode("utf-16")}), "UTF-8"),
    "foreign encoding": (files.workbook(**{"xl/styles.xml": '<?xml version="1.0" encoding="UTF-7"?><x/>'}), "UTF-8"),
    "NUL in xml": (files.workbook(files.sheet_xml("\0")), "无法读取的字符"),
    "too large unpacked": (files.with_part("xl/media/a.bmp", bytes(61 * 1024 * 1024)), "解压后超过60MB"),
    "bomb": (bomb(), "压缩比异常"),
    "too many parts": (many_parts(), "超过2000个"),
    "path upwards": (files.with_part("../../etc/x"), "不安全的部件名称"),
    "absolute path": (files.with_part("/abs"), "不安全的部件名称"),
    "duplicate part": (duplicate_member(), "重复的部件"),
    "duplicate by case": (files.with_part("XL/Workbook.xml"), "重复的部件"),
    "lying directory": (lying_directory(), "文件已损坏"),
    "encrypted flag": (encrypted_flag(), "密码"),
    "far corner": (rows_with('<c r="XFD1048576"><v>1</v></c>'), "第1048576行“XFD”列:数据范围过大"),
    "too many rows": (rows_with('<c r="A100001"><v>1</v></c>'), "第100001行“A”列:数据范围过大"),
    "too many columns": (rows_with('<c r="SG5"><v>1</v></c>'), "第5行“SG”列:数据范围过大"),
    "formula": (rows_with('<c r="C5"><f>SUM(A1:B1)</f><v>3</v></c>'), "工作表“运营数据”第5行“C”列:单元格是公式"),
    "prefixed formula": (rows_with('<x:c r="C5" xmlns:x="m"><x:f>1+1</x:f></x:c>'), "第5行“C”列:单元格是公式"),
    "shared formula": (rows_with('<c r="D5"><f t="shared" si="0"/><v>3</v></c>'), "第5行“D”列:单元格是公式"),
    "error value": (rows_with('<c r="B5" t="e"><v>#REF!</v></c>'), "第5行“B”列:单元格是错误值(现为“#REF!”)"),
    "macro": (files.with_part("xl/vbaProject.bin"), "含有宏"),
    "macro content type": (files.workbook(**{"[Content_Types].xml": "<x t='macroEnabled.main+xml'/>"}), "含有宏"),
    "excel 4 macro sheet": (files.with_part("xl/macrosheets/sheet1.xml", "<x/>"), "宏表"),
    "external link part": (files.with_part("xl/externalLinks/externalLink1.xml", "<x/>"), "断开链接"),
    "external sheet": (
        files.workbook(
            **{"xl/_rels/workbook.xml.rels": files.relations(extra=EXTERNAL.format(files.RELATIONS, "worksheet"))}
        ),
        "引用了外部内容",
    ),
    "external image": (
        files.with_part(
            "xl/drawings/_rels/drawing1.xml.rels",
            files.relations(extra=EXTERNAL.format(files.RELATIONS, "image")),
        ),
        "引用了外部内容",
    ),
    "pivot cache": (files.with_part("xl/pivotCache/pivotCacheDefinition1.xml", "<x/>"), "数据透视表"),
    "embedded file": (files.with_part("xl/embeddings/oleObject1.bin"), "内嵌"),
    "hidden sheet": (hidden_sheet("hidden"), "工作表“藏”:有隐藏的工作表"),
    "very hidden sheet": (hidden_sheet("veryHidden"), "工作表“藏”:有隐藏的工作表"),
    "two filled sheets": (hidden_sheet("visible"), "只能有一个含数据的工作表"),
    "no worksheet": (files.workbook(**{"xl/workbook.xml": files.workbook_xml()}), "没有工作表"),
    "only content types": (files.zipped({"[Content_Types].xml": "<x/>"}), "没有工作簿"),
    "word document": (files.zipped({"word/document.xml": "<x/>"}), "Word文档"),
    "ods": (files.zipped({"content.xml": "<x/>"}), ".ods"),
    "xlsb": (files.zipped({"xl/workbook.bin": b"\x83\x01"}), ".xlsb"),
}


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_file_is_refused_by_name(name):
    content, message = NASTY[name]
    with pytest.raises(Refusal) as refused:
        check_workbook(content)
    assert message in str(refused.value)


HYPERLINK = files.relations(extra=EXTERNAL.format(files.RELATIONS, "hyperlink"))
HONEST = {
    "smallest": files.workbook(),
    "saved by a program": files.saved([["编码", "数"], ["W1", 3]]),
    "hyperlink": files.with_part("xl/worksheets/_rels/sheet1.xml.rels", HYPERLINK),
    "printer settings": files.with_part("xl/printerSettings/printerSettings1.bin", bytes(400)),
    "declared size too large": files.workbook(files.sheet_xml(before='<dimension ref="A1:XFD1048576"/>')),
    "empty formatted cells far out": rows_with('<c r="A5"><v>1</v></c><c r="XFD1048576" s="1"/><c r="ZZZ5"></c>'),
    "conditional formatting": files.workbook(
        files.sheet_xml() + "<!-- --><conditionalFormatting><cfRule><formula>A1</formula></cfRule>"
    ),
    "apostrophe attributes": rows_with("<c r='A5'><v>1</v></c>"),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_passes(name):
    check_workbook(HONEST[name])


@pytest.mark.parametrize("path", sorted(Path("demo/hub").glob("*.xlsx")), ids=lambda path: path.stem)
def test_the_hub_workbooks_pass(path):
    check_workbook(path.read_bytes())


def test_all_formulas_are_named_at_once_and_the_rest_counted():
    cells = "".join(f'<row r="{n}"><c r="B{n}"><f>1+{n}</f></c></row>' for n in range(1, 41))
    with pytest.raises(Refusal) as refused:
        check_workbook(files.workbook(files.sheet_xml(cells)))
    named = [(fault.row, fault.column) for fault in refused.value.faults if fault.row]
    assert named == [(n, "B") for n in range(1, 31)]
    assert refused.value.faults[-1].message == "另有10处同样的问题:单元格是公式"
