"""`count`: the figure is the number itself, `"52"`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from evaluation.scoring.figures import Value
from evaluation.scoring.measures.base import (
    WHOLE,
    Columns,
    Derivation,
    Measure,
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
class Count(Measure):
    kind: ClassVar[str] = "count"
    name: ClassVar[str] = "按数量计"
    hub_parts: ClassVar[tuple[str, ...]] = (WHOLE,)
    adds_up: ClassVar[bool] = True

    @staticmethod
    def value_faults(value: Any, items: frozenset[str]) -> Wrong:
        return number_faults(value)

    def reading(self) -> Reading:
        return count

    def derivation(self) -> Derivation:
        return as_given

    def text(self, item_name: ItemName) -> str:
        return ""

    def value_text(self, value: Any, unit: str, item_name: ItemName) -> str:
        return f"{value}{unit}"

    def columns(self, value: Any) -> Columns:
        return Columns(amount=value)

    def value_of(self, columns: Columns) -> Any:
        return columns.amount

    def to_date(self, values: Sequence[Any]) -> str:
        return plain(sum(map(millionths, values))) if values else ""

    def countable(self, kinds: Collection[str]) -> frozenset[str]:
        return frozenset(kinds)

    def counted(self, counts: Mapping[str, int]) -> Any:
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
