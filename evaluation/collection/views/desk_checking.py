"""Checking what platforms handed in: the queue of what waits, one submission figure by figure, its evidence."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from core.files.uploads.responses import as_download
from core.views.desk import desk_page, page, person, take_step
from evaluation.collection.actions.checking import accept_figures, approve_not_applicable, return_figure
from evaluation.collection.choices import PeriodStatus
from evaluation.collection.documents.submitted import checked_line, submitted_text
from evaluation.collection.models import Evidence, ReportingPeriod, Submission, SubmittedFigure
from evaluation.collection.models.submission import TRANSITIONS
from evaluation.collection.queries.checking import checked_cells, definitions_of, hub_figures, waiting_figures
from evaluation.intake.queries.imports import figure_text, indicator_labels
from evaluation.permissions import obstacle
from platforms.models import Platform

PER_PAGE = 50
DAYS_TO_REPAIR = 7


@desk_page("evaluation.view_submittedfigure")
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this person, oldest first; by period and platform when asked."""
    waiting = waiting_figures(person(request))
    asked = {name: request.GET[name] for name in ("period", "platform") if _is_number(request.GET.get(name, ""))}
    found = waiting.filter(**{f"submission__{name}": value for name, value in asked.items()})
    rows = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    figures = list(rows)
    indicators = definitions_of(figures)
    lines = [(figure, indicators[figure.submission.system_id].get(figure.indicator)) for figure in figures]
    return page(
        request,
        "evaluation/desk/checks.html",
        "审核报送数据",
        rows=rows,
        lines=[(figure, known, submitted_text(known, figure)) for figure, known in lines if known],
        periods=ReportingPeriod.objects.filter(pk__in=waiting.values("submission__period")),
        platforms=Platform.objects.filter(pk__in=waiting.values("submission__platform")),
        asked={name: int(asked.get(name, 0)) for name in ("period", "platform")},
        query=f"{urlencode(asked)}&" if asked else "",
    )


@desk_page("evaluation.view_submission")
@require_safe
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One platform's quarter, figure by figure, with what each is judged by."""
    by = person(request)
    rows = Submission.objects.visible_to(by).select_related("platform__region", "period", "system")
    found = get_object_or_404(rows, pk=pk)
    lines = [checked_line(cell) for cell in checked_cells(found)]
    names = indicator_labels(found.period.year)
    who = obstacle(by, "evaluation.check_figure", found)
    return page(
        request,
        "evaluation/desk/check.html",
        f"{found.platform.name} {found.period.as_quarter}",
        submission=found,
        lines=lines,
        hub=[(names.get(each.indicator, each.indicator), figure_text(each)) for each in hub_figures(found)],
        receipts=found.receipts.select_related("submitted_by"),
        obstacle=who,
        may_check=not who and found.period.status != PeriodStatus.LOCKED,
        seen=",".join(f"{line.figure.pk}={line.figure.version}" for line in lines),
        due=timezone.localdate() + timedelta(days=DAYS_TO_REPAIR),
        today=timezone.localdate(),
    )


@desk_page("evaluation.check_figure")
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticked figures of one submission at once."""
    found = get_object_or_404(Submission.objects.visible_to(person(request)), pk=pk)
    ticked = [int(value) for value in request.POST.getlist("figure") if _is_number(value)]
    figures = list(found.figures.filter(pk__in=ticked))
    if len(figures) != len(set(ticked)):
        raise Http404
    return take_step(
        request,
        lambda: accept_figures(figures=figures, by=person(request), seen=_seen(request)),
        done=f"已接受{len(figures)}项数据",
        back=reverse("desk_check", args=[found.pk]),
    )


@desk_page("evaluation.check_figure")
@require_POST
def take(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A button beside one figure."""
    by, rows = person(request), SubmittedFigure.objects.visible_to(person(request))
    figure = get_object_or_404(rows.select_related("submission"), pk=pk)
    seen, reason, due_on = _seen(request), request.POST.get("reason", ""), _day(request.POST.get("due_on", ""))
    steps: dict[str, Callable[[], object]] = {
        "accept": lambda: accept_figures(figures=[figure], by=by, seen=seen),
        "approve_not_applicable": lambda: approve_not_applicable(figures=[figure], by=by, seen=seen),
        "return_to_platform": lambda: return_figure(
            figure=figure, reason=reason, return_due_on=due_on, by=by, seen=seen
        ),
    }
    if step not in steps:
        raise Http404
    back = reverse("desk_check", args=[figure.submission_id])
    return take_step(
        request, steps[step], done=f"{figure.indicator}:已{TRANSITIONS[step].label}", back=f"{back}#{figure.indicator}"
    )


@desk_page("evaluation.view_submittedfigure")
@require_safe
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """A file that shows a figure, as a download that no browser opens in our name."""
    figures = SubmittedFigure.objects.visible_to(person(request))
    rows = Evidence.objects.filter(figure__in=figures).select_related("attachment")
    return as_download(get_object_or_404(rows, pk=pk).attachment)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _seen(request: HttpRequest) -> dict[int, int]:
    """The versions that the page showed, `12=3,13=1`; what a form does not name was not shown."""
    pairs = (pair.partition("=") for pair in request.POST.get("seen", "").split(","))
    return {int(pk): int(version) for pk, _, version in pairs if _is_number(pk) and _is_number(version)}


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
