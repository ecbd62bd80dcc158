"""What every page of the desk shares: who gets in, how a page is framed, how a step is taken; and the page of a job.
Nothing of any one workflow here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.choices import OVERSIGHT
from core.declared import house
from core.errors import Refusal
from core.jobs import requeue
from core.models import Job, User
from core.periods import Quarter
from core.typed.keeping import keep_typed
from core.workflow import Transition, Transitions

View = Callable[..., HttpResponseBase]
Obstacle = Callable[[User, str, Any], str]
"""obstacle(user, permission, instance): why this person may not, '' when they may."""


@dataclass(frozen=True)
class Step:
    """A move that the object's status allows: a button, or the sentence that says who may press it."""

    move: Transition
    obstacle: str


def desk_page(permission: str | None) -> Callable[[View], View]:
    """A page of the desk for whoever holds the permission. Others of the desk get 403, strangers the sign-in page. None
    leaves it to the view, which answers 404 for what a person may not see."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if permission is not None and not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(View, admin.site.admin_view(checked))

    return decorate


def page(request: HttpRequest, template: str, title: str, *, status: int = 200, **context: object) -> HttpResponse:
    """A template inside the desk's frame."""
    return render(request, template, {**admin.site.each_context(request), "title": title, **context}, status=status)


def person(request: HttpRequest) -> User:
    """Whoever is signed in; the desk lets nobody else through."""
    return cast(User, request.user)


def steps_of(table: Transitions, instance: Any, user: User, obstacle: Obstacle) -> list[Step]:
    """Every move of the table that starts from the object's status, in the table's order."""
    open_moves = [move for move in table.moves if instance.status in move.sources]
    return [Step(move, obstacle(user, move.permission, instance)) for move in open_moves]


def submission_of(request: HttpRequest) -> str:
    """The token of the form that was sent: pressing twice sends the same one."""
    try:
        return str(UUID(request.POST.get("submission", "")))
    except ValueError:
        raise Http404 from None


def asked_period(request: HttpRequest) -> dict[str, int]:
    """`?period=2025Q1` fills the form in; anything else is ignored."""
    try:
        quarter = Quarter.parse(request.GET.get("period", ""))
    except ValueError:
        return {}
    return {"year": quarter.year, "quarter": quarter.number}


def take_step(request: HttpRequest, step: Callable[[], object], *, done: str, back: Any) -> HttpResponse:
    """Run one step; the page of its job when there is one, else back to `back` with what happened or every fault, and
    with what was typed."""
    try:
        result = step()
    except Refusal as refusal:
        show_faults(request, map(str, refusal.faults))
        keep_typed(request)
        return redirect(back)
    if isinstance(result, Job):
        return redirect("desk_job", pk=result.pk)
    messages.success(request, done)
    return redirect(back)


def show_faults(request: HttpRequest, faults: Iterable[str]) -> None:
    for fault in faults:
        messages.error(request, fault)


@desk_page(None)
@require_safe
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a job is, what it gave, or every fault. htmx asks again for the inner part only."""
    found = get_object_or_404(Job.objects.visible_to(person(request)).select_related("created_by", "retried_by"), pk=pk)
    kind = house().job_kind(found.kind)
    context = {
        "job": found,
        "kind": kind,
        "result_address": kind.result_address(found),
        "start_address": kind.start_address(),
        "faults": (found.result or {}).get("faults") or ([{"message": found.error}] if found.is_refused else []),
        "notices": (found.result or {}).get("notices", []),
        "may_retry": found.may_go_on and request.user.has_perm("core.retry_job", found),
    }
    if getattr(request, "htmx", False):
        return render(request, "core/desk/_job.html", context)
    return page(request, "core/desk/job.html", kind.label, **context)


@desk_page("core.view_job")
@require_safe
def schedules(request: HttpRequest) -> HttpResponse:
    """What the calendar asks for: when, what came of it last, when next."""
    now = timezone.now()
    rows = [(schedule, last := schedule.last_run(), schedule.next_run(now, last)) for schedule in house().schedules]
    return page(request, "core/desk/schedules.html", "定时任务", rows=rows, sees_jobs=person(request).role in OVERSIGHT)


@desk_page(None)
@require_POST
def retry_job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a job that ended without effect another round, in the name of whoever asked for it."""
    found = get_object_or_404(Job.objects.visible_to(person(request)), pk=pk)
    if not request.user.has_perm("core.retry_job", found):
        raise PermissionDenied
    return take_step(request, lambda: requeue(job=found, by=person(request)), done="", back="admin:core_job_changelist")
