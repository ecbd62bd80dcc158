"""What is known of a year while it runs: what the files in force say, and where they say nothing, what the platforms
have handed in. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.collection.choices import SubmittedStatus
from evaluation.collection.models import SubmittedFigure
from evaluation.intake.checks.annual import ANNUAL, PERIODS, Reported, total
from evaluation.intake.queries.annual_figures import annual_figures, year_batches
from evaluation.scoring.measures import Measure
from evaluation.scoring.system import Indicator

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


def figures_so_far(
    *, year: int, platforms: Sequence[int], indicators: Sequence[Indicator]
) -> dict[int, dict[str, Reported]]:
    """Per platform what is known of each indicator; absent where nothing is. Three queries."""
    known = _submitted(year, platforms, {each.code: each for each in indicators})
    for platform, filed in annual_figures(batches=year_batches(year), platforms=platforms, indicators=indicators):
        known[platform] = known.get(platform, {}) | filed
    return known


def _submitted(
    year: int, platforms: Sequence[int], indicators: Mapping[str, Indicator]
) -> dict[int, dict[str, Reported]]:
    rows = SubmittedFigure.objects.filter(
        submission__period__year=year,
        submission__platform__in=platforms,
        indicator__in=list(indicators),
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
        known.setdefault(platform, {})[indicator] = _as_reported(told, indicators[indicator].measure)
    return known


def _as_reported(told: _Submitted, measure: Measure) -> Reported:
    """In the form that the year's files have, so that one rule adds both up."""
    columns = {quarter: measure.columns(value) for quarter, value in told.values.items()}
    return Reported(
        amount=total([each.amount for each in columns.values()]),
        base=total([each.base for each in columns.values()]),
        parts={str(quarter): each.parts for quarter, each in columns.items() if each.parts is not None} or None,
        is_not_applicable=bool(told.not_applicable),
        rows=tuple(1 if period != ANNUAL and period in told.values else None for period in PERIODS),
    )
