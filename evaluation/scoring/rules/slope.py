"""`slope`: P from `full` up; below it so many points less for each one that is lacking, down to a floor."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from evaluation.scoring.document import Document
from evaluation.scoring.findings import quoted
from evaluation.scoring.numbers import MILLION, Ratio, millionths, trimmed
from evaluation.scoring.rules.base import Note, Parameter, Rule, Scoring, Wording

TEMPLATE = "max({floor}, {points} − {per_point} × ({full} − {x}))"
AT_FULL = "{x} ≥ {full},计满分"


@dataclass(frozen=True, slots=True)
class Slope(Rule):
    kind: ClassVar[str] = "slope"
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter("full", "满分线", "满分线"),
        Parameter("per_point", "每低1扣分", "每低1{unit}的扣分", in_points=True),
        Parameter("floor", "最低分", "最低分", in_points=True),
    )
    templates: ClassVar[tuple[str, ...]] = (TEMPLATE, AT_FULL)
    has_pace: ClassVar[bool] = False

    full: str
    per_point: str
    floor: str

    @classmethod
    def faults(cls, fields: Document, read: Mapping[str, int | None], points: int | None) -> list[Note]:
        """`floor` above the points"""
        floor = read["floor"]
        if floor is None or points is None or floor <= points:
            return []
        return [("floor", f"是{quoted(fields['floor'])},高于指标分值", "应不高于指标分值")]

    def scoring(self, points: str, target: str = "") -> Scoring:
        return slope(millionths(points), millionths(self.full), millionths(self.per_point), millionths(self.floor))

    def wording(self, points: str, target: str = "") -> Wording:
        numbers = {"floor": self.floor, "points": points, "per_point": self.per_point, "full": self.full}
        at_full = AT_FULL.format(x="", full=trimmed(self.full))
        return self.words(TEMPLATE, **numbers)._replace(full=millionths(self.full), at_full=at_full)

    def text(self, points: str, unit: str, target: str = "") -> str:
        return f"达到{self.full}{unit}得{points}分,每低1{unit}扣{self.per_point}分,最低{self.floor}分"

    def goal(self, points: str, target: str = "") -> Fraction | None:
        return Fraction(self.full)

    def aim(self, target: str = "") -> str:
        return target or self.full


def slope(points: int, full: int, per_point: int, floor: int) -> Scoring:
    """P from `full` up; below it max(floor, P − per_point × (full − x))"""

    def score(n: int, d: int) -> Ratio:
        if n >= full * d:
            return points, 1
        return max(floor * MILLION * d, points * MILLION * d - per_point * (full * d - n)), MILLION * d

    return score
