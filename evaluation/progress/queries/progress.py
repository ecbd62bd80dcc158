"""The year so far against the key tasks' targets, platform by platform. Reads only; how far that is, is said in
`checks.progress`."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from evaluation.intake.checks.annual import Reported, annual_value
from evaluation.progress.checks import Progress, progress
from evaluation.progress.queries.year_so_far import figures_so_far
from evaluation.scoring.document import Document
from evaluation.scoring.measures import Measure
from evaluation.scoring.numbers import MILLION
from evaluation.scoring.system import Indicator
from evaluation.systems.checks.systems import KEY_WORK
from evaluation.systems.models import IndicatorSystem
from evaluation.systems.queries import own_targets
from platforms.models import Platform


class PlatformProgress(NamedTuple):
    """One platform and how far it is, indicator by indicator, in the order asked for."""

    platform: Platform
    tasks: tuple[Progress, ...]


def key_work_progress(
    *, system: IndicatorSystem, platforms: Sequence[Platform], quarter: int
) -> list[PlatformProgress]:
    """Every key task of these platforms at the end of a quarter (0: before the first)."""
    tasks = system.rules.section_indicators(KEY_WORK)
    return year_progress(system=system, platforms=platforms, quarter=quarter, indicators=tasks)


def year_progress(
    *,
    system: IndicatorSystem,
    platforms: Sequence[Platform],
    quarter: int,
    indicators: Sequence[Indicator],
) -> list[PlatformProgress]:
    """The same of any indicators of the system, in the order given; as many queries for one platform as for all."""
    ids = [platform.pk for platform in platforms]
    known = figures_so_far(year=system.year, platforms=ids, indicators=indicators)
    targets = own_targets(system)
    return [
        PlatformProgress(
            platform,
            tuple(
                _progress(
                    task,
                    known.get(platform.pk, {}).get(task.code),
                    targets.get(platform.pk, {}).get(task.code, ""),
                    quarter,
                )
                for task in indicators
            ),
        )
        for platform in platforms
    ]


def _progress(task: Indicator, told: Reported | None, own_target: str, quarter: int) -> Progress:
    figure = annual_value(told) if told is not None else {"state": "missing"}
    reached = _reached(task.measure, figure)
    is_idle = figure.get("state") == "not_applicable" or (reached is None and "value" in figure)
    return progress(task, reached=reached, own_target=own_target, quarter=quarter, is_not_applicable=is_idle)


def _reached(measure: Measure, figure: Document) -> Fraction | None:
    """The measure's exact number by the scoring core's own reading; None: nothing reported, or not applicable."""
    if "state" in figure:
        return None
    found = measure.reading()(measure.row_value(figure))
    return None if found is None else Fraction(found[0], found[1] * MILLION)
