"""Several assessors' marks into one figure, as an official would check it."""

import pytest

from evaluation.marking.checks import assessed_value, unassessable


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (["85"], ["85"]),
        (["90.5", "85", "9"], ["9", "85", "90.5"]),
        (["85", "85"], ["85", "85"]),
    ],
)
def test_all_marks_count_from_the_lowest(marks, expected):
    assert assessed_value("marks", marks) == expected


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
    assert assessed_value("ticks", ticked) == expected


@pytest.mark.parametrize("kind", ["count", "ratio", "weighted"])
def test_no_other_measure_can_be_judged(kind):
    with pytest.raises(ValueError, match=kind):
        assessed_value(kind, ["1"])
    indicators = {
        "A19": {"source": "assessor", "measure": {"kind": "ticks"}},
        "X1": {"source": "assessor", "measure": {"kind": kind}},
        "X2": {"source": "report", "measure": {"kind": kind}},
    }
    assert unassessable(indicators) == ["X1"]
