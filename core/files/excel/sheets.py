"""What the XML of a workbook's sheets says before it is parsed: which sheets there are, how far they really reach,
where formulas and error values stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from core.errors import Fault
from core.files.excel.cells import column_letter, column_number
from core.files.office.formulas import WORKBOOK
from core.files.office.markup import elements
from core.files.office.package import relations_of

MAX_ROWS = 100_000
MAX_COLUMNS = 500
SHOWN_FAULTS = 30

# Fast to search: only references that could lie outside the limits match (row of six digits, column from S_ on).
_FAR_CELL = re.compile(rb"""r=["'](?:([A-Za-z]{3,})(\d+)|([A-Za-z]+)(\d{6,})|([S-Zs-z][A-Za-z])(\d+))["']""")
_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f(?=[\s/>])")
_ERROR = re.compile(rb"""\bt=["']e["'][^>]*>\s*(?:<(?:[^\s<>/:]+:)?v[^>]*>([^<]*)<)?""")
_VALUE = re.compile(rb"<(?:[^\s<>/:]+:)?(?:v|is|f)[\s/>]")
_DATA = re.compile(rb"<(?:[^\s<>/:]+:)?sheetData(?=[\s/>])")
_DATA_END = re.compile(rb"sheetData\s*>")
_REFERENCE = re.compile(rb"""\br=["']([A-Za-z]+)(\d+)["']""")


@dataclass(frozen=True)
class SheetPart:
    """One worksheet of the file: its name, whether a person sees it, and its XML."""

    name: str
    visible: bool
    xml: bytes

    @property
    def has_values(self) -> bool:
        return _VALUE.search(self.xml) is not None


def sheet_parts(parts: dict[str, bytes]) -> list[SheetPart]:
    """The worksheets in workbook order; chart sheets and the like are not among them."""
    targets = {
        relation.key: relation.target
        for relation in relations_of(parts, WORKBOOK)
        if relation.name == "worksheet" and not relation.outside
    }
    found = []
    for sheet in elements(WORKBOOK, parts.get(WORKBOOK, b""), frozenset({"sheet"})):
        given = sheet.attributes
        xml = parts.get(targets.get(given.get("id", ""), ""))
        if xml is not None:
            found.append(SheetPart(given.get("name", ""), given.get("state", "visible") == "visible", _cells(xml)))
    return found


def _cells(xml: bytes) -> bytes:
    """The part of a sheet where its cells stand. Rules for colours and lists of choices behind it have formulas of
    their own, which are not the table's."""
    start, ends = _DATA.search(xml), [found.end() for found in _DATA_END.finditer(xml)]
    # Up to the last end that is written anywhere: one in a remark must not hide the cells behind it.
    return xml[start.start() : ends[-1]] if start and ends else b""


def extent_fault(sheet: SheetPart) -> Fault | None:
    """A cell with a value outside the limits. Empty formatted cells there are normal and read as nothing."""
    for match in _FAR_CELL.finditer(sheet.xml):
        letters, digits = (group for group in match.groups() if group is not None)
        column, row = column_number(letters.decode()), int(digits)
        if (row > MAX_ROWS or column > MAX_COLUMNS) and _holds_value(sheet.xml, match.end()):
            return Fault(
                f"数据范围过大,最多{MAX_ROWS}行、{MAX_COLUMNS}列;请删除这个单元格或把数据复制到新建的工作簿",
                sheet=sheet.name,
                row=row,
                column=letters.decode().upper(),
            )
    return None


def formula_faults(sheet: SheetPart) -> list[Fault]:
    """Each formula by its cell. A formula is refused because what it shows depends on the program that opens it."""
    if b"<f" not in sheet.xml and b":f" not in sheet.xml:
        return []
    places = (_place(sheet, match.start()) for match in _FORMULA.finditer(sheet.xml))
    return _shown(places, "单元格是公式", "数值(选中后“复制-选择性粘贴-数值”)")


def error_faults(sheet: SheetPart) -> list[Fault]:
    """Cells that hold #REF!, #DIV/0! and the like; the parser would read them as empty."""
    if b't="e"' not in sheet.xml and b"t='e'" not in sheet.xml:
        return []
    places = (
        _place(sheet, match.end(), (match[1] or b"").decode("utf-8", "replace")) for match in _ERROR.finditer(sheet.xml)
    )
    return _shown(places, "单元格是错误值", "数值或文字")


def _holds_value(xml: bytes, position: int) -> bool:
    end = xml.find(b">", position)
    return end > 0 and xml[end - 1 : end] != b"/" and xml[end + 1 : end + 2] == b"<" and xml[end + 2 : end + 3] != b"/"


def _place(sheet: SheetPart, position: int, value: str = "") -> tuple[str, str, int | None, str]:
    """The cell whose opening tag is the last before `position`."""
    window = sheet.xml[max(0, position - 400) : position]
    references = _REFERENCE.findall(window)
    if not references:
        return sheet.name, "", None, value
    letters, digits = references[-1]
    return sheet.name, column_letter(column_number(letters.decode()) - 1), int(digits), value


def _shown(places: Iterator[tuple[str, str, int | None, str]], message: str, expected: str) -> list[Fault]:
    """The first faults one by one, the rest as a number."""
    faults = [
        Fault(message, expected=expected, sheet=sheet, row=row, column=column, value=value)
        for sheet, column, row, value in islice(places, SHOWN_FAULTS)
    ]
    rest = sum(1 for _ in places)
    if rest:
        faults.append(Fault(f"另有{rest}处同样的问题:{message}", sheet=faults[0].sheet))
    return faults
