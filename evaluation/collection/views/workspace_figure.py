"""One figure of a quarter: the files that show it, and its history."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Fault, Refusal
from core.files.uploads.responses import as_download
from core.typed.rows import rows_of, versions_of
from core.typed.versions import versioned
from evaluation.collection.actions import add_evidence, remove_evidence
from evaluation.collection.choices import PeriodStatus, SubmittedStatus
from evaluation.collection.documents.standing import submitted_value
from evaluation.collection.forms import EvidenceForm
from evaluation.collection.models import Evidence, SubmittedFigure
from evaluation.collection.queries.history import moves_of
from evaluation.collection.views.workspace_quarter import found_submission
from evaluation.scope import person, workspace_page
from platforms.models import Platform


@require_http_methods(["GET", "HEAD", "POST"])
@workspace_page
def figure(request: HttpRequest, platform: Platform, code: str, indicator: str) -> HttpResponse:
    """Its files with a form for another while it is open, and every step it took."""
    found = _found(platform, code, indicator)
    form = EvidenceForm(request.POST, request.FILES) if request.method == "POST" else EvidenceForm()
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            name, content = form.content()
            add_evidence(figure=found, name=name, content=content, by=person(request))
            return redirect("my_figure", code=code, indicator=indicator)
        except Refusal as refusal:
            faults = refusal.faults
    return _page(request, found, form, faults)


@require_POST
@workspace_page
@versioned(lambda request, platform, code, indicator, pk: rows_of(_evidence(platform, pk)))
def remove(request: HttpRequest, platform: Platform, code: str, indicator: str, pk: int) -> HttpResponse:
    """Take a file back while the figure is open."""
    found = _found(platform, code, indicator)
    evidence = get_object_or_404(Evidence.objects.select_related("figure__submission"), pk=pk, figure=found)
    try:
        remove_evidence(evidence=evidence, by=person(request))
    except Refusal as refusal:
        return _page(request, found, EvidenceForm(), refusal.faults)
    return redirect("my_figure", code=code, indicator=indicator)


@require_safe
@workspace_page
def evidence_file(request: HttpRequest, platform: Platform, code: str, indicator: str, pk: int) -> FileResponse:
    """The bytes as they were handed in, always as a download; a file that was taken back stays readable."""
    found = _found(platform, code, indicator)
    return as_download(get_object_or_404(Evidence.objects.select_related("attachment"), pk=pk, figure=found).attachment)


def _shown_evidence(found: SubmittedFigure) -> list[Any]:
    rows: list[Any] = list(found.evidence.filter(removed_at=None).select_related("attachment", "added_by"))
    versions = versions_of(rows)
    for file in rows:
        file.seen = versions.get(file.pk, "0")
    return rows


def _evidence(platform: Platform, pk: int) -> Evidence | None:
    return Evidence.objects.filter(pk=pk, figure__submission__platform=platform).first()


def _found(platform: Platform, code: str, indicator: str) -> SubmittedFigure:
    submission = found_submission(platform, code)
    found = submission.figures.filter(indicator=indicator).first()
    if found is None or indicator not in submission.system.rules.by_code:
        raise Http404
    found.submission = submission
    return found


def _page(
    request: HttpRequest, found: SubmittedFigure, form: EvidenceForm, faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    submission = found.submission
    indicator = submission.system.rules.indicator(found.indicator)
    is_open = found.is_open and submission.period.status != PeriodStatus.LOCKED
    moves = [
        {
            "move": move,
            "label": SubmittedStatus(move.figure.status).label,
            "value": submitted_value(indicator, move.figure),
            "is_returned": move.figure.status == SubmittedStatus.RETURNED,
        }
        for move in moves_of(found)
    ]
    context = {
        "submission": submission,
        "figure": found,
        "indicator": indicator,
        "value": submitted_value(indicator, found),
        "is_open": is_open,
        "form": form if is_open else None,
        "faults": faults,
        "evidence": _shown_evidence(found),
        "moves": moves,
    }
    status = 400 if faults or form.errors else 200
    return render(request, "evaluation/workspace/figure.html", context, status=status)
