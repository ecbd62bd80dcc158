"""Annual summaries of the windows as their scorers read them: who has handed in, when, which version."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.uploads.responses import as_download
from core.views.desk import desk_page, page, person
from evaluation.models import AnnualSummary
from evaluation.queries.summaries import expected_summaries
from platforms.models import Platform


@desk_page("evaluation.view_annualsummary")
@require_safe
def summaries(request: HttpRequest) -> HttpResponse:
    """One year's summaries; windows that have not handed in are listed too."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year
    lines = expected_summaries(Platform.objects.visible_to(person(request)), year)
    received = sum(summary is not None for _, summary in lines)
    return page(
        request,
        "evaluation/desk/summaries.html",
        f"{year}年度工作总结",
        year=year,
        years=(year - 1, year + 1),
        lines=lines,
        received=received,
    )


@desk_page("evaluation.view_annualsummary")
@require_safe
def file(request: HttpRequest, pk: int) -> FileResponse:
    """The handed-in bytes, as a download that no browser opens in our name."""
    visible = AnnualSummary.objects.visible_to(person(request)).select_related("attachment")
    return as_download(get_object_or_404(visible, pk=pk).attachment)
