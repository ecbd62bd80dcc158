"""Reporting periods on the desk: opened, completed, closed, locked, unlocked (细则 R4.2(1))."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.errors import Refusal
from core.typed.rows import rows_of
from core.typed.versions import versioned
from core.views.desk import asked_period, desk_page, page, person, steps_of, submission_of, take_step
from evaluation.collection.actions import close_period, complete_period, lock_period, open_period, unlock_period
from evaluation.collection.choices import PeriodStatus, SubmittedStatus
from evaluation.collection.forms import PeriodOpeningForm
from evaluation.collection.models import ReportingPeriod
from evaluation.collection.models.reporting_period import TRANSITIONS
from evaluation.collection.queries.submissions import period_rows
from evaluation.permissions import obstacle

VIEW = "evaluation.view_reportingperiod"


@desk_page(VIEW)
@require_safe
def periods(request: HttpRequest) -> HttpResponse:
    """Every period, and a form to open one."""
    return _list(request, PeriodOpeningForm(initial=asked_period(request)))


@desk_page("evaluation.keep_period")
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Ask every platform that takes part for a quarter's figures."""
    form = PeriodOpeningForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=400)
    try:
        period = open_period(**form.cleaned_data, by=person(request))
    except Refusal as refusal:
        for fault in refusal.faults:
            form.add_error(None, str(fault))
        return _list(request, form, status=400)
    messages.success(request, f"已发起{period},截止日期{period.due_on:%Y-%m-%d}")
    return redirect(_address(period))


@desk_page(VIEW)
@require_safe
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """One period: who has handed in how much, and the next steps."""
    found = _found(pk)
    rows = [(row, [getattr(row, status) for status in SubmittedStatus]) for row in period_rows(found)]
    may_complete = found.status == PeriodStatus.OPEN and request.user.has_perm("evaluation.keep_period", found)
    return page(
        request,
        "evaluation/desk/period.html",
        str(found),
        period=found,
        labels=SubmittedStatus.labels,
        rows=rows,
        steps=steps_of(TRANSITIONS, found, person(request), obstacle),
        may_complete=may_complete,
        submission=uuid4(),
    )


@desk_page(VIEW)
@require_POST
@versioned(lambda request, pk, **_: rows_of(ReportingPeriod.objects.filter(pk=pk).first()))
def take(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A button of the period's page."""
    found, by = _found(pk), person(request)
    submission_of(request)
    reason = request.POST.get("reason", "")
    steps: dict[str, Callable[[], object]] = {
        "complete": lambda: complete_period(period=found, by=by),
        "close": lambda: close_period(period=found, by=by),
        "lock": lambda: lock_period(period=found, by=by),
        "unlock": lambda: unlock_period(period=found, reason=reason, by=by),
    }
    if step not in steps:
        raise Http404
    done = "参加报送的平台已补齐" if step == "complete" else f"{found}:已{TRANSITIONS[step].label}"
    return take_step(request, steps[step], done=done, back=_address(found))


def _list(request: HttpRequest, form: PeriodOpeningForm, status: int = 200) -> HttpResponse:
    may_open = request.user.has_perm("evaluation.keep_period")
    rows = ReportingPeriod.objects.select_related("opened_by")
    shown = form if may_open else None
    return page(request, "evaluation/desk/periods.html", "报送期", status=status, rows=rows, form=shown)


def _found(pk: int) -> ReportingPeriod:
    return get_object_or_404(ReportingPeriod.objects.select_related("opened_by"), pk=pk)


def _address(period: ReportingPeriod) -> str:
    return reverse("desk_period", args=[period.pk])
