"""What waits for a checker, and everything a submission's checker looks at: earlier quarters, the hub's figures,
evidence, the history of each cell. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet

from core.choices import Role
from core.models import User
from core.periods import Quarter
from evaluation.collection.choices import SubmittedStatus
from evaluation.collection.models import Evidence, Submission, SubmittedFigure
from evaluation.intake.choices import BatchKind
from evaluation.intake.models import Figure
from evaluation.scoring.system import Indicator
from evaluation.systems.models import IndicatorSystem
from platforms.choices import PlatformType

EARLIER_QUARTERS = 4


class Change(NamedTuple):
    """One entry of a cell's history: when, by whom, and what the figure said then."""

    at: datetime
    by: str
    figure: Any


@dataclass(frozen=True)
class CheckedCell:
    """One figure with what it is judged by. `earlier` holds the values of the four quarters before, oldest first."""

    figure: SubmittedFigure
    indicator: Indicator
    earlier: Sequence[tuple[Quarter, SubmittedFigure | None]]
    evidence: Sequence[Evidence]
    history: Sequence[Change] = field(repr=False)


def checked_by(user: User) -> QuerySet[SubmittedFigure]:
    """Figures that this person may see, narrowed for a checker to those that are theirs to check (细则 R4.1)."""
    visible = SubmittedFigure.objects.visible_to(user)
    citys_own = Q(submission__platform__platform_type=PlatformType.CITY_PLATFORM)
    if user.role == Role.BUREAU:
        return visible.filter(citys_own)
    return visible.exclude(citys_own) if user.role == Role.CITY_PLATFORM else visible


def waiting_figures(user: User) -> QuerySet[SubmittedFigure]:
    """Handed in and not yet checked, what has waited longest first, with the number of files that show it."""
    shown = Count("evidence", filter=Q(evidence__removed_at__isnull=True))
    rows = checked_by(user).filter(status=SubmittedStatus.HANDED_IN).annotate(evidence_count=shown)
    rows = rows.select_related("submission__platform", "submission__period")
    return rows.order_by(F("handed_in_at").asc(nulls_first=True), "pk")


def definitions_of(figures: Sequence[SubmittedFigure]) -> dict[int, Mapping[str, Indicator]]:
    """The indicators of every system that these figures are asked by, by system and code."""
    wanted = {figure.submission.system_id for figure in figures}
    return {system.pk: system.rules.by_code for system in IndicatorSystem.objects.filter(pk__in=wanted)}


def checked_cells(submission: Submission) -> list[CheckedCell]:
    """Every figure of a submission in system order; always the same number of queries."""
    indicators = submission.system.rules.by_code
    figures = {figure.indicator: figure for figure in _figures(submission)}
    earlier, evidence, history = _earlier(submission), _evidence(submission), _history(submission)
    quarters = _quarters_before(submission.period.as_quarter)
    return [
        CheckedCell(
            figure=figures[code],
            indicator=indicator,
            earlier=[(quarter, earlier.get((quarter, code))) for quarter in quarters],
            evidence=evidence[figures[code].pk],
            history=history[figures[code].pk],
        )
        for code, indicator in indicators.items()
        if code in figures
    ]


def hub_figures(submission: Submission) -> list[Figure]:
    """What the hub's file in force says of the same platform in the same quarter."""
    quarter = submission.period.as_quarter
    rows = Figure.objects.in_force().filter(
        platform=submission.platform_id, year=quarter.year, quarter=quarter.number, batch__kind=BatchKind.HUB
    )
    return list(rows.order_by("pk"))


def _figures(submission: Submission) -> QuerySet[SubmittedFigure]:
    rows = submission.figures.select_related("saved_by", "checked_by")
    for_rules = "submission__platform", "submission__period"
    return rows.select_related("saved_by", "checked_by", *for_rules)


def _quarters_before(quarter: Quarter) -> list[Quarter]:
    found = []
    for _ in range(EARLIER_QUARTERS):
        quarter = quarter.previous
        found.append(quarter)
    return found[::-1]


def _earlier(submission: Submission) -> dict[tuple[Quarter, str], SubmittedFigure]:
    quarters = _quarters_before(submission.period.as_quarter)
    either = Q()
    for quarter in quarters:
        either |= Q(submission__period__year=quarter.year, submission__period__quarter=quarter.number)
    rows = SubmittedFigure.objects.filter(either, submission__platform=submission.platform_id)
    return {(row.submission.period.as_quarter, row.indicator): row for row in rows.select_related("submission__period")}


def _evidence(submission: Submission) -> dict[int, list[Evidence]]:
    found = defaultdict(list)
    rows = Evidence.objects.filter(figure__submission=submission, removed_at__isnull=True)
    for row in rows.select_related("attachment"):
        found[row.figure_id].append(row)
    return found


def _history(submission: Submission) -> dict[int, list[Change]]:
    """From the audit trail; the newest first."""
    model: Any = SubmittedFigure.pgh_event_model
    rows = list(model.objects.filter(submission=submission).select_related("pgh_context").order_by("-pgh_id"))
    actors: list[Any] = [row.pgh_context.metadata.get("user") if row.pgh_context else None for row in rows]
    names = dict(User.objects.filter(pk__in={by for by in actors if by}).values_list("pk", "full_name"))
    found = defaultdict(list)
    for row, by in zip(rows, actors, strict=True):
        found[row.pgh_obj_id].append(Change(row.pgh_created_at, names.get(by, ""), row))
    return found
