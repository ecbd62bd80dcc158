"""Runs in the limited child: a workbook's bytes into rows. Nothing here is called by the portal directly."""

import io

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, load_workbook

from core.errors import Fault, Refusal
from core.files.excel.gate import MISLEADING, workbook_parts
from core.files.excel.parts import repacked
from core.files.excel.sheets import MAX_COLUMNS, MAX_ROWS, sheet_parts

MAX_CELLS = 5_000_000


def workbook(content: bytes) -> list[dict[str, object]]:
    """The sheets that hold anything: name, rows from row 1, merged ranges. Raises `Refusal`."""
    parts = workbook_parts(content)
    try:
        book = load_workbook(io.BytesIO(repacked(parts)))
        sheets = [_sheet(book, index) for index, meta in enumerate(book.sheets_metadata) if _is_table(meta.typ)]
    except CalamineError as error:
        raise Refusal(f"文件已损坏,无法读取({type(error).__name__});请用办公软件打开后另存再上传") from None
    filled = [sheet for sheet in sheets if sheet["rows"]]
    if not filled:
        raise Refusal("工作簿中没有数据")
    judged = {sheet.name for sheet in sheet_parts(parts) if sheet.visible and sheet.has_values}
    if not judged.issuperset(sheet["name"] for sheet in filled):  # the parser saw another sheet than the gate
        raise Refusal(MISLEADING)
    return filled


def _is_table(kind: SheetTypeEnum) -> bool:
    return kind == SheetTypeEnum.WorkSheet


def _sheet(book: CalamineWorkbook, index: int) -> dict[str, object]:
    sheet = book.get_sheet_by_index(index)
    _check_extent(sheet)
    # Without skipping, row i of the answer is row i + 1 of the sheet even when the table starts further down.
    rows = [[None if cell == "" else cell for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return {"name": sheet.name, "rows": rows, "merged": sheet.merged_cell_ranges or []}


def _check_extent(sheet: CalamineSheet) -> None:
    rows, columns = (last + 1 for last in sheet.end or (-1, -1))
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise Refusal(
            [
                Fault(
                    f"数据范围过大({rows}行×{columns}列)",
                    expected=f"最多{MAX_ROWS}行、{MAX_COLUMNS}列、{MAX_CELLS // 10_000}万个单元格",
                    sheet=sheet.name,
                )
            ]
        )
