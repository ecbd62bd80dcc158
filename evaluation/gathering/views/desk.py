"""Gathering on the desk: the dry run with what would change or every fault, then the job."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.characters import read_back
from core.errors import Refusal
from core.views.desk import desk_page, page, person, submission_of, take_step
from evaluation.gathering.actions import CollectedReading, read_collected, request_gathering
from evaluation.intake.actions import changes_of, obstacles
from evaluation.intake.queries.imports import figure_text, indicator_labels

SHOWN_CHANGES = 500


@desk_page("evaluation.gather_figures")
@require_http_methods(["GET", "HEAD", "POST"])
def gather(request: HttpRequest) -> HttpResponse:
    """GET shows what would be gathered, and writes nothing; POST asks for the job, bound to what was shown."""
    year = _year(request)
    if request.method == "POST":
        expected, submission = read_back(request.POST.get("changes", "")) or None, submission_of(request)
        return take_step(
            request,
            lambda: request_gathering(year=year, expected_changes=expected, submission=submission, by=person(request)),
            done="",
            back=f"{reverse('desk_gather')}?year={year}",
        )
    context: dict[str, Any] = {"year": year, "submission": uuid4()}
    try:
        reading = read_collected(year=year)
    except Refusal as refusal:
        faults = refusal.as_rows()
        return page(request, "evaluation/desk/gather.html", "归集年度数据", faults=faults, **context)
    changes, names = changes_of(reading), indicator_labels(year)
    return page(
        request,
        "evaluation/desk/gather.html",
        "归集年度数据",
        reading=reading,
        changes=changes,
        obstacles=obstacles(reading, changes),
        rows=[(change, names.get(change.indicator, change.indicator)) for change in changes.rows[:SHOWN_CHANGES]],
        hidden=max(0, len(changes.rows) - SHOWN_CHANGES),
        lines=list(islice(_lines(reading, names), SHOWN_CHANGES)),
        **context,
    )


def _lines(reading: CollectedReading, names: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Platform, indicator, figure and origin of everything that would be gathered."""
    for row, platform, indicator, figure in reading.figures():
        label = names.get(indicator, indicator)
        yield f"{platform.code} {platform.name}", label, figure_text(figure), reading.origins[row]


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year
