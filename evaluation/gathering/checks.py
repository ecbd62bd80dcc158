"""From what platforms handed in by quarter, and what assessors marked, to one annual figure each. Pure."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from evaluation.intake.checks.annual import PERIODS, Reported, annual_value, total
from evaluation.intake.checks.collected import CollectedRow
from evaluation.scoring.measures import Measure

_NUMERALS = "一二三四"


class Quarterly(NamedTuple):
    """One quarter's checked figure of one indicator. `value` is None when the indicator was agreed not to apply."""

    quarter: int
    value: Any


def annual_row(*, platform_code: str, indicator: str, measure: Measure, quarters: Sequence[Quarterly]) -> CollectedRow:
    """The year of one indicator, combined exactly as the quarters of the hub's files are (`checks.annual`).

    Counts add up, of ratios numerators and denominators, of weighted items the counts by item; a quarter that does not
    apply adds nothing, and when none gives a value the year does not apply.
    """
    combined = annual_value(_reported(measure, quarters))
    spoken = "、".join(_NUMERALS[each.quarter - 1] for each in sorted(quarters, key=lambda each: each.quarter))
    return CollectedRow(
        platform_code,
        indicator,
        combined.get("value"),
        is_not_applicable="state" in combined,
        origin=f"平台报送,第{spoken}季度",
    )


def _reported(measure: Measure, quarters: Sequence[Quarterly]) -> Reported:
    columns = {each.quarter: measure.columns(each.value) for each in quarters if each.value is not None}
    return Reported(
        amount=total([each.amount for each in columns.values()]),
        base=total([each.base for each in columns.values()]),
        parts={str(quarter): each.parts for quarter, each in columns.items() if each.parts is not None} or None,
        is_not_applicable=len(columns) < len(quarters),
        rows=(None,) * len(PERIODS),
    )
