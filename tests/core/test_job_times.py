"""When a job is tried again and by whom: growing delays, leases that a heartbeat renews, the last attempt."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test import Client
from kombu.exceptions import OperationalError

from core import jobs, tasks
from core.choices import JobState, Role
from core.errors import Refusal
from core.jobs import handlers, lease, queue, runner, sweeper
from core.models import Job
from tests.factories import UserFactory
from zhuzhou_sme.celery import app


@pytest.fixture
def kinds(monkeypatch):
    table: dict[str, handlers.Handler] = {}
    monkeypatch.setattr(handlers, "_handlers", table)
    return table


@pytest.fixture
def sent(monkeypatch):
    """Ids that were sent to the worker, by whoever asked or by the sweeper."""
    ids: list[object] = []
    monkeypatch.setattr(queue, "send", ids.append)
    monkeypatch.setattr(sweeper, "send", ids.append)
    return ids


def asked(kind: str = "演示", **columns: Any) -> Job:
    job = jobs.enqueue(kind, key=str(uuid4()), arguments={}, by=UserFactory.create())
    if columns:
        Job.objects.filter(pk=job.pk).update(**columns)
        job.refresh_from_db()
    return job


def held(*, attempts: int, until: timedelta) -> Job:
    return asked(state=JobState.RUNNING, attempts=attempts, token=uuid4(), lease_until=Now() + until)


def clock() -> datetime:
    """The database's, which moves on between two statements of one transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def crash(arguments, report):
    raise RuntimeError("演示故障")


def test_the_numbers_of_the_engine():
    assert runner.ATTEMPTS == 5
    assert timedelta(seconds=20) == runner.BACK_OFF
    assert timedelta(seconds=30) == sweeper.PATIENCE


def test_a_killed_job_goes_on_within_two_minutes():
    """What is left of the lease, the sweeper's next round, and the message; a beat may be late three times."""
    (sweeps,) = [each["schedule"] for each in app.conf.beat_schedule.values() if "sweep" in each["task"]]
    assert lease.LEASE.total_seconds() + sweeps + 10 < 120
    assert lease.BEAT * 4 <= lease.LEASE


def test_nobody_keeps_a_lease_for_longer_than_a_worker_may_live():
    conf = app.conf
    assert conf.task_soft_time_limit < conf.task_time_limit == lease.LONGEST.total_seconds()
    assert conf.broker_transport_options["visibility_timeout"] > conf.task_time_limit


def test_messages_are_kept_until_the_work_is_done_and_lost_ones_are_replaced():
    assert app.conf.task_acks_late and app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    sweeps = [entry for entry in app.conf.beat_schedule.values() if entry["task"] == "core.tasks.sweep_jobs"]
    assert [entry["schedule"] <= 60 for entry in sweeps] == [True]
    assert (tasks.run_job.name, tasks.sweep_jobs.name) == ("core.tasks.run_job", "core.tasks.sweep_jobs")
    assert app.conf.accept_content == ["json"] and app.conf.task_serializer == "json"


def test_each_further_attempt_waits_longer(transactional_db, kinds, sent):
    kinds["演示"] = crash
    job = asked()
    for attempt in range(1, runner.ATTEMPTS):
        before = clock()
        assert not jobs.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.attempts, job.token) == (JobState.QUEUED, attempt, None)
        delay = timedelta(seconds=20 * attempt)
        assert before + delay <= job.run_after <= clock() + delay
        assert not jobs.run(job.pk), "a message that comes too early changes nothing"
        job.refresh_from_db()
        assert job.attempts == attempt
        Job.objects.update(run_after=Now())
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.lease_until) == (JobState.DEAD, 5, None)


def test_a_claim_is_leased_for_a_minute(transactional_db, kinds, sent):
    leases: list[datetime] = []

    def look(arguments, report):
        until = Job.objects.get().lease_until
        assert until
        leases.append(until)
        return dict

    kinds["演示"] = look
    before = clock()
    assert jobs.run(asked().pk)
    assert timedelta(seconds=60) == lease.LEASE
    assert before + lease.LEASE <= leases[0] <= clock() + lease.LEASE


