"""A system compiled once, for scoring many platforms: plain integers inside, one call per new value.

Equal values of an indicator always have equal outcomes, so each is worked out once and remembered for as
long as the plan lives. Use one plan per run and drop it afterwards.
"""

from collections.abc import Callable, Sequence
from operator import getitem
from typing import Any, Generic, TypeVar

from evaluation.scoring.figures import NOT_APPLICABLE, Row, Value
from evaluation.scoring.numbers import Prints, plain
from evaluation.scoring.reasons import MISSING_REASON, NOT_APPLICABLE_REASON, reason
from evaluation.scoring.rounding import half_up, unit
from evaluation.scoring.system import Indicator, System
from evaluation.scoring.totals import Tally, tallying

Targets = Sequence[tuple[str, str]]


# The outcome of one figure: its score in units of the last decimal (None: not applicable), and the indicator's
# entry in a scorecard: code, state, measure, points, score, reason. Equal figures share one entry: read it only.
Cell = tuple[int | None, dict[str, str | None]]

Outcome = TypeVar("Outcome")


class Book(dict[Value, Outcome]):
    """One indicator's outcomes by value; a value seen for the first time is worked out."""

    def __init__(self, work_out: Callable[[Any], Outcome], missing: Outcome, not_applicable: Outcome) -> None:
        super().__init__({None: missing, NOT_APPLICABLE: not_applicable})
        self.work_out = work_out

    def __missing__(self, value: Value) -> Outcome:
        outcome = self[value] = self.work_out(value)
        return outcome


class Shelf(Generic[Outcome]):
    """The books of all indicators in system order, and those of platforms' own targets."""

    def __init__(self, system: System, book: Callable[[Indicator, int, str], Book[Outcome]]) -> None:
        decimals = system.indicator_decimals
        indicators = system.indicators
        self._new: Callable[[int, str], Book[Outcome]] = lambda place, target: book(indicators[place], decimals, target)
        self._places = {indicator.code: place for place, indicator in enumerate(indicators)}
        self._books = [self._new(place, "") for place in self._places.values()]
        self._own: dict[tuple[int, str], Book[Outcome]] = {}

    def outcomes(self, row: Row, targets: Targets) -> list[Outcome]:
        books = self._with_own(targets) if targets else self._books
        return list(map(getitem, books, row))

    def _with_own(self, targets: Targets) -> list[Book[Outcome]]:
        books = self._books.copy()
        for code, target in targets:
            key = self._places[code], target
            if key not in self._own:
                self._own[key] = self._new(*key)
            books[key[0]] = self._own[key]
        return books


class Plan:
    """A compiled system. Rows are sound figures in system order (see `figures`)."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.tally: Callable[[Sequence[int | None]], Tally] = tallying(system)
        self._scores = Shelf(system, score_book)
        self._cells = Shelf(system, cell_book)

    def scores(self, row: Row, targets: Targets = ()) -> list[int | None]:
        """One platform's indicator scores without reasons, in units of 10^-indicator_decimals."""
        return self._scores.outcomes(row, targets)

    def cells(self, row: Row, targets: Targets = ()) -> list[Cell]:
        """One platform's indicator scores with measure, print and reason."""
        return self._cells.outcomes(row, targets)


def score_book(indicator: Indicator, decimals: int, target: str) -> Book[int | None]:
    """The scores of one indicator: measure, rule, half up."""
    read = indicator.measure.reading()
    points = indicator.rule.scoring(indicator.points, target)
    smallest = unit(decimals)

    def work_out(value: object) -> int | None:
        x = read(value)
        if x is None:
            return None
        numerator, denominator = points(*x)
        return half_up(numerator, denominator * smallest)

    return Book(work_out, missing=0, not_applicable=None)


def cell_book(indicator: Indicator, decimals: int, target: str) -> Book[Cell]:
    """The scores of one indicator with measure, print and reason."""
    read = indicator.measure.reading()
    points = indicator.rule.scoring(indicator.points, target)
    word = reason(indicator.measure, indicator.rule, indicator.points, decimals, target)
    smallest = unit(decimals)
    prints = Prints(decimals)

    def entry(state: str, measure: str | None, score: str | None, why: str) -> dict[str, str | None]:
        return {
            "code": indicator.code,
            "state": state,
            "measure": measure,
            "points": indicator.points,
            "score": score,
            "reason": why,
        }

    not_applicable = (None, entry("not_applicable", None, None, NOT_APPLICABLE_REASON))

    def work_out(value: object) -> Cell:
        x = read(value)
        if x is None:
            return not_applicable
        exact = numerator, denominator = points(*x)
        score = half_up(numerator, denominator * smallest)
        printed = prints[score]
        measure = plain(x[0] if x[1] == 1 else half_up(*x))
        return score, entry("scored", measure, printed, word(value, x, exact, printed))

    return Book(work_out, (0, entry("missing", None, prints[0], MISSING_REASON)), not_applicable)
