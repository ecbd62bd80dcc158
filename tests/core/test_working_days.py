"""Working days by the state's published calendar."""

from datetime import date

import pytest

from core.working_days import UnknownYearError, is_working_day, working_day_after, working_days_left


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 10, 1), False),  # the National Day
        (date(2025, 9, 28), True),  # a Sunday worked for it
        (date(2025, 10, 9), True),
        (date(2026, 1, 3), False),
    ],
)
def test_holidays_and_worked_weekends(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("last_on", "due_on"),
    [
        (date(2025, 3, 31), date(2025, 4, 15)),  # 4 to 6 April off
        (date(2025, 6, 30), date(2025, 7, 14)),
        (date(2025, 9, 30), date(2025, 10, 21)),  # 1 to 8 October off, 11 October worked
        (date(2025, 12, 31), date(2026, 1, 15)),  # into the next year: 4 January worked
    ],
)
def test_the_tenth_working_day_after_a_quarter(last_on, due_on):
    assert working_day_after(last_on, 10) == due_on


def test_days_left_count_the_last_day_and_not_today():
    assert working_days_left(date(2025, 9, 30), date(2025, 10, 9)) == 1
    assert working_days_left(date(2025, 10, 9), date(2025, 10, 9)) == 0
    assert working_days_left(date(2025, 10, 10), date(2025, 10, 9)) == 0


@pytest.mark.parametrize(
    ("today", "last", "left"), [((9, 26), (9, 30), 3), ((9, 30), (10, 10), 2), ((10, 9), (9, 1), 0)]
)
def test_worked_weekends_count_and_holidays_do_not(today, last, left):
    """26 September 2025 is a Friday, the 28th a Sunday worked; 1 to 8 October are off."""
    assert working_days_left(date(2025, *today), date(2025, *last)) == left


def test_counting_on_and_counting_back_agree():
    start = date(2025, 9, 19)
    for count in range(40):
        day = working_day_after(start, count)
        assert working_days_left(start, day) == count
        assert count == 0 or is_working_day(day)
    assert working_day_after(start, 0) == start


def test_a_year_that_the_calendar_does_not_have_is_refused_with_the_way_out():
    with pytest.raises(UnknownYearError) as refused:
        working_day_after(date(2098, 12, 31), 10)
    assert "2099年的节假日安排尚未收录" in str(refused.value)
    assert "请直接填写截止日期" in str(refused.value)
