"""What each window's figures say of a quarter: value, year to date, progress, change, place (P.6 of the proposed
quarterly indicators). Pure: rows in, readings out; no points are given in a quarter."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from core.periods import Quarter
from evaluation.bulletin.documents.numbers import MISSING, NOTHING, counted, percent, printed, rounded, signed
from evaluation.bulletin.queries import Figures, Window, WindowGroup
from evaluation.choices import FigureState
from evaluation.intake.checks.figures import StoredFigure
from evaluation.scoring.system import System

RATIO_DECIMALS = 2
PROGRESS_DECIMALS = 1


@dataclass(frozen=True)
class Indicator:
    """A quarterly indicator of the provincial export; `code` is its column's there, the same in all systems and years.
    `target` is what the year's full marks need, None without one; a ratio is measured in per cent."""

    code: str
    name: str
    unit: str
    is_ratio: bool
    target: Fraction | None

    def text(self, value: Fraction) -> str:
        return printed(value, RATIO_DECIMALS) if self.is_ratio else counted(value)


@dataclass(frozen=True)
class QuarterReading:
    """One indicator of one window, exact. `change` is the difference of the printed values, in percentage points for a
    ratio. A ratio over nothing has no value and is not missing."""

    indicator: Indicator
    is_missing: bool
    value: Fraction | None = None
    to_date: Fraction | None = None
    progress: Fraction | None = None
    change: Fraction | None = None
    place: int | None = None

    @property
    def value_text(self) -> str:
        return MISSING if self.is_missing else self._text(self.value)

    @property
    def to_date_text(self) -> str:
        return self._text(self.to_date)

    @property
    def progress_text(self) -> str:
        return NOTHING if self.progress is None else percent(self.progress)

    @property
    def change_text(self) -> str:
        return NOTHING if self.change is None else signed(self.indicator.text(self.change))

    def _text(self, value: Fraction | None) -> str:
        return NOTHING if value is None else self.indicator.text(value)


Readings = Mapping[int, Mapping[str, QuarterReading]]
"""By window and indicator code."""


def quarterly_indicators(system: System | None) -> tuple[Indicator, ...]:
    """The counts and ratios of a system that the provincial platform exports each quarter, in the system's order."""
    return tuple(
        Indicator(
            code=indicator.column,
            name=indicator.name,
            unit=indicator.unit,
            is_ratio=indicator.measure.is_share,
            target=indicator.goal() if indicator.rule.has_pace else None,
        )
        for indicator in (system.indicators if system else ())
        if indicator.column and indicator.quarterly
    )


def group_readings(group: WindowGroup, indicators: Iterable[Indicator], figures: Figures, quarter: Quarter) -> Readings:
    """Every window of one type; places are among these windows, by progress as printed, equal ones sharing a place."""
    readings = {
        window.id: {i.code: _reading(i, figures.get((window.id, i.code), {}), quarter) for i in indicators}
        for window in group.windows
    }
    for indicator in indicators:
        _place(readings, indicator)
    return readings


def in_order_of(readings: Readings, windows: Iterable[Window], code: str) -> list[Window]:
    """By place; windows without one last, by code."""

    def key(window: Window) -> tuple[bool, int, str]:
        place = readings[window.id][code].place
        return place is None, place or 0, window.code

    return sorted(windows, key=key)


def sums(
    indicator: Indicator, figures: Iterable[Mapping[Quarter, StoredFigure]], quarter: Quarter
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Of the quarter, of the one before it, of its year so far."""
    told = [pair for by_quarter in figures for pair in by_quarter.items()]
    before = quarter.previous
    return (
        _total((figure for of, figure in told if of == quarter), indicator),
        _total((figure for of, figure in told if of == before), indicator),
        _total((figure for of, figure in told if of.year == quarter.year), indicator),
    )


def _total(figures: Iterable[StoredFigure], indicator: Indicator) -> Fraction | None:
    """Counts added up, or all numerators over all denominators in per cent; None when nothing is reported."""
    reported = [figure for figure in figures if figure.state == FigureState.REPORTED and figure.amount is not None]
    if not reported:
        return None
    amount = sum((Fraction(figure.amount or 0) for figure in reported), Fraction(0))
    if not indicator.is_ratio:
        return amount
    base = sum((Fraction(figure.base or 0) for figure in reported), Fraction(0))
    return amount / base * 100 if base else None


def difference(indicator: Indicator, now: Fraction | None, before: Fraction | None) -> Fraction | None:
    """Of the two as printed, so that a reader who subtracts finds the same."""
    if now is None or before is None:
        return None
    decimals = RATIO_DECIMALS if indicator.is_ratio else 2
    return rounded(now, decimals) - rounded(before, decimals)


def _reading(indicator: Indicator, figures: Mapping[Quarter, StoredFigure], quarter: Quarter) -> QuarterReading:
    value, before, to_date = sums(indicator, [figures], quarter)
    current = figures.get(quarter)
    return QuarterReading(
        indicator=indicator,
        is_missing=current is None or current.state == FigureState.MISSING,
        value=value,
        to_date=to_date,
        progress=None if to_date is None or not indicator.target else to_date / indicator.target * 100,
        change=difference(indicator, value, before),
    )


def _place(readings: dict[int, dict[str, QuarterReading]], indicator: Indicator) -> None:
    measured = {
        window: rounded(by_code[indicator.code].progress or Fraction(0), PROGRESS_DECIMALS)
        for window, by_code in readings.items()
        if by_code[indicator.code].progress is not None
    }
    places: dict[Fraction, int] = {}
    for place, progress in enumerate(sorted(measured.values(), reverse=True), start=1):
        places.setdefault(progress, place)
    for window, progress in measured.items():
        by_code = readings[window]
        by_code[indicator.code] = replace(by_code[indicator.code], place=places[progress])
