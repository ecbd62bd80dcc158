"""What waits for a checker, and everything a submission's checker looks at: earlier quarters, the hub's figures,
evidence, the history of each cell. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet

from core.choices import Role
from core.models import User
from core.periods import Quarter
from evaluation.collection.choices import SubmittedStatus
from evaluation.collection.models import Evidence, Submission, SubmittedFigure
from evaluation.collection.queries.history import Move, moves_by_figure
from evaluation.collection.queries.submissions import quarters_before
from evaluation.intake.choices import BatchKind
from evaluation.intake.models import Figure
from evaluation.scoring.system import Indicator
from evaluation.systems.models import IndicatorSystem
from platforms.choices import PlatformType

EARLIER_QUARTERS = 4


@dataclass(frozen=True)
class CheckedCell:
    """One figure with what it is judged by. `earlier` holds the values of the four quarters before, oldest first."""

    figure: SubmittedFigure
    indicator: Indicator
    earlier: Sequence[tuple[Quarter, SubmittedFigure | None]]
    evidence: Sequence[Evidence]
    history: Sequence[Move] = field(repr=False)


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
    earlier, evidence, history = _earlier(submission), _evidence(submission), moves_by_figure(submission)
    quarters = quarters_before(submission.period.as_quarter, EARLIER_QUARTERS)
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


def _earlier(submission: Submission) -> dict[tuple[Quarter, str], SubmittedFigure]:
    quarters = quarters_before(submission.period.as_quarter, EARLIER_QUARTERS)
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
