"""What a kind of measure is: everything the house asks of one, with the answers that most kinds share.

A kind is one file beside this one and one line in the registry. `value` is always the bundle's own form.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from evaluation.scoring.document import Document
from evaluation.scoring.figures import NOT_APPLICABLE, Value
from evaluation.scoring.findings import quoted
from evaluation.scoring.inspection import NUMBER_EXPECTED, Inspection
from evaluation.scoring.numbers import Ratio, is_number
from evaluation.scoring.typed import InputCell, ItemName, typed_number

Reading = Callable[[Any], Ratio | None]
"""A value as the engine takes it → x in millionths; None: not applicable."""

Derivation = Callable[[Any, Ratio], tuple[str, str]]
"""A value and its x → how x came about, x as the reason prints it."""

Wrong = list[tuple[str, str]]
"""Place below the value (or the cell), and what is wrong there."""

WHOLE = "value"

Given = TypeVar("Given")
"""A sound value in the bundle's own form, as each kind has it."""


class Columns(NamedTuple):
    """A value as the tables of figures hold it: a number, a number over a base, or the bundle's form as it is."""

    amount: str | None = None
    base: str | None = None
    parts: Any = None


class Way(NamedTuple):
    """How one indicator gets to full points: `steps` of `items` (none for a plain count); `reach` per cent for a ratio,
    else 0. `after` and `next_value` are its figure after all steps, and after the first one."""

    steps: int
    items: tuple[str, ...]
    reach: int
    share: Fraction
    after: Value
    next_value: Value


@dataclass(frozen=True, slots=True)
class MeasureOf(ABC, Generic[Given]):
    """What a figure says. `items` are the weights of what is counted or ticked, by code; most kinds have none."""

    kind: ClassVar[str]
    name: ClassVar[str]  # 计量方式, where two versions of a system are compared
    keys: ClassVar[tuple[str, ...]] = ("kind",)  # of the measure in a document
    templates: ClassVar[tuple[str, ...]] = ()  # fixed words of its reasons: result format /1
    hub_parts: ClassVar[tuple[str, ...]] = ()  # which columns of the provincial export make one value
    is_share: ClassVar[bool] = False  # printed in per cent
    adds_up: ClassVar[bool] = False  # over the quarters of a year, towards a target
    is_assessable: ClassVar[bool] = False  # whether assessors can judge it

    items: tuple[tuple[str, str], ...] = ()

    @property
    def heaviest_first(self) -> list[tuple[str, str]]:
        """The items as print and grid list them; equal ones by code."""
        return sorted(self.items, key=lambda item: (-Fraction(item[1]), item[0]))

    # --- the document

    @classmethod
    def parse(cls, document: Document) -> Self:
        """From a measure that has no faults."""
        return cls()

    @classmethod
    def blank(cls) -> dict[str, Any]:
        """A new measure in a document."""
        return {"kind": cls.kind}

    @classmethod
    def faults(cls, inspection: Inspection) -> frozenset[str] | None:
        """Notes what is wrong besides keys; returns the codes of the items, None where they cannot be read."""
        return frozenset()

    @staticmethod
    @abstractmethod
    def value_faults(value: object, items: frozenset[str]) -> Wrong:
        """What is wrong with a figure's value."""

    def wrong(self, value: object) -> Wrong:
        """What is wrong with a value of this indicator."""
        return self.value_faults(value, frozenset(code for code, _ in self.items))

    @classmethod
    def is_empty(cls, value: Given) -> bool:
        """Whether a sound value says that nothing applies."""
        return False

    # --- scoring

    @abstractmethod
    def figure_value(self, value: Given) -> Value:
        """A sound value as the engine takes it; the order inside an array is dropped."""

    def row_value(self, figure: Document) -> Value:
        """The same of a figure, which may have a state instead of a value."""
        if "state" in figure:
            return NOT_APPLICABLE if figure["state"] == "not_applicable" else None
        return self.figure_value(figure["value"])

    @abstractmethod
    def reading(self) -> Reading:
        """The function that reads the figures of one indicator."""

    @abstractmethod
    def derivation(self) -> Derivation:
        """The function that says how x came about: result format /1."""

    # --- words

    @abstractmethod
    def text(self, item_name: ItemName) -> str:
        """How the figure becomes one number: '' where there is nothing to say."""

    @abstractmethod
    def value_text(self, value: Given, unit: str, item_name: ItemName) -> str:
        """A value as a person reads it."""

    # --- the grid in which platforms type

    def cells(self, item_name: ItemName) -> tuple[InputCell, ...]:
        """The cells that the measure asks for, in the order in which they stand."""
        return (InputCell(WHOLE),)

    @abstractmethod
    def typed(self, value: Given | None) -> dict[str, str]:
        """A stored value back in its cells; None leaves them empty."""

    def read(self, given: Mapping[str, str]) -> tuple[Given | None, Wrong]:
        """The value that the cells make, None while nothing is given; or what is wrong, by cell."""
        if WHOLE not in given:
            return None, []
        number, message = typed_number(given[WHOLE])
        if message:
            return None, [(WHOLE, message)]
        return self.of_number(number), []

    def of_number(self, number: str) -> Given:
        """The value that one typed number makes; ValueError where it makes none."""
        raise ValueError(self.kind)

    # --- the year

    def columns(self, value: Given) -> Columns:
        """As the tables of figures hold it."""
        return Columns(parts=value)

    def value_of(self, columns: Columns) -> Given | None:
        """Back from the tables; None when they hold nothing."""
        parts: Given | None = columns.parts
        return parts

    def to_date(self, values: Sequence[Given]) -> str:
        """Several quarters as one number; '' where they make none."""
        return ""

    # --- what feeds it

    def of_mark(self, mark: object) -> object:
        """The value that one assessor's mark alone would make."""
        return mark

    def assessed(self, marks: Sequence[Any]) -> list[str]:
        """The value that follows from what all assessors gave; ValueError where nobody can judge."""
        raise ValueError(self.kind)

    def countable(self, kinds: Collection[str]) -> frozenset[str]:
        """Of the kinds of recognition offered those that it counts; none where it counts nothing of the sort."""
        return frozenset()

    def counted(self, counts: Mapping[str, int]) -> Given:
        """The value that numbers of recognitions by kind make; ValueError where it counts nothing of the sort."""
        raise ValueError(self.kind)

    # --- improvement

    def way(self, value: Value, reached: Fraction, goal: Fraction) -> Way | None:
        """The fewest smallest steps from `reached` to `goal`; None where the platform can do nothing."""
        return None

    def way_texts(self, way: Way, unit: str, item_name: ItemName) -> tuple[str, str]:
        """All steps and the first one, in words."""
        return "", ""


Measure = MeasureOf[Any]
"""Of any kind: whoever holds one hands it values that `wrong` found nothing in."""


def share(reached: Fraction, goal: Fraction) -> Fraction:
    """How much of the goal remains."""
    return Fraction(goal - reached, goal)


def ceiling(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def number_faults(value: object, place: str = "") -> Wrong:
    if isinstance(value, str) and is_number(value):
        return []
    return [(place, f"是{quoted(value)},应为{NUMBER_EXPECTED}")]
