"""Nasty workbooks and tables of text, each by a function that makes its bytes."""

import io
import struct
import warnings
import zipfile

from tests.core.files.excel import files

FIGURES = '平台编码,指标编码,年度,数值(JSON)\r\nXX-01,A17,2025,"{""numerator"": ""8"", ""denominator"": ""9""}"\r\n'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"a" * 5000}">]>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
EXTERNAL_DTD = '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">'
EXTERNAL = '<Relationship Id="rId9" Type="{}/{}" Target="http://example.invalid/" TargetMode="External"/>'
TWO_SHEETS = files.relations(
    ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml")
)
DATE_STYLES = (
    f'{files.HEAD}<styleSheet xmlns="{files.MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
HEADING = ["企业名称", "统一社会信用代码", "服务日期", "服务类别", "服务事项"]
VISIT = ["演示企业", "91000000MB00000017", "2026-03-05", "政策宣传", "宣讲会"]


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row_xml(number: int, texts: list[str], **replaced: str) -> str:
    """A row of texts; `C='<c …/>'` puts other XML in column C."""
    cells = [
        replaced.get(letter, text_cell(f"{letter}{number}", text))
        for letter, text in zip("ABCDEFG", texts, strict=False)
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def listed(**replaced: str) -> bytes:
    """A list of one served enterprise with other XML in some cells of row 2."""
    sheet = files.sheet_xml(row_xml(1, HEADING) + row_xml(2, VISIT, **replaced))
    return files.workbook(sheet, **{"xl/styles.xml": DATE_STYLES, "xl/_rels/workbook.xml.rels": _styled()})


def _styled() -> str:
    return files.relations(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))


def with_head(head: str) -> bytes:
    return files.workbook(files.sheet_xml(head=head))


def declared(reference: str) -> bytes:
    return files.workbook(files.sheet_xml(before=f'<dimension ref="{reference}"/>'))


def million_rows() -> bytes:
    return files.workbook(files.sheet_xml("<row><c><v>1</v></c></row>" * 1_000_000))


def shared_strings() -> bytes:
    """290 MB of shared strings, packed piece by piece."""
    target, piece = io.BytesIO(), b"<si><t>x</t></si>" * 61_681
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in files.parts().items():
            archive.writestr(name, data)
        with archive.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'<sst xmlns="{files.MAIN}">'.encode())
            for _ in range(290):
                part.write(piece)
            part.write(b"</sst>")
    return target.getvalue()


def many_members() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in (*files.parts(), *(f"m{number}" for number in range(70_000))):
            archive.writestr(zipfile.ZipInfo(name), b"")
    return target.getvalue()


def duplicate_member() -> bytes:
    target = io.BytesIO(files.workbook())
    with warnings.catch_warnings(), zipfile.ZipFile(target, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("xl/worksheets/sheet1.xml", files.sheet_xml(""))
    return target.getvalue()


def hidden_sheet(state: str) -> bytes:
    return files.workbook(
        **{
            "xl/workbook.xml": files.workbook_xml(("表", "rId1", "visible"), ("藏", "rId2", state)),
            "xl/_rels/workbook.xml.rels": TWO_SHEETS,
            "xl/worksheets/sheet2.xml": files.sheet_xml(),
        }
    )


def repeated_heading() -> bytes:
    return files.saved([[*HEADING, "企业名称"], [*VISIT, "另一家"]])


def external_sheet() -> bytes:
    relations = files.relations(extra=EXTERNAL.format(files.RELATIONS, "worksheet"))
    return files.workbook(**{"xl/_rels/workbook.xml.rels": relations})


def nested() -> bytes:
    return files.workbook(files.sheet_xml("<a>" * 200_000 + "</a>" * 200_000))


def many_styles() -> bytes:
    styles = DATE_STYLES.replace('<xf numFmtId="0"/>', '<xf numFmtId="0" fontId="0" fillId="0"/>' * 200_000)
    return files.workbook(**{"xl/styles.xml": styles})


def lying_directory() -> bytes:
    """The central directory gives another size than the part has."""
    content = bytearray(files.workbook())
    entry = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    struct.pack_into("<I", content, entry + 24, 10)
    return bytes(content)


def encrypted_flag(mark: bytes, offset: int) -> bytes:
    """The flag in one of the two places where a zip says that a part is encrypted."""
    content = bytearray(files.workbook())
    content[content.index(mark) + offset] |= 1
    return bytes(content)


def error_values() -> bytes:
    return listed(C='<c r="C2" t="e"><v>#REF!</v></c>', D='<c r="D2" t="e"><v>#N/A</v></c>')


def dated(serial: str) -> bytes:
    """A number in a column that is shown as dates."""
    return listed(C=f'<c r="C2" s="1"><v>{serial}</v></c>')
