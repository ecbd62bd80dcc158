"""From indicator scores to category, section and total: rescaling (折算), weights, the cap.

All scores and points are integers in units of 10^-indicator_decimals; None is: not applicable.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from evaluation.scoring.bundle import Section, System
from evaluation.scoring.numbers import millionths
from evaluation.scoring.rounding import half_up, unit

Scores = Sequence[int | None]


class Standing(NamedTuple):
    """What a category or a section came to. `applicable` are the points by which its score was rescaled."""

    score: int | None
    points: int
    applicable: int


class SectionTally(NamedTuple):
    score: int
    points: int
    applicable: int
    categories: list[Standing]


class Tally(NamedTuple):
    """One platform's way to its total; `total` is in units of 10^-total_decimals."""

    total: int
    sections: list[SectionTally]


class NothingApplicableError(ValueError):
    """A section in which nothing is applicable; `faults` refuses such a bundle."""


def rescaled(scores: int, points: int, applicable: int) -> int:
    """Σ applicable scores × points ÷ applicable points, rounded half up."""
    return scores if applicable == points else half_up(scores * points, applicable)


def plain_category(scores: Scores, points: Sequence[int]) -> Standing:
    """The plain sum of what is applicable; None when nothing is, or nothing that carries points."""
    whole = sum(points)
    if None not in scores and scores:
        return Standing(sum(filter(None, scores)), whole, whole)
    kept = [point for score, point in zip(scores, points, strict=True) if score is not None]
    applicable = sum(kept)
    if not kept or (whole and not applicable):
        return Standing(None, whole, 0)
    return Standing(sum(filter(None, scores)), whole, applicable)


def rescaled_category(scores: Scores, points: Sequence[int]) -> Standing:
    """within_category: Σ applicable scores × category points ÷ applicable points."""
    category = plain_category(scores, points)
    if category.score is None or category.applicable == category.points:
        return category
    return category._replace(score=rescaled(category.score, category.points, category.applicable))


def section_over_categories(categories: list[Standing]) -> SectionTally:
    """within_category: a category with nothing applicable drops out; rescaled over the others."""
    kept = [category for category in categories if category.score is not None]
    return _section(categories, kept, sum([category.points for category in kept]))


def section_over_indicators(categories: list[Standing]) -> SectionTally:
    """within_section: Σ applicable scores × section points ÷ applicable points."""
    kept = [category for category in categories if category.score is not None]
    return _section(categories, kept, sum([category.applicable for category in kept]))


def _section(categories: list[Standing], kept: list[Standing], applicable: int) -> SectionTally:
    points = sum([category.points for category in categories])
    if not kept or (points and not applicable):
        raise NothingApplicableError
    scores = sum([category.score or 0 for category in kept])
    return SectionTally(rescaled(scores, points, applicable), points, applicable, categories)


MODES = {
    "within_category": (rescaled_category, section_over_categories),
    "within_section": (plain_category, section_over_indicators),
}


def tallying(system: System) -> Callable[[Scores], Tally]:
    """The function that turns one platform's indicator scores, in system order, into its tally."""
    category_of, section_of = MODES[system.not_applicable]
    layout = _layout(system)
    # Section weight (millionths) × section score: units of 10^-(6 + indicator_decimals).
    to_total = 10 ** (6 + system.indicator_decimals - system.total_decimals)
    cap = None if system.total_cap is None else millionths(system.total_cap) // unit(system.total_decimals)

    def tally(scores: Scores) -> Tally:
        weighted = 0
        sections = []
        for weight, categories in layout:
            section = section_of([category_of(scores[place], points) for place, points in categories])
            weighted += weight * section.score
            sections.append(section)
        total = half_up(weighted, to_total)
        return Tally(total if cap is None else min(total, cap), sections)

    return tally


def _layout(system: System) -> list[tuple[int, list[tuple[slice, list[int]]]]]:
    """Per section its weight, and per category its place in a row and the points of its indicators."""
    smallest = unit(system.indicator_decimals)
    layout = []
    start = 0
    for section in system.sections:
        categories = []
        for points in _points(section, smallest):
            categories.append((slice(start, start + len(points)), points))
            start += len(points)
        layout.append((millionths(section.weight), categories))
    return layout


def _points(section: Section, smallest: int) -> list[list[int]]:
    return [
        [millionths(indicator.points) // smallest for indicator in category.indicators]
        for category in section.categories
    ]
