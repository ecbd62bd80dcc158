"""The annual summary: its versions, the form for the next, receipts (细则 R4.3)."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Fault, Refusal
from core.files.uploads.gate import DOCX
from core.files.uploads.responses import as_download
from evaluation.deadlines import summary_years
from evaluation.scope import person, window_page
from evaluation.summaries.actions import NamedFile, submit_summary
from evaluation.summaries.documents.outline import outline_docx
from evaluation.summaries.documents.summary_outline import summary_outline
from evaluation.summaries.documents.summary_text import summary_lines
from evaluation.summaries.forms import SummaryForm
from evaluation.summaries.queries import deadline_facts, summaries_of
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
def preview(request: HttpRequest, platform: Platform, number: str) -> HttpResponse:
    """What was handed in, as text to read in the browser."""
    found = get_object_or_404(summaries_of(platform), receipt_number=number)
    context = {"platform": platform, "summary": found, "lines": summary_lines(found)}
    return render(request, "evaluation/workspace/summary_text.html", context)


@require_safe
@window_page
def summary_file(request: HttpRequest, platform: Platform, number: str, which: str) -> FileResponse:
    """The bytes as they were handed in, always as a download."""
    found = get_object_or_404(summaries_of(platform), receipt_number=number)
    attachment = found.stamped if which == "stamped" else found.attachment
    if attachment is None:
        raise Http404
    return as_download(attachment)


@require_safe
@window_page
def outline(request: HttpRequest, platform: Platform, year: int) -> HttpResponse:
    """The outline to write in, filled with the platform's own year so far."""
    today = timezone.localdate()
    if year not in summary_years(today):
        raise Http404
    view = summary_outline(platform=platform, year=year, today=today, is_demo=settings.DEMO_MODE)
    name = f"{platform.name}{year}年度工作总结提纲.docx"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(outline_docx(view), content_type=DOCX, headers=headers)


def _receive(request: HttpRequest, platform: Platform, year: int, form: SummaryForm) -> HttpResponse:
    stamped = form.stamped_content()
    summary = submit_summary(
        platform=platform,
        year=year,
        document=NamedFile(*form.content()),
        stamped=NamedFile(*stamped) if stamped else None,
        by=person(request),
    )
    return redirect("my_receipt", number=summary.receipt_number)
