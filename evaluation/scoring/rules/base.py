"""What a kind of rule is: x → points before rounding, and everything the house asks of one.

A kind is one file beside this one and one line in the registry. Its parameters are fields of the same names.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import ClassVar, NamedTuple, Self

from evaluation.scoring.document import Document
from evaluation.scoring.numbers import Ratio, trimmed

Scoring = Callable[[int, int], Ratio]
"""x = n ÷ d → points as (numerator, denominator); all are integers in millionths."""


Note = tuple[str, str, str]
"""A fault of one parameter: its name, what is wrong, what was expected."""


class Parameter(NamedTuple):
    """One number of a rule: what the plan page calls it, what the comparison of two versions calls it (`{unit}` is the
    indicator's), whether it is counted in points, must be above 0, may be left out."""

    name: str
    label: str
    changed: str
    in_points: bool = False
    is_positive: bool = False
    is_optional: bool = False

    def unit(self, unit: str) -> str:
        """What it is counted in."""
        return "分" if self.in_points else unit


class Wording(NamedTuple):
    """A rule with its numbers, before and after the place of x. From `full` up (x in millionths) `at_full` stands
    behind x instead."""

    head: str
    tail: str
    full: int | None = None
    at_full: str = ""


@dataclass(frozen=True, slots=True)
class Rule(ABC):
    """How x becomes points: never under 0 nor over the indicator's points P, which are handed in as text."""

    kind: ClassVar[str]
    parameters: ClassVar[tuple[Parameter, ...]] = ()
    templates: ClassVar[tuple[str, ...]] = ()  # words of its reasons: result format /1
    takes_target: ClassVar[bool] = False  # whether a platform may have a target of its own
    has_pace: ClassVar[bool] = True  # whether a quarterly bulletin measures progress towards the goal

    @classmethod
    def parse(cls, document: Document) -> Self:
        """From a rule that has no faults."""
        return cls(**{field.name: document[field.name] for field in fields(cls) if field.name in document})

    @classmethod
    def blank(cls) -> dict[str, str]:
        """A new rule in a document, its numbers still to be typed."""
        return {"kind": cls.kind} | {each.name: text for each, text in cls.missing()}

    @classmethod
    def missing(cls) -> list[tuple[Parameter, str]]:
        """The parameters that a new rule must be given, all still empty."""
        return [(each, "") for each in cls.parameters if not each.is_optional]

    @property
    def given(self) -> list[tuple[Parameter, str]]:
        """The parameters with their numbers; without optional ones that are left out."""
        values = [(each, getattr(self, each.name)) for each in self.parameters]
        return [(each, value) for each, value in values if value]

    @classmethod
    def faults(cls, fields: Document, read: Mapping[str, int | None], points: int | None) -> list[Note]:
        """What is wrong between numbers that are sound each for itself; `fields` are the document's, `read` the same in
        millionths, None where not sound."""
        return []

    @abstractmethod
    def scoring(self, points: str, target: str = "") -> Scoring:
        """The rule of one indicator as a function of x; `target` is a platform's own."""

    @abstractmethod
    def wording(self, points: str, target: str = "") -> Wording:
        """The rule as reasons print it: result format /1."""

    @abstractmethod
    def text(self, points: str, unit: str, target: str = "") -> str:
        """The rule in words, for people."""

    def goal(self, points: str, target: str = "") -> Fraction | None:
        """The x that full points need; None where the rule names nothing to reach."""
        return None

    def aim(self, target: str = "") -> str:
        """The number that a grid shows as the target; '' where there is none."""
        return target

    def words(self, template: str, **numbers: str) -> Wording:
        """A template of reasons with its numbers, around the place of x."""
        head, _, tail = template.partition("{x}")
        plain = {name: trimmed(number) for name, number in numbers.items()}
        return Wording(head.format(**plain), tail.format(**plain))
