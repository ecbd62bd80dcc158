"""One platform's scorecard as it stands in the result document. Nothing is scored here, only written down."""

from collections.abc import Sequence

from evaluation.scoring.bundle import Platform
from evaluation.scoring.document import Document
from evaluation.scoring.engine import Cell
from evaluation.scoring.numbers import Prints, TrimmedPrints, millionths
from evaluation.scoring.rounding import MILLIONTH
from evaluation.scoring.system import Category, Section, System
from evaluation.scoring.totals import SectionTally, Tally


class Writer:
    """Writes the scorecards of one system; what all of them share is rendered once."""

    def __init__(self, system: System) -> None:
        self._prints = Prints(system.indicator_decimals)
        self._total_prints = Prints(system.total_decimals)
        self._points = TrimmedPrints(system.indicator_decimals)
        self._weighted = TrimmedPrints(MILLIONTH + system.indicator_decimals)
        self._sections: list[tuple[Section, int, list[tuple[Category, slice]]]] = []
        start = 0
        for section in system.sections:
            categories = []
            for category in section.categories:
                stop = start + len(category.indicators)
                categories.append((category, slice(start, stop)))
                start = stop
            self._sections.append((section, millionths(section.weight), categories))

    def scorecard(self, platform: Platform, rank: int, tally: Tally, cells: Sequence[Cell]) -> Document:
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
                    "weighted": self._weighted[weight * tallied.score],
                    "points": section.points,
                    "applicable_points": self._points[tallied.applicable],
                    "categories": self._categories(categories, tallied, entries),
                }
                for (section, weight, categories), tallied in zip(self._sections, tally.sections, strict=True)
            ],
        }

    def _categories(
        self, categories: list[tuple[Category, slice]], tallied: SectionTally, entries: list[dict[str, str | None]]
    ) -> list[dict[str, object]]:
        prints, plain = self._prints, self._points
        return [
            {
                "code": category.code,
                "score": None if score is None else prints[score],
                "points": plain[points],
                "applicable_points": plain[applicable],
                "indicators": entries[place],
            }
            for (category, place), (score, points, applicable) in zip(categories, tallied.categories, strict=True)
        ]
