"""Working days of the state's calendar: holidays, and the weekends worked for them. No clock here: days are handed in.
The calendar is published year by year, so a year that is not in it is refused, never guessed."""

from datetime import date, timedelta

import chinese_calendar

from core.errors import Refusal


class UnknownYearError(Refusal):
    """The state has not published this year's holidays, or the calendar at hand does not have them yet."""


def is_working_day(day: date) -> bool:
    """Whether offices work on that day."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise UnknownYearError(
            f"{day.year}年的节假日安排尚未收录,无法推算工作日;请直接填写截止日期,或请系统管理员更新日历"
        ) from None


def working_day_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`: 10 after 31 March 2026 is 16 April."""
    found = day
    while count:
        found += timedelta(days=1)
        count -= is_working_day(found)
    return found


def working_days_left(today: date, last: date) -> int:
    """Working days from the day after `today` up to and with `last`; 0 on the last day and after it."""
    days = range(1, (last - today).days + 1)
    return sum(is_working_day(today + timedelta(days=number)) for number in days)
