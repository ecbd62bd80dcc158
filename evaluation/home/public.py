"""The first page: what this is, the newest results, how to read them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evaluation.bulletin.queries import issued_bulletins
from evaluation.ranking.documents.published_ranking import published_ranking
from evaluation.ranking.queries.rankings import newest_editions, placed_standings
from platforms.choices import EVALUATED_TYPES

ROWS_SHOWN = 3
BULLETINS_SHOWN = 4


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    newest = newest_editions()
    rankings = [
        published_ranking(newest[platform_type], placed_standings(newest[platform_type])[:ROWS_SHOWN])
        for platform_type in EVALUATED_TYPES
        if platform_type in newest
    ]
    bulletins = issued_bulletins()[:BULLETINS_SHOWN]
    return render(request, "evaluation/home.html", {"rankings": rankings, "bulletins": bulletins})
