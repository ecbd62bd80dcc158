"""The gate for uploaded workbooks: what a file is and what it may hold, decided on its structure before any parser."""

from core.errors import Fault, Refusal
from core.files.excel.parts import checked_parts
from core.files.excel.sheets import SheetPart, error_faults, extent_fault, formula_faults, sheet_parts
from core.files.office.formulas import WORKBOOK
from core.files.office.package import main_part

MAX_BYTES = 20 * 1024 * 1024
_OTHER_FILES: tuple[tuple[bytes, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "这是旧版.xls(或.et)文件,或设有打开密码;请用Excel或WPS另存为无密码的.xlsx格式后再上传",
    ),
    (b"%PDF", "这是PDF文件,不是.xlsx工作簿"),
    (b"MZ", "这是可执行程序,不予接收"),
    (b"\x7fELF", "这是可执行程序,不予接收"),
    (b"Rar!", "这是RAR压缩包,请解压后上传其中的.xlsx工作簿"),
    (b"7z\xbc\xaf", "这是7z压缩包,请解压后上传其中的.xlsx工作簿"),
)
MISLEADING = "文件的结构前后不一致(不同的程序会打开不同的内容),请用Excel或WPS打开后另存一份再上传"
_OTHER_CONTAINERS = (
    ("word/document.xml", "这是Word文档,不是.xlsx工作簿"),
    ("ppt/presentation.xml", "这是演示文稿,不是.xlsx工作簿"),
    ("content.xml", "这是ODF(.ods)文件,请另存为.xlsx格式后再上传"),
)


def workbook_parts(content: bytes) -> dict[str, bytes]:
    """The checked XML parts of an acceptable workbook. Raises `Refusal` with every fault found when the bytes are not a
    plain .xlsx with one visible table."""
    _check_kind(content)
    parts = checked_parts(content)
    if WORKBOOK not in parts:
        raise Refusal(_not_a_workbook(parts))
    check_main_part(parts)
    sheets = sheet_parts(parts)
    if not sheets:
        raise Refusal("工作簿中没有工作表")
    filled = [sheet for sheet in sheets if sheet.has_values]
    faults = [*_sheet_faults(filled), *(fault for sheet in filled if (fault := extent_fault(sheet)))]
    for sheet in filled:
        faults += [*formula_faults(sheet), *error_faults(sheet)]
    if faults:
        raise Refusal(faults)
    return parts


def check_main_part(parts: dict[str, bytes]) -> None:
    """The part that office programs open must be the one that is read here."""
    if main_part(parts) != WORKBOOK:
        raise Refusal(MISLEADING)


def _check_kind(content: bytes) -> None:
    if not content:
        raise Refusal("文件是空的(0字节),请检查后重新上传")
    if len(content) > MAX_BYTES:
        raise Refusal(f"文件超过{MAX_BYTES // 1024 // 1024}MB")
    if content.startswith(b"PK\x03\x04"):
        return
    for mark, message in _OTHER_FILES:
        if content.startswith(mark):
            raise Refusal(message)
    if content.lstrip()[:1] == b"<" and b"<html" in content[:2000].lower():
        raise Refusal("这是网页(HTML),只是扩展名为.xlsx;请用Excel或WPS打开后另存为.xlsx格式")
    if _looks_like_text(content[:4000]):
        raise Refusal("这是文本文件而不是.xlsx工作簿,请用Excel或WPS打开后另存为.xlsx格式再上传")
    raise Refusal("文件不是.xlsx工作簿,请用Excel或WPS另存为.xlsx格式后再上传")


def _looks_like_text(start: bytes) -> bool:
    return b"," in start and not any(byte < 9 or 13 < byte < 32 for byte in start)


def _not_a_workbook(parts: dict[str, bytes]) -> str:
    for name, message in _OTHER_CONTAINERS:
        if name in parts:
            return message
    return "压缩包内没有工作簿(可能是.zip压缩包或.xlsb文件),请用Excel或WPS另存为.xlsx格式后再上传"


def _sheet_faults(filled: list[SheetPart]) -> list[Fault]:
    """One visible sheet holds the table. Empty further sheets, as old programs make them, do no harm."""
    faults = [
        Fault("有隐藏的工作表且含有数据,请取消隐藏并移走或删除", sheet=sheet.name)
        for sheet in filled
        if not sheet.visible
    ]
    visible = [sheet for sheet in filled if sheet.visible]
    faults += [
        Fault(f"只能有一个含数据的工作表,另一个是“{visible[0].name}”;请删除多余的工作表或分开上传", sheet=sheet.name)
        for sheet in visible[1:]
    ]
    return faults
