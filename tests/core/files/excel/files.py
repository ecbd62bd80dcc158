"""Workbooks built part by part, honest and nasty, for the gate's tests."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
GOOD_ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>平台编码</t></is></c></row><row r="2"><c r="A2"><v>7</v></c></row>'
)


def sheet_xml(rows: str = GOOD_ROWS, before: str = "", head: str = HEAD) -> str:
    return f'{head}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def parts(sheet: str | None = None, **replaced: str | bytes) -> dict[str, str | bytes]:
    """The parts of the smallest workbook."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            "</Types>"
        ),
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook_xml(("运营数据", "rId1", "visible")),
        "xl/_rels/workbook.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet or sheet_xml(),
    }
    return found | replaced


def workbook_xml(*sheets: tuple[str, str, str]) -> str:
    rows = "".join(
        f'<sheet name="{name}" sheetId="{number}" state="{state}" r:id="{key}"/>'
        for number, (name, key, state) in enumerate(sheets, 1)
    )
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{rows}</sheets></workbook>'


def relations(*rows: tuple[str, str, str], extra: str = "") -> str:
    body = "".join(f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for key, kind, to in rows)
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{body}{extra}</Relationships>'


def zipped(contents: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return target.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbook(sheet: str | None = None, **replaced: str | bytes) -> bytes:
    return zipped(parts(sheet, **replaced))


def with_part(name: str, data: str | bytes = "x") -> bytes:
    return zipped(parts() | {name: data})


def saved(rows: list[list[Any]], *, start: tuple[int, int] = (1, 1)) -> bytes:
    """As an office program would save it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, start[0]):
        for column, value in enumerate(row, start[1]):
            sheet.cell(number, column, value)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
