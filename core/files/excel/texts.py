"""The texts of a table that was taken in: each put right, each character that may not stay named with its cell."""

from collections.abc import Mapping, Sequence
from typing import TypeVar, cast

from core.characters import clean, faults
from core.errors import Fault, Refusal
from core.files.excel.cells import Cell, column_letter
from core.files.excel.sheets import SHOWN_FAULTS

C = TypeVar("C", bound=Cell)


def cleaned_rows(rows: list[list[C]], *, sheet: str = "", numbers: Sequence[int] = ()) -> list[list[C]]:
    """The rows with every text put right; `numbers` are theirs in the file, else the first is 1. Raises `Refusal` with
    every cell that cannot be. Each distinct text is looked at once: most cells of a table repeat."""
    distinct = {str(cell) for row in rows for cell in row if isinstance(cell, str)}
    right = {text: found for text in distinct if (found := clean(text, lines=True)) != text.strip()}
    wrong = {text: said for text in distinct if (said := faults(right.get(text, text.strip())))}
    if wrong:
        places = numbers or range(1, len(rows) + 1)
        raise Refusal(_faults(rows, wrong, sheet, places)[:SHOWN_FAULTS])
    return [[cast(C, _right(cell, right)) for cell in row] for row in rows] if right else rows


def _right(cell: Cell, right: Mapping[str, str]) -> Cell:
    return right.get(cell, cell) if isinstance(cell, str) else cell


def _faults(
    rows: Sequence[Sequence[Cell]], wrong: Mapping[str, list[str]], sheet: str, places: Sequence[int]
) -> list[Fault]:
    return [
        Fault(said, sheet=sheet, row=place, column=column_letter(index))
        for place, row in zip(places, rows, strict=True)
        for index, cell in enumerate(row)
        if isinstance(cell, str)
        for said in wrong.get(cell, ())
    ]
