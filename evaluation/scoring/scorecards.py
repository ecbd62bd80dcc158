"""One platform's scorecard as it stands in the result document. Nothing is scored here, only written down."""

from collections.abc import Sequence
from typing import Any

from evaluation.scoring.bundle import Category, Platform, Section, System
from evaluation.scoring.engine import Cell
from evaluation.scoring.numbers import Prints, millionths, plain_product
from evaluation.scoring.totals import SectionTally, Tally


class Writer:
    """Writes the scorecards of one system; what all of them share is rendered once."""

    def __init__(self, system: System) -> None:
        self._decimals = system.indicator_decimals
        self._prints = Prints(system.indicator_decimals)
        self._total_prints = Prints(system.total_decimals)
        self._points: dict[int, str] = {}
        self._sections: list[tuple[Section, int, list[tuple[Category, slice]]]] = []
        start = 0
        for section in system.sections:
            categories = []
            for category in section.categories:
                stop = start + len(category.indicators)
                categories.append((category, slice(start, stop)))
                start = stop
            self._sections.append((section, millionths(section.weight), categories))

    def scorecard(self, platform: Platform, rank: int, tally: Tally, cells: Sequence[Cell]) -> dict[str, Any]:
        """`cells` are the platform's outcomes in system order."""
        entries = [entry for _, entry in cells]
        return {
            "platform": platform.code,
            "name": platform.name,
            "rank": rank,
            "total": self._total_prints[tally.total],
            "sections": [
                {
                    "code": section.code,
                    "score": self._prints[tallied.score],
                    "weighted": plain_product(weight * tallied.score, 6 + self._decimals),
                    "points": section.points,
                    "applicable_points": self._of_points(tallied.applicable),
                    "categories": self._categories(categories, tallied, entries),
                }
                for (section, weight, categories), tallied in zip(self._sections, tally.sections, strict=True)
            ],
        }

    def _categories(
        self, categories: list[tuple[Category, slice]], tallied: SectionTally, entries: list[dict[str, str | None]]
    ) -> list[dict[str, Any]]:
        prints, of_points = self._prints, self._of_points
        return [
            {
                "code": category.code,
                "score": None if score is None else prints[score],
                "points": of_points(points),
                "applicable_points": of_points(applicable),
                "indicators": entries[place],
            }
            for (category, place), (score, points, applicable) in zip(categories, tallied.categories, strict=True)
        ]

    def _of_points(self, points: int) -> str:
        if points not in self._points:
            self._points[points] = plain_product(points, self._decimals)
        return self._points[points]
