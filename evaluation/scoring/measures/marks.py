"""`marks`: what several people gave, `["85", "90.5"]`; their mean, without one highest and one lowest from five on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from evaluation.scoring.figures import Value
from evaluation.scoring.findings import quoted
from evaluation.scoring.measures.base import WHOLE, Derivation, MeasureOf, Reading, Wrong, number_faults
from evaluation.scoring.numbers import Ratio, cut, millionths, plain, trimmed
from evaluation.scoring.typed import ItemName

DROP_FROM = 5
MARKS_DROPPED = "去掉最高 {highest} 和最低 {lowest},"


@dataclass(frozen=True, slots=True)
class Marks(MeasureOf[Sequence[str]]):
    kind: ClassVar[str] = "marks"
    name: ClassVar[str] = "按评分平均值计"
    templates: ClassVar[tuple[str, ...]] = (MARKS_DROPPED,)
    is_assessable: ClassVar[bool] = True

    @staticmethod
    def value_faults(value: object, items: frozenset[str]) -> Wrong:
        if not isinstance(value, list):
            return [("", f"是{quoted(value)},应为评分的数组")]
        if not value:
            return [("", "没有任何评分,应至少有一个")]
        return [fault for place, mark in enumerate(value) for fault in number_faults(mark, f"[{place}]")]

    def figure_value(self, value: Sequence[str]) -> Value:
        return tuple(sorted(value))

    def reading(self) -> Reading:
        return marks

    def derivation(self) -> Derivation:
        return averaged

    def text(self, item_name: ItemName) -> str:
        return "按评分平均值计(五个以上去掉一个最高分和一个最低分)"

    def value_text(self, value: Sequence[str], unit: str, item_name: ItemName) -> str:
        return "、".join(value)

    def typed(self, value: Sequence[str] | None) -> dict[str, str]:
        return {WHOLE: value[0] if value else ""}

    def of_number(self, number: str) -> Sequence[str]:
        return [number]

    def of_mark(self, mark: object) -> object:
        return [mark]

    def assessed(self, marks: Sequence[str]) -> list[str]:
        """All of them, from the lowest to the highest; the scoring takes the mean."""
        return sorted(marks, key=millionths)


def marks(value: tuple[str, ...]) -> Ratio:
    """x = mean of the marks; with five or more, one highest and one lowest are dropped."""
    kept = kept_marks(value)
    return sum(kept), len(kept)


def kept_marks(value: tuple[str, ...]) -> list[int]:
    """The marks that count, in millionths, from low to high."""
    ordered = sorted(map(millionths, value))
    return ordered[1:-1] if len(ordered) >= DROP_FROM else ordered


def averaged(value: tuple[str, ...], x: Ratio) -> tuple[str, str]:
    shown = cut(*x)
    if len(value) == 1:
        return "", trimmed(value[0])
    kept = kept_marks(value)
    mean = f"({' + '.join(map(plain, kept))}) ÷ {len(kept)} = {shown};"
    if len(kept) == len(value):
        return mean, shown
    every = sorted(map(millionths, value))
    return MARKS_DROPPED.format(highest=plain(every[-1]), lowest=plain(every[0])) + mean, shown
