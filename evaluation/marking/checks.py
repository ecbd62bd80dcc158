"""From the marks of several assessors to one figure (细则 R3.1(3), R4.2(2)). Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from evaluation.collection.checks.collected import ASSESSOR_SOURCE

ASSESSED_KINDS = ("marks", "ticks")


def is_assessed(indicator: Mapping[str, Any]) -> bool:
    """Whether assessors judge this indicator of a system."""
    return bool(indicator["source"] == ASSESSOR_SOURCE)


def assessed_value(kind: str, marks: Sequence[Any]) -> list[str]:
    """The figure that follows from what every assessor handed in, in the form of the bundle's `value`.

    `marks`: all marks, from the lowest to the highest; the scoring takes their mean and from five marks on drops one
    highest and one lowest. `ticks`: an item counts when more than half of the assessors ticked it; half is not enough.
    No other kind of measure can be judged: ValueError.
    """
    if kind == "marks":
        return sorted(marks, key=Decimal)
    if kind == "ticks":
        return majority(marks)
    raise ValueError(kind)


def majority(ticked: Sequence[Collection[str]]) -> list[str]:
    """Items that more than half of the lists hold, by code."""
    votes = Counter(item for items in ticked for item in set(items))
    return sorted(item for item, count in votes.items() if 2 * count > len(ticked))


def unassessable(indicators: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Codes of indicators that are the assessors' to judge but measured in a way that nobody can judge."""
    return [
        code
        for code, indicator in indicators.items()
        if is_assessed(indicator) and indicator["measure"]["kind"] not in ASSESSED_KINDS
    ]
