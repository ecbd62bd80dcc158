"""The desk's page of a year's progress: every platform of the type against its targets."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.periods import Quarter
from core.views.desk import desk_page, page
from evaluation.progress.queries.progress import key_work_progress
from evaluation.systems.checks.systems import KEY_WORK
from evaluation.systems.models import IndicatorSystem
from platforms.models import Platform

PLATFORMS_A_PAGE = 30


@desk_page("evaluation.view_indicatorsystem")
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Every platform of the type against its targets, up to the latest quarter that has ended."""
    found = get_object_or_404(IndicatorSystem, pk=pk)
    quarter = _ended_quarter(found.year)
    rows = Paginator(Platform.objects.filter(platform_type=found.platform_type), PLATFORMS_A_PAGE)
    shown = rows.get_page(request.GET.get("page"))
    return page(
        request,
        "evaluation/desk/plan_progress.html",
        f"{found.year}年度{found.get_platform_type_display()}重点工作进度",
        system=found,
        quarter=quarter,
        tasks=found.rules.section_indicators(KEY_WORK),
        rows=key_work_progress(system=found, platforms=list(shown), quarter=quarter),
        shown=shown,
    )


def _ended_quarter(year: int) -> int:
    """How many quarters of the year have ended."""
    last = Quarter.containing(timezone.localdate()).previous
    return 4 if last.year > year else last.number if last.year == year else 0