@pytest.mark.parametrize(("attempts", "state"), [(4, JobState.RUNNING), (5, JobState.DEAD), (6, JobState.DEAD)])
def test_a_worker_that_dies_on_the_last_attempt_leaves_a_dead_job(db, sent, attempts, state):
    job = held(attempts=attempts, until=-timedelta(seconds=1))
    sent.clear()
    assert jobs.sweep() == (1 if state == JobState.RUNNING else 0)
    job.refresh_from_db()
    assert job.state == state
    if state == JobState.DEAD:
        assert job.finished_at and job.lease_until is None and "已停止" in job.error
        assert sent == [] and not jobs.run(job.pk)
        jobs.requeue(job=job, by=UserFactory.create())
        assert (job.state, job.attempts, job.error) == ("queued", 0, "")
        assert job.token is None and job.finished_at is None


def test_a_worker_that_still_holds_its_lease_is_left_alone(db, sent):
    job = held(attempts=5, until=timedelta(minutes=1))
    sent.clear()
    assert jobs.sweep() == 0 and sent == []
    job.refresh_from_db()
    assert job.state == JobState.RUNNING


def test_the_sweeper_waits_for_the_message_and_sends_the_oldest_first(db, sent):
    late, later = (asked(run_after=Now() - timedelta(seconds=seconds)) for seconds in (31, 50))
    asked(run_after=Now() + timedelta(seconds=5))
    asked(state=JobState.DONE, finished_at=Now(), run_after=Now() - timedelta(days=1))
    sent.clear()
    assert jobs.sweep() == 2
    assert sent == [later.pk, late.pk]


def test_a_job_that_is_done_is_not_sent_again_for_its_old_lease(db, sent):
    """A lease in the past matters while somebody seems to work, and never after."""
    for state in (JobState.DONE, JobState.REFUSED, JobState.DEAD):
        asked(state=state, finished_at=Now(), lease_until=Now() - timedelta(days=1), run_after=Now())
    sent.clear()
    assert (jobs.sweep(), sent) == (0, [])


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING, JobState.DONE])
def test_only_what_ended_without_effect_is_given_another_round(db, sent, state):
    columns: dict[str, Any] = {"token": uuid4(), "lease_until": Now()} if state == JobState.RUNNING else {}
    job = asked(state=state, attempts=2, finished_at=Now() if state == JobState.DONE else None, **columns)
    with pytest.raises(Refusal, match=job.get_state_display()):
        jobs.requeue(job=job, by=UserFactory.create())
    job.refresh_from_db()
    assert (job.state, job.attempts) == (state, 2)


def test_another_round_is_the_affair_of_whoever_asked_for_it(transactional_db, kinds, sent):
    seen = []
    kinds["演示"] = lambda arguments, report: lambda: seen.append(arguments["by"]) or {}
    job = asked(state=JobState.DEAD, attempts=5, finished_at=Now(), run_after=Now() + timedelta(days=1))
    first, other = job.created_by, UserFactory.create()
    sent.clear()
    jobs.requeue(job=job, by=other)
    assert sent == [job.pk], "the worker is told at once"
    assert jobs.run(job.pk)
    assert seen == [first]
    job.refresh_from_db()
    assert job.created_by == first and job.retried_by == other and job.retried_at


def test_the_desk_gives_another_round_to_those_who_look_after_jobs(db, sent, bureau, auditor):
    job = asked("evaluation.import_hub", state=JobState.DEAD, attempts=5, finished_at=Now())
    answers: list[object] = []
    for person in (auditor, bureau):
        client = Client()
        client.force_login(person, backend="core.identity.roles.RoleBackend")
        answers.append(client.post(f"/admin/jobs/{job.pk}/retry/").status_code)
        job.refresh_from_db()
        answers.append(job.state)
    assert answers == [403, JobState.DEAD, 302, JobState.QUEUED]
    assert job.created_by != bureau and job.retried_by == bureau


def test_want_of_permission_is_an_answer_and_not_tried_again(db, kinds, sent):
    def denied(arguments, report):
        raise PermissionDenied

    kinds["演示"] = denied
    job = asked()
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts) == (JobState.REFUSED, {"faults": []}, 1)
    assert "没有执行此项任务的权限" in job.error
    assert not jobs.run(job.pk)


