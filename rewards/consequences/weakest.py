"""Where a platform lost most: the indicators that a yellow card names for correction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rewards.consequences.facts import percent_text


@dataclass(frozen=True)
class WeakIndicator:
    """One indicator of a sealed result with the points lost on it."""

    code: str
    name: str
    section_name: str
    section_weight: Decimal
    points: Decimal
    score: Decimal

    @property
    def lost(self) -> Decimal:
        return self.points - self.score

    @property
    def section_percent(self) -> str:
        return percent_text(self.section_weight)

    @property
    def weighted_loss(self) -> Decimal:
        """Lost points in the section's share of the total (细则 R3: 20 % and 80 %): what decides which is weakest."""
        return self.lost * self.section_weight


def weakest_indicators(
    system: Mapping[str, Any], scorecard: Mapping[str, Any], count: int = 3
) -> tuple[WeakIndicator, ...]:
    """The indicators that cost the platform most of its total, worst first; equal losses in the system's order.

    `system` is a bundle's, `scorecard` the platform's in the result of that bundle. Full marks and indicators that do
    not apply are never named, so there may be fewer than `count`.
    """
    scores = {score["code"]: score for score in _indicators(scorecard)}
    weak = [
        WeakIndicator(
            code=indicator["code"],
            name=indicator["name"],
            section_name=section["name"],
            section_weight=Decimal(section["weight"]),
            points=Decimal(indicator["points"]),
            score=Decimal(scores[indicator["code"]]["score"]),
        )
        for section in system["sections"]
        for indicator in _indicators({"sections": [section]})
        if scores[indicator["code"]]["score"] is not None
    ]
    losing = [indicator for indicator in weak if indicator.lost > 0]
    return tuple(sorted(losing, key=lambda indicator: -indicator.weighted_loss)[:count])


def _indicators(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return [
        indicator
        for section in document["sections"]
        for category in section["categories"]
        for indicator in category["indicators"]
    ]
