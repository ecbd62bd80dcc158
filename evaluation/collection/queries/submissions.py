"""A platform's quarters: what is asked, what it wrote in the quarters before, what came from elsewhere. Reads only."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from core.numbers import plain
from core.periods import Quarter
from evaluation.collection.choices import PeriodStatus, SubmittedStatus
from evaluation.collection.models import Evidence, ReportingPeriod, Submission, SubmissionReceipt, SubmittedFigure
from evaluation.collection.models.submission import OPEN_STATUSES
from evaluation.intake.choices import BatchStatus
from evaluation.intake.models import ANNUAL, Figure
from evaluation.systems.models import PlatformTarget
from platforms.models import Platform


@dataclass(frozen=True)
class SubmissionFacts:
    """Everything the grid of one submission is made of. `earlier` are the four quarters before, oldest first;
    `taken_in` the figures of files in force, by quarter and, for the year's own, by None."""

    submission: Submission
    figures: dict[str, SubmittedFigure]
    earlier: tuple[Quarter, ...]
    submitted: dict[tuple[Quarter, str], SubmittedFigure]
    taken_in: dict[tuple[Quarter | None, str], Figure]
    targets: dict[str, str]


def submissions_of(platform: Platform) -> QuerySet[Submission]:
    return Submission.objects.filter(platform=platform).select_related("period", "platform", "system")


def submission_in(platform: Platform, quarter: Quarter) -> Submission | None:
    return submissions_of(platform).filter(period__year=quarter.year, period__quarter=quarter.number).first()


def open_submissions(platform: Platform) -> QuerySet[Any]:
    """Submissions in which something can still be handed in, oldest first, with `open_count` of figures that are still
    to come and `returned_count` of those that came back."""
    statuses = Q(figures__status__in=OPEN_STATUSES)
    rows = submissions_of(platform).exclude(period__status=PeriodStatus.LOCKED)
    counted = rows.annotate(
        open_count=Count("figures", filter=statuses),
        returned_count=Count("figures", filter=Q(figures__status=SubmittedStatus.RETURNED)),
    )
    return counted.filter(open_count__gt=0).order_by("period__year", "period__quarter")


def returned_figures(platform: Platform) -> QuerySet[SubmittedFigure]:
    """What came back and still waits for the platform, the most urgent first."""
    rows = SubmittedFigure.objects.filter(submission__platform=platform, status=SubmittedStatus.RETURNED)
    unlocked = rows.exclude(submission__period__status=PeriodStatus.LOCKED)
    return unlocked.select_related("submission__period", "submission__system").order_by("return_due_on", "pk")


def figures_of(submission: Submission, indicators: Collection[str]) -> QuerySet[SubmittedFigure]:
    rows = submission.figures.filter(indicator__in=indicators)
    return rows.select_related("saved_by").order_by("indicator")


def receipts_of(platform: Platform) -> QuerySet[SubmissionReceipt]:
    rows = SubmissionReceipt.objects.filter(submission__platform=platform)
    return rows.select_related("submission__period", "submission__platform", "submitted_by").order_by("-received_at")


def submission_facts(submission: Submission) -> SubmissionFacts:
    """Four queries beside the one that loaded the submission, however many figures there are."""
    quarter = submission.period.as_quarter
    before = quarters_before(quarter, 4)
    return SubmissionFacts(
        submission=submission,
        figures=_figures(submission),
        earlier=before,
        submitted=_submitted(submission.platform, before),
        taken_in=_taken_in(submission.platform, (*before, quarter)),
        targets=_targets(submission),
    )


def quarters_before(quarter: Quarter, count: int) -> tuple[Quarter, ...]:
    """Oldest first."""
    found = [quarter]
    for _ in range(count):
        found.insert(0, found[0].previous)
    return tuple(found[:-1])


def period_rows(period: ReportingPeriod) -> QuerySet[Any]:
    """The period's submissions by platform, each with a count of its figures by status and the time of its last
    receipt."""
    counts = {status: Count("figures", filter=Q(figures__status=status), distinct=True) for status in SubmittedStatus}
    rows = Submission.objects.filter(period=period).select_related("platform__region")
    return rows.annotate(**counts, last_received_at=Max("receipts__received_at")).order_by("platform__code")


def _figures(submission: Submission) -> dict[str, SubmittedFigure]:
    kept = Evidence.objects.filter(removed_at=None).select_related("attachment")
    rows = submission.figures.select_related("saved_by")
    rows = rows.prefetch_related(Prefetch("evidence", kept, to_attr="kept_evidence"))
    return {figure.indicator: figure for figure in rows}


def _submitted(platform: Platform, quarters: Iterable[Quarter]) -> dict[tuple[Quarter, str], SubmittedFigure]:
    rows = SubmittedFigure.objects.filter(
        _periods(quarters, "submission__period__"), submission__platform=platform
    ).exclude(status__in=OPEN_STATUSES)
    found = rows.select_related("submission__period")
    return {(figure.submission.period.as_quarter, figure.indicator): figure for figure in found}


def _taken_in(platform: Platform, quarters: Sequence[Quarter]) -> dict[tuple[Quarter | None, str], Figure]:
    """`quarters` ends with the quarter asked for, whose year's own figures count too."""
    wanted = _periods(quarters) | Q(year=quarters[-1].year, quarter=ANNUAL)
    rows = Figure.objects.filter(wanted, platform=platform, batch__status=BatchStatus.IN_FORCE)
    return {(Quarter(row.year, row.quarter) if row.quarter != ANNUAL else None, row.indicator): row for row in rows}


def _periods(quarters: Iterable[Quarter], prefix: str = "") -> Q:
    either = Q()
    for quarter in quarters:
        either |= Q(**{f"{prefix}year": quarter.year, f"{prefix}quarter": quarter.number})
    return either


def _targets(submission: Submission) -> dict[str, str]:
    rows = PlatformTarget.objects.filter(system=submission.system_id, platform=submission.platform_id)
    return {row.indicator: plain(row.target) for row in rows}
