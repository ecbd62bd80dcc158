"""What the register of enterprise recognitions means for a year's scores: recognitions that several platforms share."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.views.desk import desk_page, page
from evaluation.register.queries.register_details import overlaps, shared_recognitions

FIRST_YEAR = 2020


@desk_page("platforms.view_recognitionlist")
@require_safe
def register_overlaps(request: HttpRequest) -> HttpResponse:
    """Enterprises credited to several platforms, with the services that credit each, for the scorer."""
    year = asked_year(request)
    rows = Paginator(shared_recognitions(year), 50).get_page(request.GET.get("page"))
    return page(
        request,
        "evaluation/desk/register_overlaps.html",
        f"{year}年多平台计入的企业认定",
        year=year,
        rows=rows,
        overlaps=overlaps(list(rows)),
        query=f"year={year}&",
    )


def asked_year(request: HttpRequest) -> int:
    """`?year=2025`, else this year."""
    this_year = timezone.localdate().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else this_year
    return year if FIRST_YEAR <= year <= this_year else this_year
