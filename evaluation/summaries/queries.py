"""Annual summaries, alone and beside the working scorecards whose scorer reads them (细则 R4.3). Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from evaluation.deadlines import summary_deadline
from evaluation.summaries.models import AnnualSummary
from platforms.choices import PlatformType
from platforms.models import Platform
from platforms.models.platform import PlatformQuerySet


def latest_summaries(year: int, platforms: Iterable[int]) -> dict[int, AnnualSummary]:
    """The newest version of each platform's summary of a year; its long text is read only by whoever asks for it."""
    rows = AnnualSummary.objects.filter(year=year, platform__in=platforms).latest().defer("text")
    return {summary.platform_id: summary for summary in rows.select_related("attachment", "stamped")}


def expected_summaries(platforms: PlatformQuerySet, year: int) -> list[tuple[Platform, AnnualSummary | None]]:
    """Every evaluated window among `platforms` with its summary of the year, if any (细则 R4.3 asks the windows)."""
    windows = list(platforms.evaluated().exclude(platform_type=PlatformType.CITY_PLATFORM).select_related("region"))
    found = latest_summaries(year, [platform.pk for platform in windows])
    return [(platform, found.get(platform.pk)) for platform in windows]


@dataclass(frozen=True)
class SummaryHit:
    """A summary in which a text was found, and the lines that hold it."""

    summary: AnnualSummary
    lines: tuple[str, ...]


def summary_hits(platforms: PlatformQuerySet, year: int, asked: str, *, shown: int = 5) -> list[SummaryHit]:
    """The newest summaries of a year whose text holds `asked`, upper and lower case alike; up to `shown` lines each."""
    newest = AnnualSummary.objects.filter(platform__in=platforms, year=year).latest().values("pk")
    rows = AnnualSummary.objects.filter(pk__in=newest, text__icontains=asked).select_related("platform", "attachment")
    wanted = asked.casefold()
    return [
        SummaryHit(row, tuple(line for line in row.text.splitlines() if wanted in line.casefold())[:shown])
        for row in rows.order_by("platform__code")
    ]


def summaries_of(platform: Platform) -> QuerySet[AnnualSummary]:
    """Every version a platform has handed in, newest year first, newest version first."""
    rows = AnnualSummary.objects.filter(platform=platform)
    return rows.select_related("attachment", "stamped", "platform", "submitted_by")


def due_summary(platform: Platform, year: int) -> dict[str, Any]:
    """A year's summary as the home page lists it: the newest version, or that it is still to come."""
    newest: AnnualSummary | None = summaries_of(platform).filter(year=year).first()
    return {"year": year, "summary": newest, **deadline_facts(year)}


def deadline_facts(year: int) -> dict[str, object]:
    """Whether a year's deadline is past, and how many whole days are left."""
    deadline = summary_deadline(year)
    return {"is_past": timezone.now() >= deadline, "days_left": (deadline.date() - timezone.localdate()).days - 1}
