"""How every benchmark says what it found: beside its limit, and how it grew. Each tells whether it held."""

import statistics
from collections.abc import Sequence
from typing import NamedTuple

NOISE = 1.2  # a tenfold size may take twelve times as long before it counts as worse than linear


class Compared(NamedTuple):
    """Median seconds of ours and of the bare way, and the median of the ratios of two runs that followed each other:
    what else the machine does meanwhile slows both."""

    ours: float
    bare: float
    ratio: float


def compared(pairs: Sequence[tuple[float, float]]) -> Compared:
    """From the seconds of ours and of the bare way, run in turns."""
    ours, bare = zip(*pairs, strict=True)
    return Compared(
        statistics.median(ours), statistics.median(bare), statistics.median([one / other for one, other in pairs])
    )


def within(what: str, value: float, limit: float) -> bool:
    """A ratio, or seconds, or megabytes, that must not pass its limit."""
    held = value <= limit
    print(f"{what} {value:.2f} (limit {limit:g}){'' if held else '   MISSED'}")
    return held


def linear(sizes: Sequence[int], taken: Sequence[float]) -> bool:
    """What each size took, beside how much larger it is than the one before."""
    held = True
    for position in range(1, len(sizes)):
        size, growth = sizes[position] / sizes[position - 1], taken[position] / taken[position - 1]
        fine = growth <= size * NOISE
        print(f"growth {sizes[position - 1]} to {sizes[position]}: {growth:.1f} times{'' if fine else '   MISSED'}")
        held &= fine
    return held
