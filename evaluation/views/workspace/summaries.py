"""The annual summary: its versions, the form for the next, receipts (细则 R4.3)."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Fault, Refusal
from core.uploads.responses import as_download
from evaluation.actions.summaries import submit_summary
from evaluation.checks.deadlines import summary_deadline, summary_years
from evaluation.forms import SummaryForm
from evaluation.models import AnnualSummary
from evaluation.queries.summaries import summaries_of
from evaluation.views.workspace.scope import person, window_page
from platforms.models import Platform


@require_http_methods(["GET", "HEAD", "POST"])
@window_page
def summaries(request: HttpRequest, platform: Platform, year: int) -> HttpResponse:
    """Every version of one year's summary, and the form for the next while the year is taken in."""
    handed_in = list(summaries_of(platform).filter(year=year))
    is_open = year in summary_years(timezone.localdate())
    if not is_open and (not handed_in or request.method == "POST"):
        raise Http404
    form = SummaryForm(request.POST, request.FILES) if request.method == "POST" else SummaryForm()
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            return _receive(request, platform, year, form)
        except Refusal as refusal:
            faults = refusal.faults
    context = {
        "platform": platform,
        "year": year,
        "form": form if is_open else None,
        "faults": faults,
        "file_name": str(form.files["file"]) if faults else "",
        "summaries": handed_in,
        **deadline_facts(year),
    }
    return render(request, "evaluation/workspace/summaries.html", context, status=400 if form.is_bound else 200)


@require_safe
@window_page
def receipt(request: HttpRequest, platform: Platform, number: str) -> HttpResponse:
    found = get_object_or_404(summaries_of(platform), receipt_number=number)
    return render(request, "evaluation/workspace/receipt.html", {"platform": platform, "summary": found})


@require_safe
@window_page
def summary_file(request: HttpRequest, platform: Platform, number: str) -> FileResponse:
    """The bytes as they were handed in, always as a download."""
    return as_download(get_object_or_404(summaries_of(platform), receipt_number=number).attachment)


def _receive(request: HttpRequest, platform: Platform, year: int, form: SummaryForm) -> HttpResponse:
    name, content = form.content()
    summary = submit_summary(platform=platform, year=year, name=name, content=content, by=person(request))
    return redirect("my_receipt", number=summary.receipt_number)


def due_summary(platform: Platform, year: int) -> dict[str, Any]:
    """A year's summary as the home page lists it: the newest version, or that it is still to come."""
    newest: AnnualSummary | None = summaries_of(platform).filter(year=year).first()
    return {"year": year, "summary": newest, **deadline_facts(year)}


def deadline_facts(year: int) -> dict[str, Any]:
    deadline = summary_deadline(year)
    return {"is_past": timezone.now() >= deadline, "days_left": (deadline.date() - timezone.localdate()).days - 1}
