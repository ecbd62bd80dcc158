"""Annual summaries, alone and beside the working scorecards whose scorer reads them (细则 R4.3). Reads only."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from evaluation.models import AnnualSummary, Ranking, Scorecard
from platforms.choices import PlatformType
from platforms.models import Platform


@dataclass(frozen=True)
class ScorecardLine:
    """One platform's place in a ranking and the newest version of its summary; scores as the scorecard prints them."""

    card: Scorecard
    total: str
    section_scores: tuple[str, ...]
    summary: AnnualSummary | None


def scorecard_lines(ranking: Ranking, cards: Iterable[Scorecard]) -> list[ScorecardLine]:
    """Cards with `platform` loaded, in the order given; one query for all summaries."""
    listed = list(cards)
    summaries = latest_summaries(ranking.year, [card.platform_id for card in listed])
    details = [json.loads(card.detail) for card in listed]
    return [
        ScorecardLine(
            card,
            detail["total"],
            tuple(section["score"] for section in detail["sections"]),
            summaries.get(card.platform_id),
        )
        for card, detail in zip(listed, details, strict=True)
    ]


def latest_summaries(year: int, platforms: Iterable[int]) -> dict[int, AnnualSummary]:
    """The newest version of each platform's summary of a year."""
    rows = AnnualSummary.objects.filter(year=year, platform__in=platforms).latest().select_related("attachment")
    return {summary.platform_id: summary for summary in rows}


def expected_summaries(platforms: Any, year: int) -> list[tuple[Platform, AnnualSummary | None]]:
    """Every evaluated window among `platforms` with its summary of the year, if any (细则 R4.3 asks the windows)."""
    windows = list(platforms.evaluated().exclude(platform_type=PlatformType.CITY_PLATFORM).select_related("region"))
    found = latest_summaries(year, [platform.pk for platform in windows])
    return [(platform, found.get(platform.pk)) for platform in windows]


def summaries_of(platform: Platform) -> QuerySet[AnnualSummary]:
    """Every version a platform has handed in, newest year first, newest version first."""
    return AnnualSummary.objects.filter(platform=platform).select_related("attachment", "platform", "submitted_by")
