"""Checking what platforms handed in, figure by figure (细则 R4.1): accepted, agreed not to apply, or returned."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pghistory
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from core.characters import checked
from core.errors import Fault, Refusal
from core.models import User
from evaluation.collection.choices import PeriodStatus
from evaluation.collection.models import ReportingPeriod, SubmissionReceipt, SubmittedFigure
from evaluation.collection.models.submission import TRANSITIONS

LONGEST_REASON = 500
Versions = Mapping[int, int]
"""Of figures, by their numbers."""


def accept_figures(*, figures: Sequence[SubmittedFigure], seen: Versions, by: User) -> list[SubmittedFigure]:
    """Accept one figure or many, all or nothing; refused with every fault. History keeps who and when.

    1. The periods' rows are held, so that none is locked for scoring meanwhile, then the figures' rows in the order of
       their numbers: two checkers at once wait for each other and the second is told what the first did.
    2. Each figure is judged: may this person check it, is it handed in, does it hold a value. One that says 不适用 has
       to be agreed to on its own (`approve_not_applicable`).
    3. `seen` are the versions that the checker's page showed: what changed since then, and what it did not show, is
       refused, because nobody has looked at it.
    """
    return _check(figures, "accept", by, _accept, seen=seen, faults_of=_not_acceptable)


def approve_not_applicable(*, figures: Sequence[SubmittedFigure], seen: Versions, by: User) -> list[SubmittedFigure]:
    """Agree that an indicator does not apply in this quarter, for the reason given: neither 0 nor full."""
    return _check(figures, "approve_not_applicable", by, _approve, seen=seen, faults_of=_not_claimed)


def return_figure(
    *, figure: SubmittedFigure, reason: str, return_due_on: date | None, seen: Versions, by: User
) -> SubmittedFigure:
    """Send one figure back with a reason and the day until which it is due again. Only this figure opens; what was
    handed in before stays in its history. An accepted one can be returned too, until its period is locked."""
    reason = checked(reason, "退回理由", lines=True)
    faults = _return_faults(reason, return_due_on)
    if faults:
        raise Refusal(faults)

    def give_back(found: SubmittedFigure) -> None:
        found.return_to_platform()
        found.return_reason, found.return_due_on = reason, return_due_on

    return _check([figure], "return_to_platform", by, give_back, seen=seen, reason=reason)[0]


def _check(
    figures: Sequence[SubmittedFigure],
    move: str,
    by: User,
    change: Callable[[SubmittedFigure], None],
    *,
    seen: Versions,
    faults_of: Callable[[SubmittedFigure], list[Fault]] = lambda figure: [],
    reason: str = "",
) -> list[SubmittedFigure]:
    """Hold the rows, collect every fault, then move all of them or none."""
    if not figures:
        raise Refusal(f"请至少选择一项数据再{TRANSITIONS[move].label}")
    with transaction.atomic(), pghistory.context(user=by.pk, reason=reason):
        faults = _hold_periods(figures)
        locked = _hold(figures)
        handed_in = _handed_in_by(by, locked)
        for figure in locked:
            found = _step_faults(figure, move, by, reason) or faults_of(figure)
            faults += found
            if figure.submission_id in handed_in:
                faults.append(Fault(f"{name_of(figure)}所在的季度报送由您提交", expected="由另一人审核"))
            elif not found and seen.get(figure.pk) != figure.version:
                faults.append(Fault(f"{name_of(figure)}在您打开页面之后有改动", expected="核对现在的数据后再审核"))
        if faults:
            raise Refusal(faults)
        for figure in locked:
            change(figure)
            figure.checked_at, figure.checked_by = Now(), by
            figure.save(update_fields=["status", "checked_at", "checked_by", "return_reason", "return_due_on"])
    return list(_figures(figures).order_by("pk"))


def _hold_periods(figures: Sequence[SubmittedFigure]) -> list[Fault]:
    """A period that is being locked is waited for; a locked one is a fault."""
    periods = ReportingPeriod.objects.filter(submissions__figures__in=[figure.pk for figure in figures])
    held = ReportingPeriod.objects.filter(pk__in=periods.values("pk")).order_by("pk").select_for_update(no_key=True)
    return [
        Fault(f"{period}已锁定,数据不能再改变", expected="确需更改的,先解除锁定")
        for period in held
        if period.status == PeriodStatus.LOCKED
    ]


def _figures(figures: Sequence[SubmittedFigure]) -> QuerySet[SubmittedFigure]:
    rows = SubmittedFigure.objects.select_related("submission__platform", "submission__period")
    return rows.filter(pk__in=[figure.pk for figure in figures])


def _hold(figures: Sequence[SubmittedFigure]) -> list[SubmittedFigure]:
    """In the order of their numbers, whoever asks: two bulk steps never wait for each other in a ring."""
    return list(_figures(figures).order_by("pk").select_for_update(of=("self",), no_key=True))


def _handed_in_by(by: User, figures: Sequence[SubmittedFigure]) -> set[int]:
    """Submissions that this person handed in: whoever prepares does not approve."""
    submissions = {figure.submission_id for figure in figures}
    receipts = SubmissionReceipt.objects.filter(submission__in=submissions, submitted_by=by)
    return set(receipts.values_list("submission_id", flat=True))


def _step_faults(figure: SubmittedFigure, move: str, by: User, reason: str) -> list[Fault]:
    try:
        TRANSITIONS.check(figure, move, by=by, reason=reason)
    except Refusal as refusal:
        return list(refusal.faults)
    return []


def _accept(figure: SubmittedFigure) -> None:
    figure.accept()
    figure.return_reason, figure.return_due_on = "", None


def _approve(figure: SubmittedFigure) -> None:
    figure.approve_not_applicable()
    figure.return_reason, figure.return_due_on = "", None


def _not_acceptable(figure: SubmittedFigure) -> list[Fault]:
    if not figure.claims_not_applicable:
        return []
    return [Fault(f"{name_of(figure)}报送为“不适用”", expected="用“同意不适用”或退回")]


def _not_claimed(figure: SubmittedFigure) -> list[Fault]:
    if figure.claims_not_applicable:
        return []
    return [Fault(f"{name_of(figure)}报送了数据,不是“不适用”", expected="用“接受”或退回")]


def _return_faults(reason: str, return_due_on: date | None) -> list[Fault]:
    faults = []
    if not reason:
        faults.append(Fault("退回须写明理由"))
    elif len(reason) > LONGEST_REASON:
        faults.append(Fault(f"退回理由有{len(reason)}字", expected=f"不超过{LONGEST_REASON}字"))
    if return_due_on is None:
        faults.append(Fault("退回须写明重报截止日期", expected="今天或以后的日期"))
    elif return_due_on < timezone.localdate():
        faults.append(Fault("重报截止日期已过", expected="今天或以后的日期", value=str(return_due_on)))
    return faults


def name_of(figure: SubmittedFigure) -> str:
    return f"{figure.submission.platform.name}{figure.submission.period.as_quarter}的指标{figure.indicator}"
