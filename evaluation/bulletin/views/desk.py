"""Quarterly bulletins on the desk: drafting, texts, compiling to PDF, sending back, issuing (细则 R4.2(1))."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core.errors import Refusal
from core.files.intact import sealed_bytes
from core.typed.rows import rows_of
from core.typed.versions import versioned
from core.views.desk import asked_period, desk_page, page, person, steps_of, submission_of, take_step
from evaluation.bulletin.actions import (
    draft_bulletin,
    issue_bulletin,
    request_compiling,
    revise_bulletin,
    suggested_texts,
    write_bulletin,
)
from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.forms import BulletinForm
from evaluation.bulletin.models import TRANSITIONS, Bulletin
from evaluation.permissions import obstacle
from evaluation.quarter_form import QuarterForm


@desk_page("evaluation.view_bulletin")
@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    """Every bulletin, and a form to draft one."""
    return _list(request, QuarterForm(initial=asked_period(request)))


@desk_page("evaluation.compile_bulletin")
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """The draft of a quarter; the one that is there already when there is one."""
    form = QuarterForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=400)
    return redirect("desk_bulletin", pk=draft_bulletin(**form.cleaned_data, by=person(request)).pk)


@desk_page("evaluation.view_bulletin")
@require_safe
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """One bulletin: texts while it is a draft, the PDF once compiled, the next steps."""
    found = _found(pk)
    return _bulletin(request, found, BulletinForm(instance=found))


@desk_page("evaluation.compile_bulletin")
@require_POST
@versioned(lambda request, pk: rows_of(Bulletin.objects.filter(pk=pk).first()))
def write_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the texts, number and date of a draft."""
    found = _found(pk)
    form = BulletinForm(request.POST, instance=_found(pk))
    if not form.is_valid():
        return _bulletin(request, found, form, status=400)
    texts = {name: form.cleaned_data[name] for name in form.fields}
    by = person(request)
    return take_step(
        request, lambda: write_bulletin(bulletin=found, **texts, by=by), done="文字已保存", back=_address(found)
    )


@desk_page("evaluation.view_bulletin")
@require_POST
@versioned(lambda request, pk, **_: rows_of(Bulletin.objects.filter(pk=pk).first()))
def take(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A button of the bulletin's page."""
    found, by, submission = _found(pk), person(request), submission_of(request)
    reason = request.POST.get("reason", "")
    steps: dict[str, Callable[[], object]] = {
        "compile": lambda: request_compiling(bulletin=found, submission=submission, by=by),
        "revise": lambda: revise_bulletin(bulletin=found, reason=reason, by=by),
        "issue": lambda: issue_bulletin(bulletin=found, by=by),
    }
    if step not in steps:
        raise Http404
    return take_step(request, steps[step], done=f"{found}:已{TRANSITIONS[step].label}", back=_address(found))


@desk_page("evaluation.view_bulletin")
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The compiled PDF as it was sealed."""
    found = get_object_or_404(Bulletin.objects.select_related("pdf"), pk=pk)
    if found.pdf is None:
        raise Http404
    name = f"bulletin-{found.year}Q{found.quarter}.pdf"
    return HttpResponse(
        sealed_bytes(found.pdf),
        content_type=found.pdf.media_type,
        headers={"Content-Disposition": f'inline; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


def _list(request: HttpRequest, form: QuarterForm, status: int = 200) -> HttpResponse:
    may_draft = request.user.has_perm("evaluation.compile_bulletin")
    rows = Bulletin.objects.select_related("compiled_by", "issued_by")
    shown = form if may_draft else None
    return page(request, "evaluation/desk/bulletins.html", "季度通报", status=status, rows=rows, form=shown)


def _bulletin(request: HttpRequest, found: Bulletin, form: BulletinForm, status: int = 200) -> HttpResponse:
    may_write = found.status == BulletinStatus.DRAFT and request.user.has_perm("evaluation.compile_bulletin", found)
    return page(
        request,
        "evaluation/desk/bulletin.html",
        str(found),
        status=status,
        bulletin=found,
        form=form if may_write else None,
        **(_suggestion(found) if may_write else {}),
        steps=steps_of(TRANSITIONS, found, person(request), obstacle),
        submission=uuid4(),
    )


def _suggestion(found: Bulletin) -> dict[str, Any]:
    """What the figures say when the texts are left empty; the faults while there are no figures."""
    try:
        return {"suggestion": suggested_texts(found)}
    except Refusal as refusal:
        return {"faults": refusal.faults}


def _found(pk: int) -> Bulletin:
    return get_object_or_404(Bulletin.objects.select_related("compiled_by", "issued_by"), pk=pk)


def _address(bulletin: Bulletin) -> str:
    return reverse("desk_bulletin", args=[bulletin.pk])
