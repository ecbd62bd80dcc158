"""Jobs: asked for once, done once, and never lost; the table decides, not the message."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from core import jobs
from core.choices import JobState
from core.errors import Fault, Refusal
from core.jobs import handlers, runner
from core.models import Job, Office
from tests.factories import UserFactory


@pytest.fixture
def kinds(monkeypatch):
    """A private table of handlers for one test."""
    table: dict[str, handlers.Handler] = {}
    monkeypatch.setattr(handlers, "_handlers", table)
    return table


def name_office(name: str) -> jobs.Effect:
    def effect():
        Office.objects.update_or_create(pk=1, defaults={"name": name})
        return {"name": name}

    return effect


def test_effect_and_done_are_one(db, kinds):
    kinds["rename"] = lambda arguments, report: name_office(arguments["name"])
    job = jobs.enqueue("rename", key="a", arguments={"name": "演示局"}, by=None)
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result, job.percent) == (JobState.DONE, {"name": "演示局"}, 100)
    assert Office.objects.get().name == "演示局"


def test_same_key_is_one_job_and_runs_once(db, kinds):
    calls = []
    kinds["count"] = lambda arguments, report: lambda: {"calls": calls.append(1) or len(calls)}
    first = jobs.enqueue("count", key="a", arguments={}, by=None)
    second = jobs.enqueue("count", key="a", arguments={}, by=None)
    assert first.pk == second.pk
    assert [jobs.run(first.pk), jobs.run(first.pk)] == [True, False]
    assert len(calls) == 1


def test_the_asking_account_reaches_the_handler(db, kinds):
    seen = []
    kinds["who"] = lambda arguments, report: lambda: seen.append(arguments["by"]) or {}
    user = UserFactory.create()
    jobs.run(jobs.enqueue("who", key="a", arguments={}, by=user).pk)
    assert seen == [user]


def test_refusal_keeps_every_fault_and_changes_nothing(db, kinds):
    def refuse(arguments, report):
        def effect():
            Office.objects.create(pk=1, name="不应留下")
            raise Refusal([Fault("数值为负", "不小于0的数", "运营数据", 5, "E", "-3"), Fault("合计不符")])

        return effect

    kinds["refuse"] = refuse
    job = jobs.enqueue("refuse", key="a", arguments={}, by=None)
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.REFUSED
    assert job.result is not None
    assert [fault["row"] for fault in job.result["faults"]] == [5, None]
    assert "工作表“运营数据”第5行“E”列:数值为负(现为“-3”);应为:不小于0的数" in job.error
    assert not Office.objects.exists()


def test_a_failing_job_is_retried_and_then_stops(db, kinds, monkeypatch):
    monkeypatch.setattr(runner, "BACK_OFF", timedelta(0))

    def crash(arguments, report):
        raise RuntimeError("演示故障")

    kinds["crash"] = crash
    job = jobs.enqueue("crash", key="a", arguments={}, by=None)
    for _ in range(runner.ATTEMPTS + 2):
        assert not jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DEAD, runner.ATTEMPTS)
    assert "演示故障" in job.error
    jobs.requeue(job=job, by=UserFactory.create())
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)


def test_a_worker_that_lost_its_lease_commits_nothing(db, kinds):
    def overtaken(arguments, report):
        Job.objects.update(token=uuid4())
        return name_office("不应留下")

    kinds["overtaken"] = overtaken
    job = jobs.enqueue("overtaken", key="a", arguments={}, by=None)
    assert not jobs.run(job.pk)
    assert not Office.objects.exists()


def test_without_the_token_check_the_late_worker_would_write(db, kinds, monkeypatch):
    """Control for the test above: with the check off the very same run leaves its mark."""
    monkeypatch.setattr(runner, "_finish", lambda job, state, *, result, error="": None)

    def overtaken(arguments, report):
        Job.objects.update(token=uuid4())
        return name_office("留下了")

    kinds["overtaken"] = overtaken
    jobs.run(jobs.enqueue("overtaken", key="a", arguments={}, by=None).pk)
    assert Office.objects.get().name == "留下了"


def test_a_lapsed_lease_is_taken_over_and_a_live_one_is_not(db, kinds):
    kinds["rename"] = lambda arguments, report: name_office("接管")
    job = jobs.enqueue("rename", key="a", arguments={}, by=None)
    held = Job.objects.filter(pk=job.pk)
    held.update(state=JobState.RUNNING, token=uuid4(), lease_until=Now() + timedelta(minutes=1))
    assert not jobs.run(job.pk)
    held.update(lease_until=Now() - timedelta(seconds=1))
    assert jobs.run(job.pk)


def test_sweeper_sends_what_is_overdue(db, kinds, monkeypatch):
    sent = []
    monkeypatch.setattr("core.jobs.sweeper.send", sent.append)
    fresh = jobs.enqueue("x", key="fresh", arguments={}, by=None)
    late = jobs.enqueue("x", key="late", arguments={}, by=None)
    Job.objects.filter(pk=late.pk).update(run_after=Now() - timedelta(minutes=1))
    assert jobs.sweep() == 1
    assert sent == [late.pk] and fresh.pk not in sent


def test_progress_is_seen_from_outside_while_the_job_runs(transactional_db, kinds):
    seen = []

    def slow(arguments, report):
        report(3, 4, "第3行")
        seen.append(tuple(Job.objects.values_list("progress_done", "progress_total", "progress_note").get()))
        return dict

    kinds["slow"] = slow
    jobs.run(jobs.enqueue("slow", key="a", arguments={}, by=None).pk)
    assert seen == [(3, 4, "第3行")]


def test_nothing_is_sent_when_the_business_transaction_rolls_back(transactional_db, monkeypatch):
    sent = []
    monkeypatch.setattr("core.jobs.queue.send", sent.append)
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.enqueue("x", key="a", arguments={}, by=None)
        raise RuntimeError
    assert sent == [] and not Job.objects.exists()


def test_two_workers_at_once_do_the_work_once(transactional_db, kinds):
    barrier = threading.Barrier(4)
    done = []
    kinds["count"] = lambda arguments, report: lambda: done.append(1) or {}
    job = jobs.enqueue("count", key="a", arguments={}, by=None)

    def work():
        try:
            barrier.wait()
            jobs.run(job.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [1]
