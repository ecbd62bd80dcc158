"""What everybody may see: confirmed consequences of published rankings, with facts and reason. Letters stay inside."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rewards.queries.proposals import confirmed_in, years_with_confirmed_proposals


@require_safe
@login_not_required
def consequences(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A year's confirmed rewards, yellow cards and advice; without a year the newest that has any."""
    years = years_with_confirmed_proposals()
    if year is not None and year not in years:
        raise Http404
    shown = year or next(iter(years), None)
    groups = confirmed_in(shown) if shown else []
    return render(request, "rewards/consequences.html", {"year": shown, "years": years, "groups": groups})
