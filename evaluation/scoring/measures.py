"""What a figure says, as one exact number x: a ratio of integers in millionths. None is: not applicable.

Values are sound number strings (see `figures`); each function is one row of the contract's table of measures.
"""

from collections.abc import Callable
from typing import Any

from evaluation.scoring.bundle import Measure
from evaluation.scoring.numbers import MILLION, Ratio, millionths

MEASURE_KINDS = ("count", "ratio", "weighted", "ticks", "marks")
MARKS_TO_DROP_FROM = 5

Reading = Callable[[Any], Ratio | None]


def reading(measure: Measure) -> Reading:
    """The function that reads the figures of one indicator."""
    weights = {item: millionths(weight) for item, weight in measure.items}
    if measure.kind == "weighted":
        return weighted(tuple(weights.values()))
    if measure.kind == "ticks":
        return ticks(weights)
    readings: dict[str, Reading] = {"count": count, "ratio": ratio, "marks": marks}
    return readings[measure.kind]


def count(value: str) -> Ratio:
    """x is the number itself."""
    return millionths(value), 1


def ratio(value: tuple[str, str]) -> Ratio | None:
    """x = 100 × numerator ÷ denominator; 0 over 0 is not applicable."""
    denominator = millionths(value[1])
    if not denominator:
        return None
    return 100 * MILLION * millionths(value[0]), denominator


def weighted(weights: tuple[int, ...]) -> Reading:
    """x = Σ weight × count; an item not given counts 0."""

    def read(counts: tuple[str, ...]) -> Ratio:
        total = 0
        for weight, number in zip(weights, counts, strict=True):
            total += weight * int(number.partition(".")[0])
        return total, 1

    return read


def ticks(weights: dict[str, int]) -> Reading:
    """x = Σ of the ticked items' weights."""

    def read(ticked: tuple[str, ...]) -> Ratio:
        return sum([weights[item] for item in ticked]), 1

    return read


def marks(value: tuple[str, ...]) -> Ratio:
    """x = mean of the marks; with five or more, one highest and one lowest are dropped."""
    kept = kept_marks(value)
    return sum(kept), len(kept)


def kept_marks(value: tuple[str, ...]) -> list[int]:
    """The marks that count, in millionths, from low to high."""
    ordered = sorted(map(millionths, value))
    return ordered[1:-1] if len(ordered) >= MARKS_TO_DROP_FROM else ordered
