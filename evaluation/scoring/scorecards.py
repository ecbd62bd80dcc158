"""One platform's scorecard as it stands in the result document. Nothing is scored here, only written down."""

from collections.abc import Iterator, Sequence
from typing import Any

from evaluation.scoring.bundle import Category, Platform, Section, System
from evaluation.scoring.engine import Cell
from evaluation.scoring.numbers import fixed, millionths, plain_product
from evaluation.scoring.totals import SectionTally, Standing, Tally


class Writer:
    """Writes the scorecards of one system."""

    def __init__(self, system: System) -> None:
        self._sections = [(section, millionths(section.weight)) for section in system.sections]
        self._decimals = system.indicator_decimals
        self._total_decimals = system.total_decimals

    def scorecard(self, platform: Platform, rank: int, tally: Tally, cells: Sequence[Cell]) -> dict[str, Any]:
        """`cells` are the platform's outcomes in system order."""
        waiting = iter(cells)
        return {
            "platform": platform.code,
            "name": platform.name,
            "rank": rank,
            "total": fixed(tally.total, self._total_decimals),
            "sections": [
                self._section(section, weight, section_tally, waiting)
                for (section, weight), section_tally in zip(self._sections, tally.sections, strict=True)
            ],
        }

    def _section(self, section: Section, weight: int, tally: SectionTally, waiting: Iterator[Cell]) -> dict[str, Any]:
        return {
            "code": section.code,
            "score": fixed(tally.score, self._decimals),
            "weighted": plain_product(weight * tally.score, 6 + self._decimals),
            "points": section.points,
            "applicable_points": plain_product(tally.applicable, self._decimals),
            "categories": [
                self._category(category, standing, waiting)
                for category, standing in zip(section.categories, tally.categories, strict=True)
            ],
        }

    def _category(self, category: Category, standing: Standing, waiting: Iterator[Cell]) -> dict[str, Any]:
        return {
            "code": category.code,
            "score": None if standing.score is None else fixed(standing.score, self._decimals),
            "points": plain_product(standing.points, self._decimals),
            "applicable_points": plain_product(standing.applicable, self._decimals),
            # Not strict: a strict zip would take one cell too many from the cells that are still waiting.
            "indicators": [
                {
                    "code": indicator.code,
                    "state": cell[1],
                    "measure": cell[2],
                    "points": indicator.points,
                    "score": cell[3],
                    "reason": cell[4],
                }
                for indicator, cell in zip(category.indicators, waiting, strict=False)
            ],
        }
