"""Figures as people type them into a grid, cell by cell, and the value of the evaluation bundle that they make; which
cells there are and how they are read is the measure's to say. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from core.characters import clean, faults, folded
from evaluation.scoring.system import Indicator

REASON, REMARK = "reason", "remark"
LONGEST_REASON, LONGEST_REMARK = 200, 500


class CellFault(NamedTuple):
    """What is wrong in one cell of one indicator's row; `cell` is '' for the row as a whole."""

    indicator: str
    cell: str
    message: str


@dataclass(frozen=True)
class Entry:
    """One row of the grid as it was typed: its cells by key, why the indicator does not apply, a remark; and the
    version of the row that the person saw, None when the page did not say."""

    cells: Mapping[str, str]
    reason: str = ""
    remark: str = ""
    seen: int | None = None


@dataclass
class TypedFigure:
    """What an entry comes to. `value` has the form of the bundle's `value`, None for nothing or not applicable."""

    value: Any = None
    reason: str = ""
    remark: str = ""
    faults: list[CellFault] = field(default_factory=list)

    @property
    def says(self) -> tuple[Any, str, str]:
        """In the form of a stored figure's."""
        return self.value, self.reason, self.remark


def read_entry(indicator: Indicator, entry: Entry) -> TypedFigure:
    """Every fault of one row at once: numbers, an unfinished ratio, a value together with a reason."""
    measure = indicator.measure
    typed = TypedFigure(reason=_one_line(entry.reason), remark=_one_line(entry.remark))
    keys = [cell.key for cell in measure.cells(str)]
    given = {key: text for key in keys if (text := folded(entry.cells.get(key, "")))}
    wrong = _text_faults(typed)
    if given and typed.reason:
        wrong.append((REASON, "填了数据就不能再写不适用的原因,请二者择一"))
    typed.value, found = measure.read(given)
    wrong += found
    if not wrong and typed.value is not None:
        wrong += [("", message) for _, message in measure.wrong(typed.value)]
    typed.faults = [CellFault(indicator.code, cell, message) for cell, message in wrong]
    return typed


Wrong = list[tuple[str, str]]  # cell, message


def _text_faults(typed: TypedFigure) -> Wrong:
    wrong: Wrong = []
    if len(typed.reason) > LONGEST_REASON:
        wrong.append((REASON, f"不适用的原因有{len(typed.reason)}个字,最多{LONGEST_REASON}个字"))
    if len(typed.remark) > LONGEST_REMARK:
        wrong.append((REMARK, f"说明有{len(typed.remark)}个字,最多{LONGEST_REMARK}个字"))
    wrong += [(REASON, message) for message in faults(typed.reason, "不适用的原因")]
    return wrong + [(REMARK, message) for message in faults(typed.remark, "说明")]


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
