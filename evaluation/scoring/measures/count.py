"""`count`: the figure is the number itself, `"52"`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from evaluation.scoring.figures import Value
from evaluation.scoring.measures.base import (
    WHOLE,
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
from evaluation.scoring.numbers import MILLION, Ratio, millionths, plain, trimmed
from evaluation.scoring.typed import ItemName


@dataclass(frozen=True, slots=True)
class Count(MeasureOf[str]):
    kind: ClassVar[str] = "count"
    name: ClassVar[str] = "按数量计"
    hub_parts: ClassVar[tuple[str, ...]] = (WHOLE,)
    adds_up: ClassVar[bool] = True

    @staticmethod
    def value_faults(value: object, items: frozenset[str]) -> Wrong:
        return number_faults(value)

    def figure_value(self, value: str) -> Value:
        return value

    def typed(self, value: str | None) -> dict[str, str]:
        return {WHOLE: value or ""}

    def of_number(self, number: str) -> str:
        return number

    def reading(self) -> Reading:
        return count

    def derivation(self) -> Derivation:
        return as_given

    def text(self, item_name: ItemName) -> str:
        return ""

    def value_text(self, value: str, unit: str, item_name: ItemName) -> str:
        return f"{value}{unit}"

    def columns(self, value: str) -> Columns:
        return Columns(amount=value)

    def value_of(self, columns: Columns) -> str | None:
        return columns.amount

    def to_date(self, values: Sequence[str]) -> str:
        return plain(sum(map(millionths, values))) if values else ""

    def countable(self, kinds: Collection[str]) -> frozenset[str]:
        return frozenset(kinds)

    def counted(self, counts: Mapping[str, int]) -> str:
        return str(sum(counts.values()))

    def way(self, value: Value, reached: Fraction, goal: Fraction) -> Way | None:
        """One unit more, as often as needed."""
        steps = ceiling(goal - reached)
        after, following = (plain(int((reached + more) * MILLION)) for more in (steps, 1))
        return Way(steps, (), 0, share(reached, goal), after, following)

    def way_texts(self, way: Way, unit: str, item_name: ItemName) -> tuple[str, str]:
        return f"再增加{way.steps}{unit}", f"每增加1{unit}"


def count(value: str) -> Ratio:
    """x is the number itself."""
    return millionths(value), 1


def as_given(value: str, x: Ratio) -> tuple[str, str]:
    return "", trimmed(value)
