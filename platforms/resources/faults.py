"""What the import library found, as our faults: one per cell, in the order of the file."""

from collections.abc import Iterator

from import_export.results import InvalidRow, Result

from core.errors import Fault
from core.files.excel.cells import Cell, text_of

_INTERNAL = "这一行无法导入,请检查各列内容"
_HEADING_ROWS = 1
_SHOWN = 60


def result_faults(result: Result, columns: dict[str, str]) -> list[Fault]:
    """All faults of an import result. `columns` maps a field's attribute to its column name."""
    faults = [Fault(str(error.error)) for error in result.base_errors]
    faults += [
        Fault(_INTERNAL, row=number + _HEADING_ROWS, value=type(error.error).__name__)
        for number, errors in result.row_errors()
        for error in errors
    ]
    for row in result.invalid_rows:
        faults += _row_faults(row, columns, dict(zip(result.diff_headers, row.values, strict=True)))
    return sorted(faults, key=lambda fault: fault.row or 0)


def _row_faults(row: InvalidRow, columns: dict[str, str], cells: dict[str, Cell]) -> Iterator[Fault]:
    for attribute, messages in row.error_dict.items():
        column = columns.get(attribute, "")
        value = text_of(cells.get(column))[:_SHOWN]
        for message in messages:
            text, _, expected = str(message).partition(";应为:")
            shown = "" if value in text else value
            yield Fault(text, expected=expected, row=row.number + _HEADING_ROWS, column=column, value=shown)
