"""Work that the calendar asks for: once a day per schedule, however often it is asked and after whatever pause.

What is scheduled is declared by the slices (`core.declared.Declared.schedules`). A beat asks every minute; the job's
idempotency key names schedule and day, so that a second beat, a restart or a doubled message asks for nothing new, and
what a standstill has missed is asked for later the same day."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils import timezone

from core.jobs.queue import enqueue
from core.models import Job, User
from core.working_days import UnknownYearError, is_working_day

logger = logging.getLogger(__name__)

_FURTHEST_DAYS = 366


class Days(TextChoices):
    DAILY = "daily", "每天"
    WORKING = "working", "每个工作日"
    YEARLY = "yearly", "每年"


@dataclass(frozen=True)
class Schedule:
    """A job of `kind` with these arguments on each of its days, from `at` (Beijing time) on; `dates` are (month, day)
    and belong to `YEARLY` alone. The job is handed its `day` as well."""

    key: str
    label: str
    kind: str
    at: time
    days: Days = Days.DAILY
    dates: tuple[tuple[int, int], ...] = ()
    arguments: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """When it runs, for people."""
        dates = "、".join(f"{month}月{day}日" for month, day in self.dates)
        return f"{self.days.label}{dates}{self.at:%H:%M}"

    def falls_on(self, day: date) -> bool:
        """Whether it runs on that day. UnknownYearError where working days of a year are not known yet."""
        if self.days == Days.YEARLY:
            return (day.month, day.day) in self.dates
        return self.days == Days.DAILY or is_working_day(day)

    def is_due(self, now: datetime) -> bool:
        local = timezone.localtime(now)
        return local.time() >= self.at and self.falls_on(local.date())

    def key_of(self, day: date) -> str:
        return f"schedule:{self.key}:{day.isoformat()}"

    def last_run(self) -> Job | None:
        """The newest job that the calendar asked for; days sort as they are written."""
        runs = Job.objects.filter(kind=self.kind, idempotency_key__startswith=f"schedule:{self.key}:")
        return runs.select_related("created_by").order_by("-idempotency_key").first()

    def next_run(self, now: datetime, last: Job | None) -> datetime | None:
        """Today while today's has not been asked for, else the next of its days; None while that cannot be known."""
        today = timezone.localtime(now).date()
        has_run = last is not None and last.idempotency_key >= self.key_of(today)
        days = (today + timedelta(days=count) for count in range(has_run, _FURTHEST_DAYS + 1))
        try:
            found = next((day for day in days if self.falls_on(day)), None)
        except UnknownYearError:
            return None
        return datetime.combine(found, self.at, timezone.get_current_timezone()) if found else None


def ask_for_due(schedules: Iterable[Schedule], *, now: datetime) -> int:
    """Ask for every job that today's calendar wants by now and that nobody has asked for; returns how many there were.

    Two that ask at once insert one row between them: the key is unique.
    """
    day = timezone.localtime(now).date()
    due = {schedule.key_of(day): schedule for schedule in schedules if _is_due(schedule, now)}
    known = set(Job.objects.filter(idempotency_key__in=due).values_list("idempotency_key", flat=True)) if due else set()
    missing = {key: schedule for key, schedule in due.items() if key not in known}
    for key, schedule in missing.items():
        arguments = {**schedule.arguments, "day": day.isoformat()}
        enqueue(schedule.kind, key=key, arguments=arguments, by=User.objects.system())
    return len(missing)


def _is_due(schedule: Schedule, now: datetime) -> bool:
    """One whose day cannot be known holds up no other."""
    try:
        return schedule.is_due(now)
    except UnknownYearError as unknown:
        logger.error("%s is not asked for: %s", schedule.key, unknown)
        return False
