"""10 December 24:00 Beijing time: the last microsecond counts, the next one is late, whatever zone the clock speaks."""

from datetime import UTC, datetime, timedelta

import pytest

from evaluation.deadlines import BEIJING, hours_late, is_summary_late

DEADLINE = datetime(2025, 12, 10, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("offset", "late"),
    [
        (timedelta(seconds=-1), False),
        (timedelta(microseconds=-1), False),
        (timedelta(0), True),
        (timedelta(days=3), True),
    ],
)
@pytest.mark.parametrize("zone", [UTC, BEIJING])
def test_deadline_to_the_microsecond(offset, late, zone):
    assert is_summary_late(year=2025, received_at=(DEADLINE + offset).astimezone(zone)) is late


@pytest.mark.parametrize(
    ("offset", "hours"),
    [(timedelta(hours=-5), 0), (timedelta(0), 1), (timedelta(minutes=59), 1), (timedelta(minutes=60), 2)],
)
def test_begun_hours(offset, hours):
    assert hours_late(year=2025, received_at=DEADLINE + offset) == hours
