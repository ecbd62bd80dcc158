"""Several assessors' marks into one figure, as an official would check it."""

import pytest

from evaluation.marking.checks import unassessable
from tests.evaluation.scoring.builders import parsed

CHANNELS = {"website": "1", "other_channel": "1"}


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["85"], ["85"]),
        (["90.5", "85", "9"], ["9", "85", "90.5"]),
        (["85", "85"], ["85", "85"]),
    ],
)
def test_all_marks_count_from_the_lowest(marks, expected):
    assert parsed(measure={"kind": "marks"}).measure.assessed(marks) == expected


@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        ([["website"]], ["website"]),
        ([["website"], []], []),
        ([["website"], ["website"], []], ["website"]),
        ([["website", "other_channel"], ["other_channel"], ["website", "other_channel"]], ["other_channel", "website"]),
        ([["website"], ["website"], [], []], []),
        ([[], [], []], []),
        ([["website", "website"], [], []], []),
    ],
    ids=["one alone", "half is not enough", "two of three", "both", "two of four", "nobody", "twice by one is once"],
)
def test_an_item_counts_when_more_than_half_ticked_it(ticked, expected):
    assert parsed(measure={"kind": "ticks", "items": CHANNELS}).measure.assessed(ticked) == expected


@pytest.mark.parametrize("kind", ["count", "ratio", "weighted"])
def test_no_other_measure_can_be_judged(kind):
    with pytest.raises(ValueError, match=kind):
        parsed(measure={"kind": kind, "items": CHANNELS}).measure.assessed(["1"])
    indicators = [
        parsed("A19", source="assessor", measure={"kind": "ticks", "items": CHANNELS}),
        parsed("X1", source="assessor", measure={"kind": kind, "items": CHANNELS}),
        parsed("X2", source="report", measure={"kind": kind, "items": CHANNELS}),
    ]
    assert [each.code for each in unassessable(indicators)] == ["X1"]
