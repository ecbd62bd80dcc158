"""A platform's own standing while the year runs (暂估): its points so far, the distance to the reward, what would help
most. Nothing of any other platform."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evaluation.ranking.documents.provisional import provisional_standing
from evaluation.ranking.queries.sealed_results import standings_of
from evaluation.scope import workspace_page
from platforms.models import Platform
from rewards.consequences import distance_to_reward
from rewards.queries.findings import standard_of


@require_safe
@workspace_page
def standing(request: HttpRequest, platform: Platform, year: int) -> HttpResponse:
    """Once the year is published, its sealed result counts and no estimate is shown any more."""
    context = {"platform": platform, "year": year}
    published = standings_of(platform).filter(publication__year=year).first()
    if published is not None:
        return render(request, "rewards/workspace/standing.html", {**context, "published": published})
    found = provisional_standing(platform, year)
    if found is None:
        raise Http404
    total = found.total
    distance = None if total is None else distance_to_reward(total, standard_of(year, platform.platform_type))
    return render(request, "rewards/workspace/standing.html", {**context, "standing": found, "distance": distance})
