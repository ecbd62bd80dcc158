"""`deduct`: max(0, P − x): everything that went wrong is taken off."""

from dataclasses import dataclass
from typing import ClassVar

from evaluation.scoring.numbers import Ratio, millionths
from evaluation.scoring.rules.base import Rule, Scoring, Wording

TEMPLATE = "max(0, {points} − {x})"


@dataclass(frozen=True, slots=True)
class Deduct(Rule):
    kind: ClassVar[str] = "deduct"
    templates: ClassVar[tuple[str, ...]] = (TEMPLATE,)

    def scoring(self, points: str, target: str = "") -> Scoring:
        return deduct(millionths(points))

    def wording(self, points: str, target: str = "") -> Wording:
        return self.words(TEMPLATE, points=points)

    def text(self, points: str, unit: str, target: str = "") -> str:
        return f"满分{points}分,按折算数扣减,扣完为止"


def deduct(points: int) -> Scoring:
    """max(0, P − x)"""

    def score(n: int, d: int) -> Ratio:
        return max(0, points * d - n), d

    return score
