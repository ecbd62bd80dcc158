"""Opening a workbook handed in as evidence in the limited child. No Django here."""

import io

from python_calamine import CalamineError, load_workbook

from core.errors import Refusal
from core.files.excel.parts import checked_parts, repacked


def inspect(content: bytes) -> dict[str, int]:
    """How many sheets the workbook has; Refusal when it cannot be opened. Its cells are for people to read, so
    formulas and several sheets are as welcome as they are in any honest workbook."""
    try:
        sheets = len(load_workbook(io.BytesIO(repacked(checked_parts(content)))).sheet_names)
    except CalamineError:
        raise Refusal("工作簿已损坏,无法打开;请用Excel或WPS打开后另存一份再上传") from None
    if sheets == 0:
        raise Refusal("工作簿中没有工作表,请检查后重新上传")
    return {"length": sheets}
