"""When something is late. Pure: the database's clock is handed in."""

from datetime import UTC, date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


def end_of_day(day: date) -> datetime:
    """A day's 24:00 Beijing time, as the first instant after it."""
    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=BEIJING)


def is_late(*, due_on: date, received_at: datetime) -> bool:
    """In time until the last microsecond of `due_on`, Beijing time."""
    return received_at >= end_of_day(due_on)


def summary_deadline(year: int) -> datetime:
    """10 December 24:00 Beijing time of the summary's year, as the first instant that is late (细则 R4.3)."""
    return datetime(year, 12, 11, tzinfo=BEIJING)


def is_summary_late(*, year: int, received_at: datetime) -> bool:
    """Late from the first instant of 11 December, Beijing time."""
    return received_at >= summary_deadline(year)


def hours_late(*, year: int, received_at: datetime) -> int:
    """Begun hours after the deadline; 0 when in time."""
    over = received_at.astimezone(UTC) - summary_deadline(year).astimezone(UTC)
    return max(0, over // timedelta(hours=1) + 1) if over >= timedelta(0) else 0


def summary_years(today: date) -> tuple[int, int]:
    """The years whose summary is taken in on a day: the year itself and, marked late, the year before (细则 R4.3)."""
    return today.year, today.year - 1
