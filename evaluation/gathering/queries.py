"""What can be gathered into a year's figures: accepted quarters, complete assessors' marks; and what is not there yet.
Reads only; how one figure follows is said in `checks.gathering` and `checks.assessment`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count

from core.errors import Fault
from evaluation.collection.choices import SubmittedStatus
from evaluation.collection.models import SubmittedFigure
from evaluation.gathering.checks import annual_row
from evaluation.intake.checks.collected import CollectedRow
from evaluation.intake.choices import BatchKind
from evaluation.intake.models import ANNUAL, Figure
from evaluation.marking.checks import unassessable
from evaluation.marking.queries import SheetProgress, compared_marks, progress_of
from evaluation.scoring.measures import MEASURES
from evaluation.scoring.system import Indicator
from evaluation.systems.queries import rules_in_force
from platforms.choices import EVALUATED_TYPES

_TAKEN = (SubmittedStatus.ACCEPTED, SubmittedStatus.LOCKED, SubmittedStatus.NOT_APPLICABLE)
Measures = dict[str, Mapping[str, Indicator]]


def measures_of(year: int) -> Measures:
    """The indicators in force of each type; a type without a system has none."""
    rules = {str(kind): rules_in_force(platform_type=kind, year=year) for kind in EVALUATED_TYPES}
    return {kind: found.by_code if found else {} for kind, found in rules.items()}


def submitted_rows(*, year: int, measures: Measures) -> Iterator[CollectedRow]:
    """One row per platform and indicator of which some quarter was accepted."""
    rows = SubmittedFigure.objects.filter(submission__period__year=year, status__in=_TAKEN).order_by("pk")
    by_indicator: dict[tuple[str, str, str], dict[int, Any]] = defaultdict(dict)
    for kind, code, indicator, quarter, status, value in rows.values_list(
        "submission__platform__platform_type",
        "submission__platform__code",
        "indicator",
        "submission__period__quarter",
        "status",
        "value",
    ):
        told = None if status == SubmittedStatus.NOT_APPLICABLE else value
        by_indicator[kind, code, indicator][quarter] = told
    for (kind, code, indicator), quarters in by_indicator.items():
        known = measures[kind].get(indicator)
        if known is not None:
            yield annual_row(platform_code=code, indicator=indicator, measure=known.measure, quarters=quarters)


def assessed_rows(progress: SheetProgress) -> Iterator[CollectedRow]:
    """One row per platform and indicator once every assessor of the type has handed in; nothing before."""
    codes = {platform.id: platform.code for platform in progress.sheet.platforms}
    for cell, marks in compared_marks(progress).items():
        value = progress.sheet.indicators[cell.indicator].measure.assessed([mark.value for mark in marks])
        origin = f"评委评分,{len(marks)}位评委"
        yield CollectedRow(codes[cell.platform_id], cell.indicator, value, is_not_applicable=False, origin=origin)


def assessments(year: int) -> list[SheetProgress]:
    """Types that have assessors this year."""
    return [each for each in progress_of(year=year, platform_types=EVALUATED_TYPES) if each.assessors]


def unassessable_faults(progress: SheetProgress) -> list[Fault]:
    """Indicators that are the assessors' by the system, in a measure that no judgement can give."""
    wanted = "或".join(f"{each.name}({kind})" for kind, each in MEASURES.items() if each.is_assessable)
    return [
        Fault(f"{progress.label}的指标{each.code}由评委评定,计量方式却是{each.measure.kind}", expected=wanted)
        for each in unassessable(progress.sheet.indicators.values())
    ]


def waiting_notices(year: int) -> list[Fault]:
    """Platforms with figures that are handed in and not yet checked: they are not gathered."""
    rows = SubmittedFigure.objects.filter(submission__period__year=year, status=SubmittedStatus.HANDED_IN)
    counted = rows.values_list("submission__platform__code", "submission__platform__name").annotate(Count("pk"))
    return [
        Fault(f"{code} {name}还有{count}项已报送、尚未审核,没有归集")
        for code, name, count in counted.order_by("submission__platform__code")
    ]


def figures_file_places(year: int) -> dict[tuple[str, str], tuple[str, int]]:
    """Platform and indicator of everything that the year's own file gives → its name and the row."""
    rows = Figure.objects.in_force().filter(year=year, quarter=ANNUAL, batch__kind=BatchKind.FIGURES)
    found = rows.values_list("platform__code", "indicator", "batch__file_name", "row")
    return {(code, indicator): (name, row) for code, indicator, name, row in found}
