"""Figures as people type them into a grid, cell by cell, and the value of the evaluation bundle that they make. Pure:
the check of a finished value is handed in."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

ValueCheck = Callable[[str, Any, frozenset[str]], list[tuple[str, str]]]
"""value_check(kind of measure, value, its items) → place below the value and what is wrong there."""

WHOLE, NUMERATOR, DENOMINATOR = "value", "numerator", "denominator"
REASON, REMARK = "reason", "remark"
LONGEST_REASON, LONGEST_REMARK = 200, 500
YES, NO = "yes", "no"
_NUMBER = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,6}))?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_LONGEST_QUOTE = 20


class CellFault(NamedTuple):
    """What is wrong in one cell of one indicator's row; `cell` is '' for the row as a whole."""

    indicator: str
    cell: str
    message: str


@dataclass(frozen=True)
class Entry:
    """One row of the grid as it was typed: its cells by key, why the indicator does not apply, a remark."""

    cells: Mapping[str, str]
    reason: str = ""
    remark: str = ""


@dataclass
class TypedFigure:
    """What an entry comes to. `value` has the form of the bundle's `value`, None for nothing or not applicable."""

    value: Any = None
    reason: str = ""
    remark: str = ""
    faults: list[CellFault] = field(default_factory=list)


def cell_keys(measure: Mapping[str, Any]) -> tuple[str, ...]:
    """The cells that a measure takes: one, two for a ratio, one for each item, the heaviest first."""
    if measure["kind"] == "ratio":
        return NUMERATOR, DENOMINATOR
    if measure["kind"] in ("weighted", "ticks"):
        items = measure["items"]
        return tuple(sorted(items, key=lambda item: (-Decimal(items[item]), item)))
    return (WHOLE,)


def typed_cells(measure: Mapping[str, Any], value: Any) -> dict[str, str]:
    """A stored value back in its cells."""
    keys = cell_keys(measure)
    if value is None:
        return dict.fromkeys(keys, "")
    if measure["kind"] == "ticks":
        return {key: YES if key in value else NO for key in keys}
    if isinstance(value, Mapping):
        return {key: value.get(key, "") for key in keys}
    return {WHOLE: value[0] if isinstance(value, list) else value}


def read_entry(indicator: Mapping[str, Any], entry: Entry, value_check: ValueCheck) -> TypedFigure:
    """Every fault of one row at once: numbers, an unfinished ratio, a value together with a reason."""
    code, measure = indicator["code"], indicator["measure"]
    typed = TypedFigure(reason=_plain_text(entry.reason), remark=_plain_text(entry.remark))
    given = {key: text for key in cell_keys(measure) if (text := _plain_number(entry.cells.get(key, "")))}
    wrong = _text_faults(typed)
    if given and typed.reason:
        wrong.append((REASON, "填了数据就不能再写不适用的原因,请二者择一"))
    read = _READERS.get(measure["kind"], _whole)
    typed.value, found = read(given, measure)
    wrong += found
    if not wrong and typed.value is not None:
        wrong += [("", message) for _, message in value_check(measure["kind"], typed.value, _items(measure))]
    typed.faults = [CellFault(code, cell, message) for cell, message in wrong]
    return typed


Wrong = list[tuple[str, str]]  # cell, message


def _text_faults(typed: TypedFigure) -> Wrong:
    wrong: Wrong = []
    if len(typed.reason) > LONGEST_REASON:
        wrong.append((REASON, f"不适用的原因有{len(typed.reason)}个字,最多{LONGEST_REASON}个字"))
    if len(typed.remark) > LONGEST_REMARK:
        wrong.append((REMARK, f"说明有{len(typed.remark)}个字,最多{LONGEST_REMARK}个字"))
    return wrong


def _whole(given: Mapping[str, str], measure: Mapping[str, Any]) -> tuple[Any, Wrong]:
    if WHOLE not in given:
        return None, []
    number, message = _number(given[WHOLE])
    value = [number] if measure["kind"] == "marks" else number
    return (None, [(WHOLE, message)]) if message else (value, [])


def _ratio(given: Mapping[str, str], measure: Mapping[str, Any]) -> tuple[Any, Wrong]:
    if not given:
        return None, []
    names = {NUMERATOR: "分子", DENOMINATOR: "分母"}
    numbers = {key: _number(given[key]) for key in names if key in given}
    wrong = [(key, f"{names[key]}{message}") for key, (_, message) in numbers.items() if message]
    absent = [key for key in names if key not in given]
    wrong += [(key, f"还缺{names[key]},分子和分母须一并填写") for key in absent]
    if wrong:
        return None, wrong
    value = {key: number for key, (number, _) in numbers.items()}
    if value[DENOMINATOR] == "0":
        return None, [(DENOMINATOR, "分母不能为0;本期没有发生时请清空两格,在“不适用的原因”中写明")]
    return value, []


def _weighted(given: Mapping[str, str], measure: Mapping[str, Any]) -> tuple[Any, Wrong]:
    numbers = {item: _number(text) for item, text in given.items()}
    wrong = [(item, message) for item, (_, message) in numbers.items() if message]
    wrong += [(item, f"应为整数,现为“{number}”") for item, (number, message) in numbers.items() if "." in number]
    return ({item: number for item, (number, _) in numbers.items()} or None, []) if not wrong else (None, wrong)


def _ticks(given: Mapping[str, str], measure: Mapping[str, Any]) -> tuple[Any, Wrong]:
    if not given:
        return None, []
    wrong = [(item, "请选择“是”或“否”") for item in measure["items"] if given.get(item) not in (YES, NO)]
    return (None, wrong) if wrong else ([item for item in measure["items"] if given[item] == YES], [])


_READERS: dict[str, Callable[[Mapping[str, str], Mapping[str, Any]], tuple[Any, Wrong]]] = {
    "ratio": _ratio,
    "weighted": _weighted,
    "ticks": _ticks,
}


def _items(measure: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(measure.get("items", ()))


def _number(text: str) -> tuple[str, str]:
    """A number string without needless zeros, or what is wrong with the text."""
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    found = _NUMBER.fullmatch(text)
    if found is None:
        quoted = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
        return "", f"应为不小于0的数字(整数至多12位,小数至多6位,不带单位),现为“{quoted}”"
    whole, decimals = found[1].lstrip("0") or "0", (found[2] or "").rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole, ""


def _plain_number(text: str) -> str:
    """Full-width figures become plain ones; spaces go."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _plain_text(text: str) -> str:
    """One line without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
