"""Published rankings: all years, one type of one year, one platform's scores explained. Old editions stay readable."""

import json
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from evaluation.documents.published_ranking import movement, published_ranking
from evaluation.documents.scorecards import explained_sections, targets_of
from evaluation.documents.sources import sources_of
from evaluation.models import Publication, Standing
from evaluation.queries import published

Choice = tuple[str, str, bool]


@require_safe
@login_not_required
def rankings(request: HttpRequest) -> HttpResponse:
    years = groupby(published.publications_in_force(), key=lambda publication: publication.year)
    return render(request, "evaluation/rankings.html", {"years": [(year, list(group)) for year, group in years]})


@require_safe
@login_not_required
def ranking(request: HttpRequest, year: int, platform_type: str, edition: int | None = None) -> HttpResponse:
    editions = published.editions(year, platform_type)
    publication = edition_or_404(editions, edition)
    before = published.ranks_before(publication)
    context = {
        "publication": publication,
        "is_latest": publication == editions[0],
        "latest": editions[0],
        "ranking": published_ranking(publication, published.standings(publication), before[publication.pk]),
        "files": published.files_of(publication),
        "editions": [_edition_choice(each, publication, latest=editions[0]) for each in editions],
        "siblings": [
            _sibling_choice(each, publication) for each in published.publications_in_force().filter(year=year)
        ],
    }
    return render(request, "evaluation/ranking.html", context)


@require_safe
@login_not_required
def standing(
    request: HttpRequest, year: int, platform_type: str, platform_code: str, edition: int | None = None
) -> HttpResponse:
    """One platform's result, down to value, rule, points, clause and source row."""
    editions = published.editions(year, platform_type)
    publication = edition_or_404(editions, edition)
    found = published.standing_of(publication, platform_code)
    if found is None:
        raise Http404
    context = {
        "publication": publication,
        "is_latest": publication == editions[0],
        "latest": editions[0],
        "standing": found,
        "back": reverse("ranking", args=[year, platform_type])
        if publication == editions[0]
        else reverse("ranking_edition", args=[year, platform_type, publication.edition]),
    }
    if found.rank is not None:
        context |= _explanation(publication, found, found.rank)
    return render(request, "evaluation/standing.html", context)


def _explanation(publication: Publication, found: Standing, rank: int) -> dict[str, Any]:
    """Everything behind a ranked platform's total, from the sealed files and the frozen scorecard."""
    before = published.ranks_before(publication)[publication.pk]
    detail = json.loads(published.sealed_scorecard(publication, found).detail)
    bundle, sources = (published.sealed_json(publication, name) for name in ("bundle.json", "sources.json"))
    return {
        "total": detail["total"],
        "movement": movement(rank, found.platform_id, before),
        "sections": explained_sections(
            bundle["system"],
            detail,
            targets=targets_of(bundle, found.platform_code),
            sources=sources_of(sources, found.platform_code),
        ),
    }


def edition_or_404(editions: list[Publication], edition: int | None) -> Publication:
    """The edition of this number, or the newest; 404 when nothing was published."""
    for publication in editions:
        if edition is None or publication.edition == edition:
            return publication
    raise Http404


def _edition_choice(each: Publication, current: Publication, *, latest: Publication) -> Choice:
    address = reverse("ranking_edition", args=[each.year, each.platform_type, each.edition])
    return f"第{each.edition}版{'(现行)' if each == latest else ''}", address, each == current


def _sibling_choice(each: Publication, current: Publication) -> Choice:
    address = reverse("ranking", args=[each.year, each.platform_type])
    return each.type_label, address, each.platform_type == current.platform_type
