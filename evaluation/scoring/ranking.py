"""A whole ranking at once: every platform scored, ranked and put in print order, with or without reasons.

The cyclic garbage collector rests meanwhile: nothing made here refers back to itself, and walking through a
million finished entries again and again would take longer than scoring them.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from evaluation.scoring.bundle import Platform
from evaluation.scoring.document import Document
from evaluation.scoring.engine import Plan
from evaluation.scoring.figures import Row
from evaluation.scoring.ranks import printed_order, ranks
from evaluation.scoring.scorecards import Writer
from evaluation.scoring.system import System


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Automatic garbage collection off inside, and as it was afterwards; as a decorator it outlasts the locals."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@collector_at_rest()
def scorecards(system: System, platforms: Sequence[Platform], rows: Sequence[Row]) -> list[Document]:
    """The scorecards of the result document, in print order; `rows[i]` are the figures of `platforms[i]`."""
    plan, writer = Plan(system), Writer(system)
    cells = [plan.cells(row, platform.targets) for platform, row in zip(platforms, rows, strict=True)]
    tallies = [plan.tally([units for units, _ in row]) for row in cells]
    places = ranks([tally.total for tally in tallies], system.tie_style)
    order = printed_order(system, [platform.code for platform in platforms], tallies)
    return [writer.scorecard(platforms[i], places[i], tallies[i], cells[i]) for i in order]
