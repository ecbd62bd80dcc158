"""From what platforms handed in by quarter, and what assessors marked, to one annual figure each. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from evaluation.intake.checks.annual import PERIODS, Reported, annual_value
from evaluation.intake.checks.collected import CollectedRow

_NUMERALS = "一二三四"


class Quarterly(NamedTuple):
    """One quarter's checked figure of one indicator. `value` is None when the indicator was agreed not to apply."""

    quarter: int
    value: Any


def annual_row(*, platform_code: str, indicator: str, kind: str, quarters: Sequence[Quarterly]) -> CollectedRow:
    """The year of one indicator, combined exactly as the quarters of the hub's files are (`checks.annual`).

    Counts add up, of ratios numerators and denominators, of weighted items the counts by item; a quarter that does not
    apply adds nothing, and when none gives a value the year does not apply.
    """
    combined = annual_value(_reported(kind, quarters))
    spoken = "、".join(_NUMERALS[each.quarter - 1] for each in sorted(quarters, key=lambda each: each.quarter))
    return CollectedRow(
        platform_code,
        indicator,
        combined.get("value"),
        is_not_applicable="state" in combined,
        origin=f"平台报送,第{spoken}季度",
    )


def _reported(kind: str, quarters: Sequence[Quarterly]) -> Reported:
    given = [each for each in quarters if each.value is not None]
    amount = base = None
    parts: Mapping[str, Any] | None = None
    if given and kind == "count":
        amount = _total([each.value for each in given])
    elif given and kind == "ratio":
        amount = _total([each.value["numerator"] for each in given])
        base = _total([each.value["denominator"] for each in given])
    elif given:
        parts = {str(each.quarter): each.value for each in given}
    return Reported(amount, base, parts, is_not_applicable=len(given) < len(quarters), rows=(None,) * len(PERIODS))


def _total(numbers: Sequence[str]) -> str:
    """Exact, without trailing zeros or an exponent."""
    text = f"{sum((Decimal(number) for number in numbers), Decimal(0)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
