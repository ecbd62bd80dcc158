"""From indicator scores to category, section and total: rescaling (折算), weights, the cap.

All scores and points are integers in units of 10^-indicator_decimals; None is: not applicable.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from evaluation.scoring.numbers import millionths
from evaluation.scoring.rounding import half_up, unit
from evaluation.scoring.system import System

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


def plain_category(scores: Scores, points: Sequence[int], whole: int) -> Standing:
    """The plain sum of what is applicable; None when nothing is, or nothing that carries points."""
    if None not in scores and scores:
        return Standing(sum(filter(None, scores)), whole, whole)
    kept = [point for score, point in zip(scores, points, strict=True) if score is not None]
    applicable = sum(kept)
    if not kept or (whole and not applicable):
        return Standing(None, whole, 0)
    return Standing(sum(filter(None, scores)), whole, applicable)


def rescaled_category(scores: Scores, points: Sequence[int], whole: int) -> Standing:
    """within_category: Σ applicable scores × category points ÷ applicable points."""
    score, _, applicable = category = plain_category(scores, points, whole)
    if score is None or applicable == whole:
        return category
    return Standing(rescaled(score, whole, applicable), whole, applicable)


def section_over_categories(categories: list[Standing], whole: int) -> SectionTally:
    """within_category: a category with nothing applicable drops out; rescaled over the others' points."""
    applicable = sum([points for score, points, _ in categories if score is not None])
    return _section(categories, whole, applicable)


def section_over_indicators(categories: list[Standing], whole: int) -> SectionTally:
    """within_section: Σ applicable scores × section points ÷ applicable points."""
    return _section(categories, whole, sum([applicable for _, _, applicable in categories]))


def _section(categories: list[Standing], whole: int, applicable: int) -> SectionTally:
    scores = [score for score, _, _ in categories if score is not None]
    if not scores or (whole and not applicable):
        raise NothingApplicableError
    return SectionTally(rescaled(sum(scores), whole, applicable), whole, applicable, categories)


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
        for weight, section_points, categories in layout:
            standings = [category_of(scores[place], points, whole) for place, points, whole in categories]
            section = section_of(standings, section_points)
            weighted += weight * section[0]
            sections.append(section)
        total = half_up(weighted, to_total)
        return Tally(total if cap is None else min(total, cap), sections)

    return tally


def _layout(system: System) -> list[tuple[int, int, list[tuple[slice, list[int], int]]]]:
    """Per section: weight, points, and per category its place in a row, its indicators' points and their sum."""
    smallest = unit(system.indicator_decimals)
    layout = []
    start = 0
    for section in system.sections:
        categories = []
        for category in section.categories:
            points = [millionths(indicator.points) // smallest for indicator in category.indicators]
            categories.append((slice(start, start + len(points)), points, sum(points)))
            start += len(points)
        layout.append((millionths(section.weight), sum([whole for *_, whole in categories]), categories))
    return layout
