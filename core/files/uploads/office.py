"""Opening an office file handed in as it is, a document or a workbook, in the limited child. No Django here."""

import io

import docx
from docx.document import Document
from lxml.etree import LxmlError
from python_calamine import CalamineError, load_workbook

from core.errors import Refusal
from core.files.excel.gate import check_main_part
from core.files.excel.parts import checked_parts, repacked
from core.files.office.formulas import check_formulas
from core.files.office.markup import root_name
from core.files.office.package import CONTENT_TYPES, main_part

DOCUMENT, WORKBOOK = "docx", "xlsx"
_NEITHER = "压缩包内没有Word文档或工作簿,只是扩展名相同;请用Word、Excel或WPS另存后再上传"
_ROOTS = {"document": DOCUMENT, "workbook": WORKBOOK}


def inspect(content: bytes) -> dict[str, object]:
    """What kind of office file it is and how long: paragraphs of a document, sheets of a workbook. Refusal for what no
    kind may hold. What is wrong with it as one of its kind comes as `refused`: where that kind has no place, nobody
    needs to know."""
    parts = checked_parts(content)
    kind = _ROOTS.get(root_name(parts.get(main_part(parts), b""))) if CONTENT_TYPES in parts else None
    if kind is None:
        raise Refusal(_NEITHER)
    try:
        return {"kind": kind, "length": _paragraphs(content) if kind == DOCUMENT else _sheets(parts)}
    except Refusal as refusal:
        return {"kind": kind, "refused": str(refusal)}


def opened(content: bytes) -> Document:
    """The document for the library; Refusal when it cannot open it."""
    try:
        return docx.Document(io.BytesIO(content))
    except (ValueError, KeyError, AttributeError, LxmlError):
        raise Refusal("文档已损坏,无法打开;请用Word或WPS打开后另存一份再上传") from None


def _paragraphs(content: bytes) -> int:
    paragraphs = len(opened(content).element.body.findall(".//{*}p"))
    if paragraphs == 0:
        raise Refusal("文档是空的,请检查后重新上传")
    return paragraphs


def _sheets(parts: dict[str, bytes]) -> int:
    """Its cells are for people to read, so formulas and several sheets are as welcome as they are in any honest
    workbook, except those that fetch something."""
    check_main_part(parts)
    check_formulas(parts)
    try:
        sheets = len(load_workbook(io.BytesIO(repacked(parts))).sheet_names)
    except CalamineError:
        raise Refusal("工作簿已损坏,无法打开;请用Excel或WPS打开后另存一份再上传") from None
    if sheets == 0:
        raise Refusal("工作簿中没有工作表,请检查后重新上传")
    return sheets
