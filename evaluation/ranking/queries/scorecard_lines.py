"""Working scorecards beside the summaries that their scorer reads (细则 R4.3). Reads only."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.ranking.models import Ranking, Scorecard
from evaluation.summaries.models import AnnualSummary
from evaluation.summaries.queries import latest_summaries


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
