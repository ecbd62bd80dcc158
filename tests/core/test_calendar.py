"""What the calendar asks for: once a day per schedule, whoever asks and however often, at its time, in the system's
name; and the page that shows it."""

import threading
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import authenticate
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.urls import reverse

from core import jobs
from core.choices import JobState, Role
from core.declared import Declared, JobKind
from core.declared.faults import faults_of
from core.jobs import Days, Schedule, ask_for_due, calendar, enqueue, queue
from core.models import Job, User
from core.tasks import ask_for_scheduled
from core.working_days import UnknownYearError
from tests.factories import UserFactory
from tests.harness.races import at_once
from zhuzhou_sme.celery import app
from zhuzhou_sme.menu import GROUPS

NIGHTLY = Schedule("nightly", "每晚", "core.verify_files", time(2, 30))
OFFICE = Schedule("office", "工作日", "core.verify_files", time(9), Days.WORKING, arguments={"what": "演示"})
YEARLY = Schedule("yearly", "每年", "core.verify_files", time(8), Days.YEARLY, ((1, 10), (7, 10)))


@pytest.fixture
def one_connection(monkeypatch):
    """A test's transaction would go with the connection that a worker looks after between two tasks."""
    monkeypatch.setattr("core.tasks.close_old_connections", lambda: None)


