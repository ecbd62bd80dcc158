"""`direct`: min(P, x), or with `out_of`, the x that means full points, P × x ÷ out_of."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from evaluation.scoring.numbers import Ratio, millionths
from evaluation.scoring.rules.base import Parameter, Rule, Scoring, Wording

TEMPLATE = "min({points}, {x})"
OUT_OF = "min({points}, {points} × {x} ÷ {out_of})"


@dataclass(frozen=True, slots=True)
class Direct(Rule):
    kind: ClassVar[str] = "direct"
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter("out_of", "满分对应值", "满分对应值", is_positive=True, is_optional=True),
    )
    templates: ClassVar[tuple[str, ...]] = (TEMPLATE, OUT_OF)
    has_pace: ClassVar[bool] = False

    out_of: str = ""

    def scoring(self, points: str, target: str = "") -> Scoring:
        whole = millionths(points)
        return direct_out_of(whole, millionths(self.out_of)) if self.out_of else direct(whole)

    def wording(self, points: str, target: str = "") -> Wording:
        template = OUT_OF if self.out_of else TEMPLATE
        return self.words(template, points=points, out_of=self.out_of)

    def text(self, points: str, unit: str, target: str = "") -> str:
        if self.out_of:
            return f"以{self.out_of}{unit}为满分{points}分,按比例计分"
        return f"按折算数直接计分,最高{points}分"

    def goal(self, points: str, target: str = "") -> Fraction | None:
        return Fraction(self.out_of or points)


def direct(points: int) -> Scoring:
    """min(P, x)"""

    def score(n: int, d: int) -> Ratio:
        return min(points * d, n), d

    return score


def direct_out_of(points: int, out_of: int) -> Scoring:
    """P × x ÷ out_of, never over P"""

    def score(n: int, d: int) -> Ratio:
        return points * min(n, out_of * d), out_of * d

    return score
