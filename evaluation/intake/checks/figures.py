"""What a figure says, in the columns of its table, and the row of a file that says it. Pure."""

from decimal import Decimal
from typing import Any, NamedTuple

from evaluation.intake.checks.registry import Registered
from evaluation.scoring.measures import Measure

REPORTED = "reported"


class StoredFigure(NamedTuple):
    """What one row of the table `Figure` says, whoever reads or writes it. Numbers compare as numbers: 12 equals
    12.000000."""

    state: str
    amount: Decimal | None = None
    base: Decimal | None = None
    parts: Any = None


class FigureRow(NamedTuple):
    """One sound figure of a file, or of what was collected, and the row it stands in."""

    row: int
    platform: Registered
    indicator: str
    figure: StoredFigure


def figure_of(measure: Measure, value: Any) -> StoredFigure:
    """A sound value of the evaluation bundle's form, in the columns that the indicator's measure takes."""
    amount, base, parts = measure.columns(value)
    return StoredFigure(REPORTED, _number(amount), _number(base), parts)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
