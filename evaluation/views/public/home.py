"""The first page: what this is, the newest results, how to read them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evaluation.documents.published_ranking import published_ranking
from evaluation.queries.published import issued_bulletins, publications_in_force, ranks_before, standings
from platforms.choices import EVALUATED_TYPES

ROWS_SHOWN = 3
BULLETINS_SHOWN = 4


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    newest = {}
    for publication in publications_in_force().order_by("year"):
        newest[publication.platform_type] = publication
    shown = [newest[platform_type] for platform_type in EVALUATED_TYPES if platform_type in newest]
    rows, before = standings(*shown, first=ROWS_SHOWN), ranks_before(*shown)
    rankings = [
        published_ranking(
            publication, [row for row in rows if row.publication_id == publication.pk], before[publication.pk]
        )
        for publication in shown
    ]
    bulletins = issued_bulletins()[:BULLETINS_SHOWN]
    return render(request, "evaluation/home.html", {"rankings": rankings, "bulletins": bulletins})
