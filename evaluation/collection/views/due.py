"""How long a platform still has: facts that several of its pages print."""

from datetime import date
from typing import Any

from django.utils import timezone

from core.working_days import UnknownYearError, working_days_left
from evaluation.deadlines import end_of_day
from evaluation.systems.queries import years_with_system
from platforms.models import Platform


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


def _estimated(platform: Platform, today: date, published: set[int]) -> list[int]:
    """Years that run or wait for their result, and whose system is known."""
    years = years_with_system(platform.platform_type, (today.year, today.year - 1))
    return [year for year in years if year not in published]
