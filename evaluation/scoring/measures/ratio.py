"""`ratio`: one number over another in per cent, `{"numerator": "11", "denominator": "12"}`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from evaluation.scoring.figures import Value
from evaluation.scoring.findings import child, quoted
from evaluation.scoring.measures.base import (
    Columns,
    Derivation,
    MeasureOf,
    Reading,
    Way,
    Wrong,
    ceiling,
    number_faults,
    share,
)
from evaluation.scoring.numbers import MILLION, Ratio, cut, millionths, plain, trimmed
from evaluation.scoring.rounding import half_up
from evaluation.scoring.typed import InputCell, ItemName, typed_number

NUMERATOR, DENOMINATOR = NAMES = ("numerator", "denominator")
LABELS = {NUMERATOR: "分子", DENOMINATOR: "分母"}
PER_CENT = 100


@dataclass(frozen=True, slots=True)
class Share(MeasureOf[Mapping[str, str]]):
    kind: ClassVar[str] = "ratio"
    name: ClassVar[str] = "按百分比计"
    hub_parts: ClassVar[tuple[str, ...]] = NAMES
    is_share: ClassVar[bool] = True

    @staticmethod
    def value_faults(value: object, items: frozenset[str]) -> Wrong:
        if not isinstance(value, dict):
            return [("", f"是{quoted(value)},应为含 numerator 和 denominator 的对象")]
        wrong = [(f".{key}", "缺少这个键,应给出 numerator 和 denominator") for key in NAMES if key not in value]
        wrong += [
            (child("", str(key)), "未知的键,应只有 numerator 和 denominator") for key in value if key not in NAMES
        ]
        for key in NAMES:
            if key in value:
                wrong += number_faults(value[key], f".{key}")
        if not wrong and millionths(value[NUMERATOR]) and not millionths(value[DENOMINATOR]):
            found = f"分母为0而分子为 {quoted(value[NUMERATOR])}"
            wrong.append((f".{DENOMINATOR}", f"{found},分母应大于0(分子分母均为0表示不适用)"))
        return wrong

    @classmethod
    def is_empty(cls, value: Mapping[str, str]) -> bool:
        """0 over 0."""
        return not millionths(value[DENOMINATOR])

    def figure_value(self, value: Mapping[str, str]) -> Value:
        return value[NUMERATOR], value[DENOMINATOR]

    def reading(self) -> Reading:
        return ratio

    def derivation(self) -> Derivation:
        return divided

    def text(self, item_name: ItemName) -> str:
        return "按百分比计"

    def value_text(self, value: Mapping[str, str], unit: str, item_name: ItemName) -> str:
        return f"{value[NUMERATOR]} ÷ {value[DENOMINATOR]}"

    def cells(self, item_name: ItemName) -> tuple[InputCell, ...]:
        return tuple(InputCell(key, LABELS[key]) for key in NAMES)

    def typed(self, value: Mapping[str, str] | None) -> dict[str, str]:
        return dict.fromkeys(NAMES, "") if value is None else {key: value.get(key, "") for key in NAMES}

    def read(self, given: Mapping[str, str]) -> tuple[Mapping[str, str] | None, Wrong]:
        """Both or none; a denominator of 0 is said in words instead."""
        if not given:
            return None, []
        numbers = {key: typed_number(given[key]) for key in NAMES if key in given}
        wrong = [(key, f"{LABELS[key]}{message}") for key, (_, message) in numbers.items() if message]
        absent = [key for key in NAMES if key not in given]
        wrong += [(key, f"还缺{LABELS[key]},分子和分母须一并填写") for key in absent]
        if wrong:
            return None, wrong
        value = {key: number for key, (number, _) in numbers.items()}
        if value[DENOMINATOR] == "0":
            return None, [(DENOMINATOR, "分母不能为0;本期没有发生时请清空两格,在“不适用的原因”中写明")]
        return value, []

    def columns(self, value: Mapping[str, str]) -> Columns:
        return Columns(value[NUMERATOR], value[DENOMINATOR])

    def value_of(self, columns: Columns) -> Mapping[str, str] | None:
        if columns.amount is None or columns.base is None:
            return None
        return {NUMERATOR: columns.amount, DENOMINATOR: columns.base}

    def to_date(self, values: Sequence[Mapping[str, str]]) -> str:
        """All numerators over all denominators in per cent, two decimals."""
        numerator, denominator = (sum(millionths(value[key]) for value in values) for key in NAMES)
        return plain(half_up(10_000 * numerator, denominator) * (MILLION // 100)) if denominator else ""

    def way(self, value: Value, reached: Fraction, goal: Fraction) -> Way | None:
        """The next whole per cent, up to the goal or a hundred."""
        reach = min(PER_CENT, ceiling(goal))
        following = min(PER_CENT, int(reached) + 1)
        if reached >= following:
            return None
        steps, whole = max(1, reach - int(reached)), str(PER_CENT)
        return Way(steps, (), reach, share(reached, goal), (str(reach), whole), (str(following), whole))

    def way_texts(self, way: Way, unit: str, item_name: ItemName) -> tuple[str, str]:
        first = str(way.next_value[0]) if isinstance(way.next_value, tuple) and way.next_value else ""
        return f"达到{way.reach}%", f"先达到{first}%"


def ratio(value: tuple[str, str]) -> Ratio | None:
    """x = 100 × numerator ÷ denominator; 0 over 0 is not applicable."""
    denominator = millionths(value[1])
    if not denominator:
        return None
    return 100 * MILLION * millionths(value[0]), denominator


def divided(value: tuple[str, str], x: Ratio) -> tuple[str, str]:
    shown = cut(*x)
    return f"100 × {trimmed(value[0])} ÷ {trimmed(value[1])} = {shown};", shown
