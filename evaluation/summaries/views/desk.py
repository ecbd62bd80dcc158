"""Annual summaries of the windows as their scorers read them: who has handed in, when, which version, what it says."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.files.uploads.responses import as_download
from core.views.desk import desk_page, page, person
from evaluation.summaries.documents.summary_text import summary_lines
from evaluation.summaries.models import AnnualSummary
from evaluation.summaries.queries import expected_summaries, summaries_of, summary_hits
from platforms.models import Platform


@desk_page("evaluation.view_annualsummary")
@require_safe
def summaries(request: HttpRequest) -> HttpResponse:
    """One year's summaries; windows that have not handed in are listed too. `?q=` finds words in their texts."""
    asked, wanted = request.GET.get("year", ""), request.GET.get("q", "").strip()[:100]
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year
    platforms = Platform.objects.visible_to(person(request))
    lines = expected_summaries(platforms, year)
    received = sum(summary is not None for _, summary in lines)
    return page(
        request,
        "evaluation/desk/summaries.html",
        f"{year}年度工作总结",
        year=year,
        years=(year - 1, year + 1),
        lines=lines,
        received=received,
        q=wanted,
        hits=summary_hits(platforms, year, wanted) if wanted else [],
    )


@desk_page("evaluation.view_annualsummary")
@require_safe
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """One version with everything about it: receipt, lateness, missing headings, text, the other versions."""
    found = _found(request, pk)
    return page(
        request,
        "evaluation/desk/summary.html",
        f"{found.platform.name}:{found.year}年度工作总结",
        summary=found,
        lines=summary_lines(found),
        versions=summaries_of(found.platform).filter(year=found.year),
    )


@desk_page("evaluation.view_annualsummary")
@require_safe
def file(request: HttpRequest, pk: int, which: str) -> FileResponse:
    """The handed-in bytes, as a download that no browser opens in our name."""
    found = _found(request, pk)
    attachment = found.stamped if which == "stamped" else found.attachment
    if attachment is None:
        raise Http404
    return as_download(attachment)


def _found(request: HttpRequest, pk: int) -> AnnualSummary:
    visible = AnnualSummary.objects.visible_to(person(request))
    return get_object_or_404(visible.select_related("attachment", "stamped", "platform", "submitted_by"), pk=pk)
