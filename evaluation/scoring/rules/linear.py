"""`linear`: P × min(1, x ÷ target): points in proportion to how much of the target is reached."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from evaluation.scoring.numbers import Ratio, millionths
from evaluation.scoring.rules.base import Parameter, Rule, Scoring, Wording

TEMPLATE = "{points} × min(1, {x} ÷ {target})"


@dataclass(frozen=True, slots=True)
class Linear(Rule):
    kind: ClassVar[str] = "linear"
    parameters: ClassVar[tuple[Parameter, ...]] = (Parameter("target", "目标值", "目标", is_positive=True),)
    templates: ClassVar[tuple[str, ...]] = (TEMPLATE,)
    takes_target: ClassVar[bool] = True

    target: str

    def scoring(self, points: str, target: str = "") -> Scoring:
        return linear(millionths(points), millionths(target or self.target))

    def wording(self, points: str, target: str = "") -> Wording:
        return self.words(TEMPLATE, points=points, target=target or self.target)

    def text(self, points: str, unit: str, target: str = "") -> str:
        return f"达到目标值{target or self.target}{unit}得{points}分,不足按比例计分"

    def goal(self, points: str, target: str = "") -> Fraction | None:
        return Fraction(target or self.target)

    def aim(self, target: str = "") -> str:
        return target or self.target


def linear(points: int, target: int) -> Scoring:
    """P × min(1, x ÷ target)"""

    def score(n: int, d: int) -> Ratio:
        return points * min(n, target * d), target * d

    return score
