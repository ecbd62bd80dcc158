"""`per_unit`: min(P, each × x): so many points for each unit, up to the indicator's points."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from evaluation.scoring.numbers import MILLION, Ratio, millionths
from evaluation.scoring.rules.base import Parameter, Rule, Scoring, Wording

TEMPLATE = "min({points}, {each} × {x})"


@dataclass(frozen=True, slots=True)
class PerUnit(Rule):
    kind: ClassVar[str] = "per_unit"
    parameters: ClassVar[tuple[Parameter, ...]] = (Parameter("each", "每单位计分", "每{unit}计分", in_points=True),)
    templates: ClassVar[tuple[str, ...]] = (TEMPLATE,)

    each: str

    def scoring(self, points: str, target: str = "") -> Scoring:
        return per_unit(millionths(points), millionths(self.each))

    def wording(self, points: str, target: str = "") -> Wording:
        return self.words(TEMPLATE, points=points, each=self.each)

    def text(self, points: str, unit: str, target: str = "") -> str:
        return f"每{unit}计{self.each}分,最高{points}分"

    def goal(self, points: str, target: str = "") -> Fraction | None:
        return Fraction(Fraction(points), Fraction(self.each)) if millionths(self.each) else None


def per_unit(points: int, each: int) -> Scoring:
    """min(P, each × x)"""

    def score(n: int, d: int) -> Ratio:
        return min(points * MILLION * d, each * n), MILLION * d

    return score
