"""The year so far against the key tasks' targets, platform by platform: what the files in force say, and where they say
nothing, what the platforms have handed in. Reads only; how far that is, is said in `checks.progress`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from evaluation.checks.annual import ANNUAL, PERIODS, Reported, annual_value
from evaluation.checks.progress import Progress, progress
from evaluation.checks.systems import key_tasks_of
from evaluation.choices import SubmittedStatus
from evaluation.models import IndicatorSystem, SubmittedFigure
from evaluation.queries.annual_figures import annual_figures, year_batches
from evaluation.queries.systems import own_targets
from evaluation.scoring.bundle import Measure
from evaluation.scoring.figures import figure_value
from evaluation.scoring.measures import reading
from evaluation.scoring.numbers import MILLION
from platforms.models import Platform

# What a platform stands by; a returned figure is open again and counts only when it comes back.
_STOOD_BY = (
    SubmittedStatus.HANDED_IN,
    SubmittedStatus.ACCEPTED,
    SubmittedStatus.LOCKED,
    SubmittedStatus.NOT_APPLICABLE,
)


class PlatformProgress(NamedTuple):
    """One platform and how far it is, indicator by indicator, in the order asked for."""

    platform: Platform
    tasks: tuple[Progress, ...]


@dataclass(frozen=True)
class _Submitted:
    """Figures of a year's submissions by quarter: values, and quarters in which the indicator does not apply."""

    values: dict[int, Any]
    not_applicable: set[int]


def key_work_progress(
    *, system: IndicatorSystem, platforms: Sequence[Platform], quarter: int
) -> list[PlatformProgress]:
    """Every key task of these platforms at the end of a quarter (0: before the first)."""
    tasks = key_tasks_of(system.definition)
    return year_progress(system=system, platforms=platforms, quarter=quarter, indicators=tasks)


def year_progress(
    *,
    system: IndicatorSystem,
    platforms: Sequence[Platform],
    quarter: int,
    indicators: Sequence[Mapping[str, Any]],
) -> list[PlatformProgress]:
    """The same of any indicators of the system, in the order given; as many queries for one platform as for all."""
    codes, ids = [task["code"] for task in indicators], [platform.pk for platform in platforms]
    filed = dict(annual_figures(batches=year_batches(system.year), platforms=ids, indicators=codes))
    submitted = _submitted(system.year, ids, codes)
    targets = own_targets(system)
    return [
        PlatformProgress(
            platform,
            tuple(
                _progress(
                    task,
                    filed.get(platform.pk, {}).get(task["code"]) or submitted.get((platform.pk, task["code"])),
                    targets.get(platform.pk, {}).get(task["code"], ""),
                    quarter,
                )
                for task in indicators
            ),
        )
        for platform in platforms
    ]


def _progress(task: Mapping[str, Any], told: Reported | None, own_target: str, quarter: int) -> Progress:
    figure = annual_value(told) if told is not None else {"state": "missing"}
    reached = _reached(task["measure"], figure)
    is_idle = figure.get("state") == "not_applicable" or (reached is None and "value" in figure)
    return progress(task, reached=reached, own_target=own_target, quarter=quarter, is_not_applicable=is_idle)


def _reached(measure: Mapping[str, Any], figure: Mapping[str, Any]) -> Fraction | None:
    """The measure's exact number by the scoring core's own reading; None: nothing reported, or not applicable."""
    if "state" in figure:
        return None
    items = tuple(sorted(measure.get("items", {}).items()))
    found = reading(Measure(measure["kind"], items))(figure_value(measure["kind"], items, figure))
    return None if found is None else Fraction(found[0], found[1] * MILLION)


def _submitted(year: int, platforms: Sequence[int], indicators: Sequence[str]) -> dict[tuple[int, str], Reported]:
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
    return {key: _as_reported(told) for key, told in found.items()}


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
