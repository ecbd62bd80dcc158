"""Who takes part in a year's evaluation. Pure: acceptance dates are handed in."""

from datetime import date

LAST_ACCEPTANCE = (6, 30)
"""Month and day. 细则 R2 evaluates accepted platforms and names no day; the bureau's proposal for the indicator systems
lets a platform that was accepted after 30 June begin with the next year, since half a year cannot be compared."""


def is_listed(accepted_on: date | None, year: int) -> bool:
    """A platform that was accepted only after the year has nothing to do with it; one without a date is told why."""
    return accepted_on is None or accepted_on.year <= year


def not_ranked_reason(accepted_on: date | None, year: int) -> str:
    """Why a listed platform does not take part (不参评); '' when it does (细则 R2)."""
    if accepted_on is None:
        return "无省级验收记录,本年度不参评"
    month, day = LAST_ACCEPTANCE
    if accepted_on <= date(year, month, day):
        return ""
    accepted = f"{accepted_on.year}年{accepted_on.month}月{accepted_on.day}日"
    return f"{accepted}验收,晚于{month}月{day}日,本年度不参评"
