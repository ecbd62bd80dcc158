"""Desk pages of the bureau and the city platform: proposals with their rule path, decisions, letters. Nothing is
decided here; buttons call actions, and whoever may not see consequences gets 403."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core import jobs
from core.errors import Refusal
from core.files.intact import sealed_bytes
from core.models import SealedFile
from core.typed.rows import rows_of
from core.typed.versions import versioned
from core.views.desk import person
from evaluation.ranking.models import Publication
from rewards.actions import confirm_proposal, reject_proposal
from rewards.forms import DecisionForm
from rewards.models.consequences import TRANSITIONS, Proposal
from rewards.permissions import link_prepared
from rewards.queries.findings import findings_on
from rewards.queries.proposals import (
    KINDS,
    latest_job,
    letter_job,
    proposals_of,
    proposals_on,
    publications_with_counts,
)

View = Callable[..., HttpResponse]
DECISIONS = {"confirm": confirm_proposal, "reject": reject_proposal}


def desk_page(view: View) -> View:
    """A page of the desk: signed in there, and allowed to see consequences."""

    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.has_perm("rewards.view_consequences"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(checked)


def _page(request: HttpRequest, template: str, title: str, status: int = 200, **context: object) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), "title": title, **context}, status=status)


@require_safe
def consequences(request: HttpRequest) -> HttpResponse:
    """Every published ranking with the number of its proposals."""
    return _page(request, "rewards/desk/publications.html", "结果应用", rows=publications_with_counts())


@require_safe
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """One ranking's proposals, and for every platform why there is one or none."""
    found = get_object_or_404(Publication.objects.select_related("prepared_by"), pk=pk)
    stored = proposals_on(found)
    return _page(
        request,
        "rewards/desk/publication.html",
        f"结果应用 · {found.title}",
        publication=found,
        sections=[(model._meta.verbose_name, kind, stored[kind]) for kind, model in KINDS.items()],
        findings=findings_on(found, timezone.localdate()),
        is_replaced=Publication.objects.filter(replaces=found).exists(),
        may_propose=request.user.has_perm("rewards.propose_consequences"),
        job=latest_job(found),
        token=uuid4(),
    )


@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the job that proposes. The form's token makes a double click one job."""
    if not request.user.has_perm("rewards.propose_consequences"):
        raise PermissionDenied
    found = get_object_or_404(Publication, pk=pk)
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError:
        raise Http404 from None
    jobs.enqueue(
        "rewards.propose_consequences",
        key=f"{found.pk}:{token}",
        arguments={"publication": found.pk},
        by=_person(request),
    )
    messages.success(request, "已提交推算任务,完成后本页显示结果")
    return redirect("desk_consequences_publication", pk=found.pk)


@versioned(lambda request, kind, pk: rows_of(_proposals(kind).filter(pk=pk).first()))
def decision(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """One proposal with its facts and rule path; POST confirms or rejects it."""
    proposal = _proposal(kind, pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        if not request.user.has_perm("rewards.decide_proposal", proposal):
            raise PermissionDenied
        if form.is_valid() and _decided(request, proposal, form):
            return redirect("desk_consequences_publication", pk=proposal.publication_id)
    moves = [move for move in TRANSITIONS.moves if proposal.status in move.sources]
    writing = letter_job(proposal) if proposal.letter_id is None and proposal.decided_at else None
    return _page(
        request,
        "rewards/desk/decision.html",
        str(proposal),
        status=400 if form.is_bound else 200,
        proposal=proposal,
        kind=kind,
        form=form,
        moves=moves,
        may_decide=request.user.has_perm("rewards.decide_proposal", proposal),
        prepared=link_prepared(person(request), proposal),
        job=writing,
        may_retry=writing is not None and writing.may_go_on and request.user.has_perm("core.retry_job", writing),
    )


@require_safe
def letter(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The sealed letter as it was written."""
    proposal = _proposal(kind, pk)
    if proposal.letter_id is None:
        raise Http404
    file = SealedFile.objects.get(pk=proposal.letter_id)
    name = f"{kind}-{proposal.publication.year}-{proposal.standing.platform_code}.pdf"
    return HttpResponse(
        sealed_bytes(file),
        content_type=file.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


def _decided(request: HttpRequest, proposal: Proposal, form: DecisionForm) -> bool:
    """Call the action the pressed button names; a refusal goes beside the reason."""
    action = DECISIONS.get(request.POST.get("move", ""))
    if action is None:
        form.add_error(None, "请选择“确认”或“不予采纳”")
        return False
    try:
        decided = action(proposal=proposal, reason=form.cleaned_data["reason"], by=_person(request))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"“{decided}”{decided.get_status_display()}")
    return True


def _proposals(kind: str) -> Any:
    if kind not in KINDS:
        raise Http404
    return proposals_of(KINDS[kind])


def _proposal(kind: str, pk: int) -> Proposal:
    found: Proposal = get_object_or_404(_proposals(kind), pk=pk)
    return found


def _person(request: HttpRequest) -> Any:
    return request.user
