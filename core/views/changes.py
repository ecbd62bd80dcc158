"""Requests for changes on the desk: what is asked, by whom, and the second person's decision."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.choices import ChangeStatus
from core.declared import house
from core.identity import changes as actions
from core.models import ChangeRequest
from core.models.change_request import TRANSITIONS, ChangeRequestQuerySet
from core.views.desk import desk_page, page, person, take_step

_DONE = {
    "confirm": "已确认,变更已生效",
    "reject": "已记录不同意,没有作任何变更",
    "withdraw": "申请已撤回",
}


@desk_page("core.view_changerequest")
@require_safe
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(_visible(request), pk=pk)
    moves = [move for move in TRANSITIONS.moves if TRANSITIONS.allows(move.name, found.status)]
    return page(
        request,
        "core/desk/change.html",
        actions.kind_of(found).label,
        change=found,
        about=actions.about(found),
        steps=[move for move in moves if request.user.has_perm(move.permission, found)],
        decided_by_others=house().permissions["core.decide_change"].taken_by,
        half=actions.half_of_password(found, person(request)),
        is_first_half=found.asked_by_id == person(request).pk,
    )


@desk_page("core.view_changerequest")
@require_POST
def change_step(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    found, by = get_object_or_404(_visible(request), pk=pk), person(request)
    reason = request.POST.get("reason", "")
    taken = {
        "confirm": lambda: actions.confirm_change(request=found, by=by),
        "reject": lambda: actions.reject_change(request=found, reason=reason, by=by),
        "withdraw": lambda: actions.withdraw_change(request=found, by=by),
    }.get(step)
    if taken is None:
        raise Http404
    return take_step(request, taken, done=_DONE[step], back=reverse("desk_change", args=[found.pk]))


@require_POST
def change_told(request: HttpRequest, pk: UUID) -> HttpResponse:
    """本人阅知: whoever is concerned has read what was done to their account."""
    found = get_object_or_404(ChangeRequest, pk=pk, account=request.user, status=ChangeStatus.CONFIRMED)
    actions.acknowledge_change(request=found, by=person(request))
    return redirect("after_login")


def _visible(request: HttpRequest) -> ChangeRequestQuerySet:
    return ChangeRequest.objects.visible_to(person(request)).select_related("account", "asked_by", "decided_by")
