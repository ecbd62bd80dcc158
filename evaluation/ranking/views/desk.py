"""The yearly evaluation on the desk: scoring, scorecards with reasons and summaries, sending back, publishing."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.typed.rows import rows_of
from core.typed.versions import versioned
from core.views.desk import desk_page, page, person, steps_of, submission_of, take_step
from evaluation.permissions import obstacle
from evaluation.ranking.actions.publications import request_publishing
from evaluation.ranking.actions.rankings import reopen_ranking, request_scoring
from evaluation.ranking.documents.explained import working_scorecard
from evaluation.ranking.forms import ScoringForm
from evaluation.ranking.models import Publication, Ranking, Scorecard
from evaluation.ranking.models.ranking import TRANSITIONS
from evaluation.ranking.queries.scorecard_lines import scorecard_lines
from evaluation.summaries.documents.summary_text import summary_lines
from evaluation.summaries.queries import latest_summaries
from platforms.choices import PlatformType

PER_PAGE = 100


@desk_page("evaluation.view_ranking")
@require_safe
def rankings(request: HttpRequest) -> HttpResponse:
    """Every ranking, and a form for whoever may score a type."""
    by = person(request)
    rows = Ranking.objects.visible_to(by).select_related("scored_by", "system").defer("system__definition")
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year - 1
    form = ScoringForm(initial={"year": year}, by=by)
    shown = form if form.has_types else None
    return page(request, "evaluation/desk/rankings.html", "评分与排名", rows=rows, form=shown, submission=uuid4())


@desk_page("evaluation.view_ranking")
@require_POST
def score(request: HttpRequest) -> HttpResponse:
    """Ask for the job that opens and scores the ranking of a year and a type."""
    form = ScoringForm(request.POST, by=person(request))
    if not form.is_valid():
        rows = Ranking.objects.visible_to(person(request)).select_related("scored_by", "system")
        return page(
            request,
            "evaluation/desk/rankings.html",
            "评分与排名",
            status=400,
            rows=rows,
            form=form,
            submission=uuid4(),
        )
    submission = submission_of(request)
    asked = form.cleaned_data
    return take_step(
        request,
        lambda: request_scoring(
            year=asked["year"], platform_type=asked["platform_type"], submission=submission, by=person(request)
        ),
        done="",
        back=reverse("desk_rankings"),
    )


@desk_page("evaluation.view_ranking")
@require_safe
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """One ranking: its places with the summaries beside them, who takes no part, and the next steps."""
    rows = _visible(request).select_related("system", "scored_by", "publication__published_by")
    found = get_object_or_404(rows, pk=pk)
    cards = Paginator(found.scorecards.select_related("platform"), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "evaluation/desk/ranking.html",
        f"{found}(第{found.edition}版)",
        ranking=found,
        publication=getattr(found, "publication", None),
        sections=[section.name for section in found.system.rules.sections],
        rows=cards,
        lines=scorecard_lines(found, cards),
        has_summaries=found.platform_type != PlatformType.CITY_PLATFORM,
        steps=steps_of(TRANSITIONS, found, person(request), obstacle),
        submission=uuid4(),
    )


@desk_page("evaluation.view_ranking")
@require_POST
@versioned(lambda request, pk, **_: rows_of(_visible(request).filter(pk=pk).first()))
def take(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A button of the ranking's page."""
    found, by = get_object_or_404(_visible(request), pk=pk), person(request)
    submission, reason = submission_of(request), request.POST.get("reason", "")
    kind = found.platform_type
    steps: dict[str, Callable[[], object]] = {
        "score": lambda: request_scoring(year=found.year, platform_type=kind, submission=submission, by=by),
        "reopen": lambda: reopen_ranking(ranking=found, reason=reason, by=by),
        "publish": lambda: request_publishing(ranking=found, submission=submission, by=by),
    }
    if step not in steps:
        raise Http404
    back = reverse("desk_ranking", args=[found.pk])
    return take_step(request, steps[step], done=f"{found}:已{TRANSITIONS[step].label}", back=back)


@desk_page("evaluation.view_scorecard")
@require_safe
def scorecard(request: HttpRequest, pk: int) -> HttpResponse:
    """One platform's scores down to value, rule, points, clause and source row, beside its annual summary."""
    rows = Scorecard.objects.visible_to(person(request)).select_related("platform", "ranking__bundle")
    card = get_object_or_404(rows, pk=pk)
    found = card.ranking
    summary = latest_summaries(found.year, [card.platform_id]).get(card.platform_id)
    return page(
        request,
        "evaluation/desk/scorecard.html",
        f"{card.platform.name}:{found}",
        card=card,
        ranking=found,
        has_summary=found.platform_type != PlatformType.CITY_PLATFORM,
        summary=summary,
        summary_lines=summary_lines(summary) if summary else [],
        explained=working_scorecard(card),
    )


@desk_page("evaluation.view_ranking")
@require_safe
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a publishing job leads: its ranking's page."""
    found = get_object_or_404(Publication.objects.filter(ranking__in=_visible(request)), pk=pk)
    return redirect("desk_ranking", pk=found.ranking_id)


def _visible(request: HttpRequest) -> Any:
    return Ranking.objects.visible_to(person(request))
