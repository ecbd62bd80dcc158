"""Quarters as the office writes and counts them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from core.periods import Quarter


@pytest.mark.parametrize(
    ("quarter", "first_on", "last_on", "words"),
    [
        (Quarter(2024, 1), date(2024, 1, 1), date(2024, 3, 31), "2024年第一季度"),
        (Quarter(2025, 2), date(2025, 4, 1), date(2025, 6, 30), "2025年第二季度"),
        (Quarter(2025, 3), date(2025, 7, 1), date(2025, 9, 30), "2025年第三季度"),
        (Quarter(2025, 4), date(2025, 10, 1), date(2025, 12, 31), "2025年第四季度"),
    ],
)
def test_when_a_quarter_begins_and_ends_and_how_it_is_called(quarter, first_on, last_on, words):
    assert (quarter.first_on, quarter.last_on, str(quarter)) == (first_on, last_on, words)
    assert Quarter.parse(quarter.code) == quarter


def test_every_day_lies_in_one_quarter_and_the_quarters_follow_each_other():
    day, quarters = date(2023, 12, 1), []
    while day < date(2026, 2, 1):
        quarter = Quarter.containing(day)
        assert quarter.first_on <= day <= quarter.last_on
        quarters.append(quarter)
        day += timedelta(days=1)
    in_order = list(dict.fromkeys(quarters))
    assert in_order == sorted(in_order) and len(in_order) == 10
    for before, after in pairwise(in_order):
        assert after.previous == before
        assert before.last_on + timedelta(days=1) == after.first_on


@pytest.mark.parametrize("typed", ["2025Q1", " 2025q1\n"])
def test_codes_are_read_as_people_type_them(typed):
    assert Quarter.parse(typed) == Quarter(2025, 1)
    assert Quarter(2025, 1).code == "2025Q1"


@pytest.mark.parametrize(
    "typed", ["", "2025", "2025Q0", "2025Q5", "1999Q1", "2025Q11", "x2025Q1", "2025-Q1", "２０２５Q1"]
)
def test_what_is_no_code_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match="2025Q1 的形式"):
        Quarter.parse(typed)
