"""Opening, closing and locking a quarter's collection (细则 R4.2(1))."""

from collections.abc import Iterable
from datetime import date

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.characters import checked
from core.errors import Fault, Refusal
from core.models import User
from core.periods import Quarter
from core.working_days import working_day_after
from evaluation.collection.choices import PeriodStatus, SubmittedStatus
from evaluation.collection.models import ReportingPeriod, Submission, SubmittedFigure
from evaluation.collection.models.reporting_period import TRANSITIONS
from evaluation.participation.queries import expected_platforms
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from platforms.choices import PlatformType
from platforms.models import Platform

WORKING_DAYS = 10
_BATCH = 500


def suggested_due_day(quarter: Quarter) -> date:
    """The tenth working day after the quarter; refused when the calendar does not reach that far."""
    return working_day_after(quarter.last_on, WORKING_DAYS)


def open_period(*, year: int, quarter: int, due_on: date | None = None, by: User) -> ReportingPeriod:
    """Ask every platform that takes part for the quarter's figures: one submission each, one figure for each indicator
    that its type's system in force asks of platforms. Without `due_on` the tenth working day after the quarter."""
    if not by.has_perm("evaluation.keep_period"):
        raise PermissionDenied(f"{by}没有发起报送的权限")
    asked = Quarter(year, quarter)
    due_on = due_on or suggested_due_day(asked)
    if due_on <= asked.last_on:
        raise Refusal(f"截止日期{due_on:%Y-%m-%d}不在{asked}结束之后,应晚于{asked.last_on:%Y-%m-%d}")
    with transaction.atomic(), pghistory.context(user=by.pk):
        period, is_new = ReportingPeriod.objects.get_or_create(
            year=year, quarter=quarter, defaults={"due_on": due_on, "opened_by": by}
        )
        if not is_new:
            raise Refusal(f"{period}已经发起,截止日期{period.due_on:%Y-%m-%d}")
        if not _ask_platforms(period):
            raise Refusal(f"{asked}结束前没有已通过省级验收的平台,请先登记平台及其省级验收日期")
    return period


def complete_period(*, period: ReportingPeriod, by: User) -> int:
    """Ask the platforms that were registered or accepted after the period was opened; how many were added."""
    if not by.has_perm("evaluation.keep_period", period):
        raise PermissionDenied(f"{by}没有补充报送平台的权限")
    with transaction.atomic(), pghistory.context(user=by.pk):
        locked = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
        if locked.status != PeriodStatus.OPEN:
            raise Refusal(f"{locked}当前为“{locked.get_status_display()}”,不能补充平台")
        return _ask_platforms(locked)


def close_period(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """What was not handed in is marked missing. It may still come, and is late then."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        locked = _locked(period)
        TRANSITIONS.check(locked, "close", by=by)
        _move(_figures(locked, SubmittedStatus.EXPECTED), SubmittedFigure.mark_missing)
        locked.close()
        locked.save()
    return locked


def lock_period(*, period: ReportingPeriod, by: User) -> ReportingPeriod:
    """No figure of the period changes any more. Refused while a handed-in figure waits for its check, naming each."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        locked = _locked(period)
        TRANSITIONS.check(locked, "lock", by=by)
        waiting = _figures(locked, SubmittedStatus.HANDED_IN)
        if waiting:
            raise Refusal([_unchecked(figure) for figure in waiting])
        _move(_figures(locked, SubmittedStatus.ACCEPTED), SubmittedFigure.lock)
        locked.lock()
        locked.save()
    return locked


def unlock_period(*, period: ReportingPeriod, reason: str, by: User) -> ReportingPeriod:
    """A figure must still change; the period is closed again and its locked figures accepted."""
    reason = checked(reason, "理由", lines=True)
    with transaction.atomic(), pghistory.context(user=by.pk, reason=reason):
        locked = _locked(period)
        TRANSITIONS.check(locked, "unlock", by=by, reason=reason)
        locked.unlock()
        locked.save()
        _move(_figures(locked, SubmittedStatus.LOCKED), SubmittedFigure.unlock)
    return locked


def _ask_platforms(period: ReportingPeriod) -> int:
    """Submissions and figures of every platform taking part that has none yet; how many platforms that were."""
    wanted = expected_platforms(accepted_by=period.as_quarter.last_on)
    known = Submission.objects.filter(period=period).values("platform")
    platforms = list(Platform.objects.filter(pk__in=wanted).exclude(pk__in=known))
    systems = _systems(period.year, {platform.platform_type for platform in platforms})
    submissions = Submission.objects.bulk_create(
        [Submission(period=period, platform=p, system=systems[p.platform_type]) for p in platforms], batch_size=_BATCH
    )
    SubmittedFigure.objects.bulk_create(
        [
            SubmittedFigure(submission=submission, indicator=code)
            for submission in submissions
            for code in submission.system.rules.asked
        ],
        batch_size=_BATCH,
    )
    return len(submissions)


def _systems(year: int, platform_types: Iterable[str]) -> dict[str, IndicatorSystem]:
    """The system in force of each type; refused naming every type that has none."""
    codes = [f"{platform_type}-{year}" for platform_type in platform_types]
    systems = IndicatorSystem.objects.filter(code__in=codes, status=SystemStatus.IN_FORCE)
    found = {system.platform_type: system for system in systems}
    absent = [PlatformType(kind).label for kind in sorted(platform_types) if kind not in found]
    if absent:
        raise Refusal([Fault(f"{label}{year}年度没有施行的指标体系,请先导入并施行后再发起报送") for label in absent])
    return found


def _locked(period: ReportingPeriod) -> ReportingPeriod:
    """The period and all its submissions, held: whoever saves or hands in holds the submission and reads the period's
    status after it, so nothing slips in between a look at the figures and the move of the period."""
    locked = ReportingPeriod.objects.select_for_update().get(pk=period.pk)
    list(Submission.objects.filter(period=locked).order_by("pk").select_for_update().values_list("pk"))
    return locked


def _figures(period: ReportingPeriod, status: str) -> list[SubmittedFigure]:
    figures = SubmittedFigure.objects.filter(submission__period=period, status=status)
    related = figures.select_related("submission__platform", "submission__system")
    return list(related.order_by("submission__platform__code", "indicator").select_for_update(of=("self",)))


def _move(figures: list[SubmittedFigure], step: object) -> None:
    """The same step for many figures, written together."""
    assert callable(step)  # noqa: S101  for the type checker: the library's decorator hides it
    for figure in figures:
        step(figure)
    SubmittedFigure.objects.bulk_update(figures, ["status"], batch_size=_BATCH)


def _unchecked(figure: SubmittedFigure) -> Fault:
    name = figure.submission.system.rules.indicator(figure.indicator).name
    return Fault(f"{figure.submission.platform} {figure.indicator} {name}:已报送,尚未审核,请先接受或退回")
