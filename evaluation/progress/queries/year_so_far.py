"""What is known of a year while it runs: what the files in force say, and where they say nothing, what the platforms
have handed in. Reads only."""

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.collection.choices import SubmittedStatus
from evaluation.collection.models import SubmittedFigure
from evaluation.intake.checks.annual import Reported, of_quarters
from evaluation.intake.queries.annual_figures import annual_figures, year_batches
from evaluation.scoring.system import Indicator

# What a platform stands by; a returned figure is open again and counts only when it comes back.
_STOOD_BY = (
    SubmittedStatus.HANDED_IN,
    SubmittedStatus.ACCEPTED,
    SubmittedStatus.LOCKED,
    SubmittedStatus.NOT_APPLICABLE,
)


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
    values: dict[tuple[int, str], dict[int, Any]] = {}
    for platform, indicator, quarter, status, value in rows.order_by("submission__period__quarter"):
        told = None if status == SubmittedStatus.NOT_APPLICABLE else value
        values.setdefault((platform, indicator), {})[quarter] = told
    known: dict[int, dict[str, Reported]] = {}
    for (platform, indicator), quarters in values.items():
        known.setdefault(platform, {})[indicator] = of_quarters(indicators[indicator].measure, quarters)
    return known
