"""The first page of the workspace: what is due and until when, what came back, receipts, published results."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.choices import Role
from evaluation.collection.queries.due import due_facts
from evaluation.collection.queries.submissions import open_submissions, receipts_of, returned_figures
from evaluation.deadlines import summary_years
from evaluation.ranking.queries.sealed_results import standings_of
from evaluation.scope import own_platform, person
from evaluation.summaries.queries import due_summary
from evaluation.systems.queries import years_with_system
from platforms.models import Platform
from platforms.queries import operator_on
from platforms.queries.guidance import unsigned_guidance

RECEIPTS = 5


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Desk roles are led to the desk; an account without a platform learns whom to ask."""
    user = person(request)
    platform = own_platform(user)
    if platform is None:
        if user.role != Role.WINDOW:
            return redirect("admin:index")
        return render(request, "evaluation/workspace/without_platform.html")
    today = timezone.localdate()
    is_window = user.role == Role.WINDOW
    context = {
        "platform": platform,
        "operator": operator_on(platform, today),
        "quarters": [{"submission": found, **due_facts(found.period.due_on)} for found in open_submissions(platform)],
        "guidance": unsigned_guidance(platform),
        "returned": _returned(platform),
        "receipts": receipts_of(platform)[:RECEIPTS],
        "due": [due_summary(platform, year) for year in summary_years(today)] if is_window else [],
        "standings": (standings := list(standings_of(platform))),
        "estimated": _estimated(platform, today, {standing.publication.year for standing in standings}),
    }
    return render(request, "evaluation/workspace/home.html", context)


def _returned(platform: Platform) -> list[dict[str, Any]]:
    return [
        {
            "figure": figure,
            "name": figure.submission.system.rules.indicator(figure.indicator).name,
            **due_facts(figure.due_on),
        }
        for figure in returned_figures(platform)
    ]


def _estimated(platform: Platform, today: date, published: set[int]) -> list[int]:
    """Years that run or wait for their result, and whose system is known."""
    years = years_with_system(platform.platform_type, (today.year, today.year - 1))
    return [year for year in years if year not in published]
