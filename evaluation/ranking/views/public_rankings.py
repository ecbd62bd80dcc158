"""Published rankings: all years, one type of one year, one platform's scores explained. Old editions stay readable."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from evaluation.ranking.documents.explained import published_scorecard
from evaluation.ranking.documents.published_ranking import movement, published_ranking
from evaluation.ranking.models import Publication
from evaluation.ranking.queries.rankings import (
    editions,
    placed_standing,
    placed_standings,
    publication_files,
    publication_of,
    published_rankings,
)

Choice = tuple[str, str, bool]


@require_safe
@login_not_required
def rankings(request: HttpRequest) -> HttpResponse:
    years = groupby(published_rankings(), key=lambda each: each.publication.year)
    return render(request, "evaluation/rankings.html", {"years": [(year, list(group)) for year, group in years]})


@require_safe
@login_not_required
def ranking(request: HttpRequest, year: int, platform_type: str, edition: int | None = None) -> HttpResponse:
    publication = publication_or_404(year, platform_type, edition)
    siblings = editions(year=year, replaced_by__isnull=True)
    context = {
        "publication": publication,
        "address": _address(publication),
        "ranking": published_ranking(publication, placed_standings(publication)),
        "files": publication_files(publication),
        "editions": [_edition_choice(each, publication) for each in editions(year=year, platform_type=platform_type)],
        "siblings": [_sibling_choice(each, publication) for each in siblings],
    }
    return render(request, "evaluation/ranking.html", context)


@require_safe
@login_not_required
def standing(
    request: HttpRequest, year: int, platform_type: str, platform_code: str, edition: int | None = None
) -> HttpResponse:
    """One platform's result, down to value, rule, points, clause and source row; or why it takes no part."""
    publication = publication_or_404(year, platform_type, edition)
    placed = placed_standing(publication, platform_code)
    if placed is None:
        raise Http404
    context = {
        "publication": publication,
        "address": _address(publication),
        "standing": placed.standing,
        "movement": movement(placed),
        "scorecard": published_scorecard(publication, platform_code) if placed.standing.rank is not None else None,
    }
    return render(request, "evaluation/standing.html", context)


def publication_or_404(year: int, platform_type: str, edition: int | None) -> Publication:
    publication = publication_of(year=year, platform_type=platform_type, edition=edition)
    if publication is None:
        raise Http404
    return publication


def _address(publication: Publication) -> str:
    """Where this edition's pages stand: the ranking's own address while it counts, its edition's afterwards."""
    place = [publication.year, publication.platform_type]
    if hasattr(publication, "replaced_by"):
        return reverse("ranking_edition", args=[*place, publication.edition])
    return reverse("ranking", args=place)


def _edition_choice(each: Publication, current: Publication) -> Choice:
    address = reverse("ranking_edition", args=[each.year, each.platform_type, each.edition])
    mark = "" if hasattr(each, "replaced_by") else "(现行)"
    return f"第{each.edition}版{mark}", address, each == current


def _sibling_choice(each: Publication, current: Publication) -> Choice:
    address = reverse("ranking", args=[each.year, each.platform_type])
    return each.type_label, address, each.platform_type == current.platform_type
