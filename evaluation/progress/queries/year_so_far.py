"""What is known of a year while it runs: what the files in force say, and where they say nothing, what the platforms
have handed in. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from evaluation.choices import SubmittedStatus
from evaluation.collection.models import SubmittedFigure
from evaluation.intake.checks.annual import ANNUAL, PERIODS, Reported
from evaluation.intake.queries.annual_figures import annual_figures, year_batches
from evaluation.scoring.numbers import MILLION

# What a platform stands by; a returned figure is open again and counts only when it comes back.
_STOOD_BY = (
    SubmittedStatus.HANDED_IN,
    SubmittedStatus.ACCEPTED,
    SubmittedStatus.LOCKED,
    SubmittedStatus.NOT_APPLICABLE,
)


@dataclass(frozen=True)
class _Submitted:
    """Figures of a year's submissions by quarter: values, and quarters in which the indicator does not apply."""

    values: dict[int, Any]
    not_applicable: set[int]


def figures_so_far(*, year: int, platforms: Sequence[int], indicators: Sequence[str]) -> dict[int, dict[str, Reported]]:
    """Per platform what is known of each indicator; absent where nothing is. Three queries."""
    known = _submitted(year, platforms, indicators)
    for platform, filed in annual_figures(batches=year_batches(year), platforms=platforms, indicators=indicators):
        known[platform] = known.get(platform, {}) | filed
    return known


def _submitted(year: int, platforms: Sequence[int], indicators: Sequence[str]) -> dict[int, dict[str, Reported]]:
    rows = SubmittedFigure.objects.filter(
        submission__period__year=year,
        submission__platform__in=platforms,
        indicator__in=indicators,
        status__in=_STOOD_BY,
    ).values_list("submission__platform_id", "indicator", "submission__period__quarter", "status", "value")
    found: dict[tuple[int, str], _Submitted] = {}
    for platform, indicator, quarter, status, value in rows.order_by("submission__period__quarter"):
        told = found.setdefault((platform, indicator), _Submitted({}, set()))
        if status == SubmittedStatus.NOT_APPLICABLE or value is None:
            told.not_applicable.add(quarter)
        else:
            told.values[quarter] = value
    known: dict[int, dict[str, Reported]] = {}
    for (platform, indicator), told in found.items():
        known.setdefault(platform, {})[indicator] = _as_reported(told)
    return known


def _as_reported(told: _Submitted) -> Reported:
    """In the form that the year's files have, so that one rule adds both up."""
    values = list(told.values.values())
    counts = [value for value in values if isinstance(value, str)]
    ratios = [value for value in values if isinstance(value, dict) and "denominator" in value]
    parts = {str(q): value for q, value in told.values.items() if value not in counts and value not in ratios}
    rows = tuple(1 if period != ANNUAL and period in told.values else None for period in PERIODS)
    amounts = counts or [ratio["numerator"] for ratio in ratios]
    return Reported(
        amount=_sum(amounts),
        base=_sum(ratio["denominator"] for ratio in ratios),
        parts=parts or None,
        is_not_applicable=bool(told.not_applicable),
        rows=rows,
    )


def _sum(texts: Iterable[str]) -> str | None:
    numbers = [Fraction(text) for text in texts]
    if not numbers:
        return None
    millionths = sum(numbers) * MILLION
    whole, rest = divmod(int(millionths), MILLION)
    return f"{whole}.{rest:06d}" if rest else str(whole)