def at(text: str) -> datetime:
    """Beijing time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def asked() -> list[str]:
    return sorted(Job.objects.values_list("idempotency_key", flat=True))


def test_each_is_asked_for_once_a_day_from_its_time_on(db):
    for moment, count in [
        ("2026-03-02 02:29", 0),
        ("2026-03-02 02:30", 1),
        ("2026-03-02 02:31", 0),
        ("2026-03-02 23:59", 0),
        ("2026-03-03 00:00", 0),
        ("2026-03-03 17:00", 1),  # nobody asked all night: made up for on the same day
        ("2026-03-05 03:00", 1),  # a day that passed is not
    ]:
        assert ask_for_due([NIGHTLY], now=at(moment)) == count, moment
    assert asked() == [f"schedule:nightly:2026-03-0{day}" for day in (2, 3, 5)]


@pytest.mark.parametrize(
    ("schedule", "moment", "due"),
    [
        (OFFICE, "2026-02-27 09:00", True),
        (OFFICE, "2026-02-28 10:00", True),  # a Saturday worked for the Spring Festival
        (OFFICE, "2026-02-23 10:00", False),  # a Monday off for it
        (YEARLY, "2026-07-10 08:00", True),
        (YEARLY, "2026-07-11 08:00", False),
    ],
)
def test_on_its_days_alone(db, schedule, moment, due):
    assert ask_for_due([schedule], now=at(moment)) == due
    assert schedule.is_due(at(moment)) is due


def test_a_year_without_a_calendar_holds_up_nothing_else(db, caplog):
    assert ask_for_due([OFFICE, NIGHTLY], now=at("2099-03-02 12:00")) == 1
    assert "office" in caplog.text
    with pytest.raises(UnknownYearError):
        OFFICE.falls_on(date(2099, 3, 2))
    assert OFFICE.next_run(at("2099-03-02 12:00"), None) is None


def test_it_runs_in_the_name_of_an_account_that_cannot_sign_in(db):
    ask_for_due([OFFICE], now=at("2026-03-02 09:00"))
    job = Job.objects.get()
    assert job.arguments == {"what": "演示", "day": "2026-03-02"}
    assert job.created_by is not None and str(job.created_by) == "系统(定时任务)"
    assert job.is_the_systems and not job.created_by.is_staff
    assert authenticate(HttpRequest(), username="system", password="") is None
    for change in ({"is_active": True}, {"password": "x"}, {"role": Role.BUREAU}):
        with pytest.raises(DatabaseError, match="core_user_system_never_signs_in"), transaction.atomic():
            User.objects.filter(username="system").update(**change)


def ask_twice_at_once() -> list[str]:
    """Both have looked and found nothing before either writes."""
    at_once(*[lambda: ask_for_due([NIGHTLY], now=at("2026-03-02 03:00"))] * 4)
    return asked()


@pytest.fixture
def slow_look(monkeypatch):
    """Everybody has read what was asked for before anybody asks."""
    barrier = threading.Barrier(4)

    def together(*arguments, **options):
        barrier.wait(60)
        return enqueue(*arguments, **options)

    monkeypatch.setattr(calendar, "enqueue", together)


def test_beats_that_ask_at_the_same_moment_get_one_job(transactional_db, slow_look):
    assert ask_twice_at_once() == ["schedule:nightly:2026-03-02"]
    assert User.objects.filter(username="system").count() == 1


def test_control_without_the_unique_key_there_would_be_four(transactional_db, slow_look, monkeypatch):
    keyed = queue._INSERT.replace("VALUES (%s, %s, %s,", "VALUES (%s, %s, %s || gen_random_uuid(),")
    monkeypatch.setattr(queue, "_INSERT", keyed)
    assert len(ask_twice_at_once()) == 4


def test_the_beat_asks_every_minute_for_what_is_declared(db, one_connection, monkeypatch):
    entry = app.conf.beat_schedule["calendar"]
    assert (entry["task"], entry["schedule"] <= 60) == (ask_for_scheduled.name, True)
    monkeypatch.setattr("core.tasks.timezone.now", lambda: at("2026-03-02 02:30"))
    ask_for_scheduled()
    ask_for_scheduled()
    assert asked() == ["schedule:verify-files:2026-03-02"]
    assert jobs.run(Job.objects.get().pk)
    assert Job.objects.get().state == JobState.DONE


def test_when_it_runs_next(db):
    now = at("2026-03-02 01:00")
    assert NIGHTLY.next_run(now, None) == at("2026-03-02 02:30")
    ask_for_due([NIGHTLY], now=at("2026-03-02 02:30"))
    assert NIGHTLY.next_run(at("2026-03-02 02:31"), NIGHTLY.last_run()) == at("2026-03-03 02:30")
    assert YEARLY.next_run(now, None) == at("2026-07-10 08:00")
    assert [each.words for each in (NIGHTLY, OFFICE, YEARLY)] == [
        "每天02:30", "每个工作日09:00", "每年1月10日、7月10日08:00",
    ]  # fmt: skip


def test_the_page_shows_the_last_run_and_the_next(db, one_connection, client, bureau, city_platform_user):
    address = reverse("desk_schedules")
    client.force_login(bureau)
    assert "尚未执行" in client.get(address).content.decode()
    ask_for_scheduled()
    job = Job.objects.filter(idempotency_key__startswith="schedule:").first() or ask_now()
    shown = client.get(address).content.decode()
    assert reverse("desk_job", args=[job.pk]) in shown and "排队中" in shown
    client.force_login(city_platform_user)
    shown = client.get(address).content.decode()
    assert "排队中" in shown and reverse("desk_job", args=[job.pk]) not in shown


def ask_now() -> Job:
    """Before half past two in the night nothing is due yet."""
    ask_for_due([Schedule("verify-files", "", "core.verify_files", time(0))], now=at("2026-03-02 12:00"))
    return Job.objects.get()


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule("x", "", "nobody.knows", time(1)),
        Schedule("x:y", "", "tests.x", time(1)),
        Schedule("x", "", "tests.x", time(1), Days.YEARLY),
        Schedule("x", "", "tests.x", time(1), dates=((1, 1),)),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_at_start(schedule):
    kind = JobKind("tests.x", "演示", lambda arguments, report: dict)
    fine = Declared("tests.x", jobs=(kind,), schedules=(Schedule("x", "", "tests.x", time(1)),))
    assert not [fault for fault in faults_of([fine], groups=GROUPS) if "schedule" in fault]
    faulty = Declared("tests.x", jobs=(kind,), schedules=(schedule,))
    assert [fault for fault in faults_of([faulty], groups=GROUPS) if "schedule" in fault]


def test_an_account_of_that_name_is_the_systems_or_none(db):
    with pytest.raises(DatabaseError, match="core_user_system_never_signs_in"), transaction.atomic():
        UserFactory.create(username="system", role=Role.BUREAU)
