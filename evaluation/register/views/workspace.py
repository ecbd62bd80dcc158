"""A platform's own page about recognised enterprises: which of those it served count for it, and why others do not."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evaluation.register.queries.register_details import own_recognitions
from evaluation.register.views.desk import asked_year
from evaluation.scope import workspace_page
from platforms.models import Platform


@require_safe
@workspace_page
def recognitions(request: HttpRequest, platform: Platform) -> HttpResponse:
    year, this_year = asked_year(request), timezone.localdate().year
    found = own_recognitions(platform, year)
    context = {
        "platform": platform,
        "year": year,
        "years": [(f"{each}年", f"?year={each}", each == year) for each in (this_year, this_year - 1, this_year - 2)],
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "counting": sum(1 for each in found if each.served_on),
        "query": f"year={year}&",
    }
    return render(request, "evaluation/workspace/recognitions.html", context)
