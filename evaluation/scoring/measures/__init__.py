"""What a figure says, as one exact number x. One kind is one file; this is the only list of them."""

from collections.abc import Mapping

from evaluation.scoring.document import Document
from evaluation.scoring.measures.base import Columns, Measure, Way
from evaluation.scoring.measures.count import Count
from evaluation.scoring.measures.marks import Marks
from evaluation.scoring.measures.ratio import Share
from evaluation.scoring.measures.ticks import Ticks
from evaluation.scoring.measures.weighted import Weighted

__all__ = ["MEASURES", "NEW_MEASURE", "Columns", "Measure", "Way", "parse_measure"]

MEASURES: Mapping[str, type[Measure]] = {
    kind.kind: kind
    for kind in (
        Count,
        Share,
        Weighted,
        Ticks,
        Marks,
    )
}
NEW_MEASURE: type[Measure] = Count
"""What a new key task has."""


def parse_measure(document: Document) -> Measure:
    """From a sound document."""
    return MEASURES[document["kind"]].parse(document)