@pytest.mark.parametrize("late", [Refusal("太迟"), PermissionDenied(), RuntimeError("太迟")])
def test_whatever_a_late_worker_answers_its_successor_is_not_disturbed(db, kinds, sent, late):
    successor = uuid4()

    def overtaken(arguments, report):
        Job.objects.update(token=successor)
        raise late

    kinds["演示"] = overtaken
    job = asked()
    assert not jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.token, job.error, job.result) == (JobState.RUNNING, successor, "", None)


def test_a_broker_that_is_down_delays_and_loses_nothing(db, monkeypatch):
    for error in (OperationalError, ConnectionError):

        def down(*_, error=error, **__):
            raise error("演示断线")

        monkeypatch.setattr(app, "send_task", down)
        queue.send(uuid4())  # does not raise: the caller's work is committed already
        assert asked().state == JobState.QUEUED


def test_the_message_names_the_one_task_and_the_job(transactional_db, monkeypatch):
    calls = []
    monkeypatch.setattr(app, "send_task", lambda name, args, **_: calls.append((name, args)))
    job = asked()
    assert calls == [("core.tasks.run_job", [str(job.pk)])]
    assert job.kind == "演示"


def test_progress_is_kept_to_whoever_holds_the_job_and_to_what_is_worth_saying(transactional_db, kinds, sent):
    seen = []

    def notes() -> tuple[int, int, str]:
        job = Job.objects.get()
        return job.progress_done, job.progress_total, job.progress_note

    def talkative(arguments, report):
        report(1, 9, "一" * 300)
        seen.append(notes())
        report(2, 9, "半秒之内不再说")
        seen.append(notes())
        report(9, 9, "最后一句总会说")
        seen.append(notes())
        with transaction.atomic():
            report(9, 9, "效果提交之前不说")
        seen.append(notes())
        Job.objects.update(token=uuid4())
        report(9, 9, "已由他人接管")
        seen.append(notes())
        return dict

    kinds["演示"] = talkative
    jobs.run(asked().pk)
    first, last = (1, 9, "一" * 200), (9, 9, "最后一句总会说")
    assert seen[0] == first
    assert seen[1] in (first, (2, 9, "半秒之内不再说"))  # half a second may pass on a busy machine
    assert seen[2:] == [last, last, last]


@pytest.mark.parametrize(
    ("state", "done", "total", "percent"),
    [("running", 1, 3, 33), ("running", 0, 0, 0), ("queued", 3, 3, 100), ("done", 0, 0, 100), ("dead", 1, 2, 50)],
)
def test_percent(state, done, total, percent):
    assert Job(state=state, progress_done=done, progress_total=total).percent == percent


def test_what_a_state_means():
    said = {
        state: (Job(state=state).is_finished, Job(state=state).is_refused, Job(state=state).is_dead)
        for state in JobState
    }
    assert said == {
        JobState.QUEUED: (False, False, False),
        JobState.RUNNING: (False, False, False),
        JobState.DONE: (True, False, False),
        JobState.REFUSED: (True, True, False),
        JobState.DEAD: (True, False, True),
    }


def test_who_sees_which_jobs(db, sent):
    own = {role: UserFactory.create(role=role) for role in Role}
    for person in own.values():
        jobs.enqueue("演示", key=str(person.pk), arguments={}, by=person)
    seen = {role: Job.objects.visible_to(person).count() for role, person in own.items()}
    assert seen == {role: len(Role) if role in (Role.BUREAU, Role.AUDITOR) else 1 for role in Role}


def test_two_kinds_with_one_key_are_two_jobs_and_two_handlers_of_a_kind_are_refused(db, kinds, sent):
    first, second = (jobs.enqueue(kind, key="一", arguments={}, by=None) for kind in ("甲", "乙"))
    assert first.pk != second.pk
    jobs.handler("甲")(crash)
    with pytest.raises(ValueError, match="甲"):
        jobs.handler("甲")(lambda arguments, report: dict)
    assert handlers.handler_of("甲") is crash
