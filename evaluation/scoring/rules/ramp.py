"""`ramp`: P × clamp((x − zero) ÷ (full − zero), 0, 1): nothing up to one line, all from another; zero > full means that
less is better."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from evaluation.scoring.document import Document
from evaluation.scoring.findings import quoted
from evaluation.scoring.numbers import Ratio, millionths
from evaluation.scoring.rules.base import Note, Parameter, Rule, Scoring, Wording

RISING = "{points} × min(1, max(0, ({x} − {zero}) ÷ ({full} − {zero})))"
FALLING = "{points} × min(1, max(0, ({zero} − {x}) ÷ ({zero} − {full})))"


@dataclass(frozen=True, slots=True)
class Ramp(Rule):
    kind: ClassVar[str] = "ramp"
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Parameter("zero", "零分线", "零分线"),
        Parameter("full", "满分线", "满分线"),
    )
    templates: ClassVar[tuple[str, ...]] = (RISING, FALLING)

    zero: str
    full: str

    @classmethod
    def faults(cls, fields: Document, read: Mapping[str, int | None], points: int | None) -> list[Note]:
        """`zero` = `full`"""
        if None in read.values() or read["zero"] != read["full"]:
            return []
        return [("full", f"是{quoted(fields['full'])},与 zero 相等", "应与 zero 不同")]

    @property
    def is_rising(self) -> bool:
        return millionths(self.full) > millionths(self.zero)

    def scoring(self, points: str, target: str = "") -> Scoring:
        return ramp(millionths(points), millionths(self.zero), millionths(self.full))

    def wording(self, points: str, target: str = "") -> Wording:
        return self.words(RISING if self.is_rising else FALLING, points=points, zero=self.zero, full=self.full)

    def text(self, points: str, unit: str, target: str = "") -> str:
        below, above = ("以下", "以上") if self.is_rising else ("以上", "以下")
        zero, full = f"{self.zero}{unit}及{below}不得分", f"{self.full}{unit}及{above}得{points}分"
        return f"{zero},{full},其间按比例计分"

    def goal(self, points: str, target: str = "") -> Fraction | None:
        """None where less is better: what happened is not undone."""
        return Fraction(self.full) if self.is_rising else None

    def aim(self, target: str = "") -> str:
        return target or self.full


def ramp(points: int, zero: int, full: int) -> Scoring:
    """P × clamp((x − zero) ÷ (full − zero), 0, 1); zero > full means less is better"""
    direction = 1 if full > zero else -1
    length = direction * (full - zero)

    def score(n: int, d: int) -> Ratio:
        way = direction * (n - zero * d)
        return points * max(0, min(way, length * d)), length * d

    return score
