"""How long a platform still has: facts that several of its pages print."""

from datetime import date
from typing import Any

from django.utils import timezone

from core.working_days import UnknownYearError, working_days_left
from evaluation.deadlines import end_of_day


def due_facts(due_on: date) -> dict[str, Any]:
    """A day as a platform counts to it; `working_days` is None where the calendar does not reach."""
    today = timezone.localdate()
    try:
        left: int | None = working_days_left(today, due_on)
    except UnknownYearError:
        left = None
    return {
        "due_on": due_on,
        "is_past": timezone.now() >= end_of_day(due_on),
        "days_left": (due_on - today).days,
        "working_days": left,
    }
