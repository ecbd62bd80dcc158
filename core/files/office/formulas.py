"""Formulas and names of a workbook that fetch something, or start a program, when the workbook is opened. An import has
no formulas at all; evidence may."""

import re
from collections.abc import Mapping

from core.errors import Refusal
from core.files.office.kinds import LINKED, MACRO_SHEET
from core.files.office.markup import elements

WORKBOOK = "xl/workbook.xml"
_HOLDERS = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
_MAY_HOLD = re.compile(rb"<(?:[^\s<>/:]+:)?(?:f|formula[12]?)(?=[\s/>])")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FETCHES = re.compile(
    r"(?<![\w.])(?:_xlfn\.|_xlws\.|_xll\.)*(WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE|EVALUATE|INITIATE|POKE)\s*\(",
    re.IGNORECASE,
)
_DDE = re.compile(r"[\w.]\s*\|")
_MESSAGE = "文件含有访问网络、其他程序或外部数据的公式({found}),请把结果粘贴为数值后再上传"
_TRUE = ("1", "true")


def check_names(parts: Mapping[str, bytes]) -> None:
    """Refuses a workbook whose own part runs a macro on opening or leans on another workbook."""
    for element in elements(WORKBOOK, parts.get(WORKBOOK, b""), frozenset({"definedName", "externalReferences"})):
        if element.name == "externalReferences":
            raise Refusal(LINKED)
        given = element.attributes
        name = given.get("name", "").casefold().removeprefix("_xlnm.")
        if name.startswith("auto_") or any(given.get(key, "").casefold() in _TRUE for key in ("xlm", "vbProcedure")):
            raise Refusal(MACRO_SHEET)
        _check(element.text)


def check_formulas(parts: Mapping[str, bytes]) -> None:
    """The same for every formula of every sheet, of its rules for colours and of its lists of choices."""
    for name, xml in parts.items():
        if name.casefold().startswith("xl/") and _MAY_HOLD.search(xml):
            for text in {element.text for element in elements(name, xml, _HOLDERS)}:
                _check(text)


def _check(text: str) -> None:
    if found := _FETCHES.search(_QUOTED.sub("", text)):
        raise Refusal(_MESSAGE.format(found=found[1].upper()))
    if "|" in text and _DDE.search(_QUOTED.sub("", text)):
        raise Refusal(_MESSAGE.format(found="DDE"))
