"""From the figures of a year's files to one figure per indicator, in the form of the evaluation bundle. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from core.numbers import plain
from evaluation.scoring.measures import Measure

ANNUAL = 0
COLLECTED = 5
PERIODS = range(6)  # 0 is the year's own file, 1 to 4 the quarters', 5 what was collected in the portal for the year


class Reported(NamedTuple):
    """What the files in force say of one indicator of one platform in a year.

    `amount` and `base` are sums over the periods as plain numbers; `parts` maps a period (0 for the year, 1 to 4) to
    the bundle's form of value; `is_not_applicable`: some period says so; `rows` gives per place of PERIODS the row of
    the file that reports it, None where none does.
    """

    amount: str | None
    base: str | None
    parts: Mapping[str, Any] | None
    is_not_applicable: bool
    rows: tuple[int | None, ...]

    @property
    def is_told_twice(self) -> bool:
        """By two of these: the quarters, the year's file, what was collected. One must go before anything is scored."""
        rows = self.rows
        by_quarter = any(row is not None for row in rows[ANNUAL + 1 : COLLECTED])
        return by_quarter + (rows[ANNUAL] is not None) + (rows[COLLECTED] is not None) > 1


def of_quarters(measure: Measure, values: Mapping[int, Any]) -> Reported:
    """What submissions say, in the form that the year's files have, so that one rule adds both up. `values` maps a
    quarter to the bundle's form of value, None where the indicator does not apply."""
    columns = {quarter: measure.columns(value) for quarter, value in values.items() if value is not None}
    return Reported(
        amount=total([each.amount for each in columns.values()]),
        base=total([each.base for each in columns.values()]),
        parts={str(quarter): each.parts for quarter, each in columns.items() if each.parts is not None} or None,
        is_not_applicable=len(columns) < len(values),
        rows=tuple(1 if period != ANNUAL and period in columns else None for period in PERIODS),
    )


def annual_value(reported: Reported) -> dict[str, Any]:
    """`value` or `state` of the year's figure.

    An annual count is the sum of the quarters, a ratio the sum of numerators over the sum of denominators. A quarter
    without a figure adds nothing; an indicator that no file reports stays missing; one that does not apply in any
    period does not apply to the year.
    """
    if reported.parts:
        return {"value": combined_parts(reported.parts)}
    if reported.amount is None:
        return {"state": "not_applicable" if reported.is_not_applicable else "missing"}
    if reported.base is not None:
        return {"value": {"numerator": reported.amount, "denominator": reported.base}}
    return {"value": reported.amount}


def combined_parts(parts: Mapping[str, Any]) -> object:
    """Counts by item add up over the quarters; ticks and marks hold for the year as they last stood."""
    periods = [parts[period] for period in sorted(parts)]
    if len(periods) == 1 or not all(isinstance(period, dict) for period in periods):
        return periods[-1]
    total: dict[str, Decimal] = {}
    for period in periods:
        for item, count in period.items():
            total[item] = total.get(item, Decimal(0)) + Decimal(count)
    return {item: plain(count) for item, count in total.items()}


def total(numbers: Sequence[str | None]) -> str | None:
    """Exact, without trailing zeros or an exponent; None when there is nothing to add."""
    given = [Decimal(number) for number in numbers if number is not None]
    return plain(sum(given, Decimal(0))) if given else None
