"""What assessors judge, and what nobody can judge (细则 R3.1(3), R4.2(2)); how their marks make one figure is the
measure's to say. Pure."""

from collections.abc import Iterable

from evaluation.scoring.feeds import ASSESSOR
from evaluation.scoring.system import Indicator


def is_assessed(indicator: Indicator) -> bool:
    """Whether assessors judge this indicator of a system."""
    return indicator.feed.kind == ASSESSOR


def unassessable(indicators: Iterable[Indicator]) -> list[Indicator]:
    """Indicators that are the assessors' to judge but measured in a way that nobody can judge."""
    return [each for each in indicators if is_assessed(each) and not each.measure.is_assessable]
