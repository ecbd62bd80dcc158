"""The heartbeat by itself: what it renews, and everything that ends it."""

import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models.functions import Now

from core.choices import JobState
from core.jobs import lease
from core.models import Job

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(monkeypatch):
    monkeypatch.setattr(lease, "BEAT", timedelta(seconds=0.1))
    monkeypatch.setattr(lease, "_beating", [])  # one that does not sleep till the beat of operation
    return Job.objects.create(
        kind="演示", idempotency_key="1", state=JobState.RUNNING, token=uuid4(), lease_until=Now()
    )


def beats_of(job: Job) -> bool:
    """Whether the lease is renewed within a second."""
    job.refresh_from_db()
    before = job.lease_until
    limit = time.monotonic() + 1
    while time.monotonic() < limit:
        job.refresh_from_db()
        if job.lease_until != before:
            return True
        time.sleep(0.05)
    return False


def test_it_renews_while_the_work_goes_on_and_ends_with_it(held):
    with lease.kept_alive(held):
        assert beats_of(held) and beats_of(held)
    assert not beats_of(held)


def test_it_ends_with_the_thread_that_does_the_work(held):
    """Whoever vanishes in the middle never reaches the end of the block."""
    ended, entered, block = threading.Event(), threading.Event(), lease.kept_alive(held)

    def vanish():
        block.__enter__()
        entered.set()
        ended.wait(60)

    worker = threading.Thread(target=vanish)
    worker.start()
    assert entered.wait(60) and beats_of(held)
    ended.set()
    worker.join(60)
    time.sleep(0.3)
    assert not beats_of(held)


def test_it_ends_after_the_longest_time_that_work_may_take(held, monkeypatch):
    monkeypatch.setattr(lease, "LONGEST", timedelta(seconds=0.5))
    with lease.kept_alive(held):
        time.sleep(0.8)
        assert not beats_of(held)


@pytest.mark.parametrize("change", [{"token": uuid4()}, {"state": JobState.DONE, "finished_at": Now()}])
def test_it_renews_nothing_of_anothers(held, change):
    with lease.kept_alive(held):
        assert beats_of(held)
        Job.objects.filter(pk=held.pk).update(**change)
        time.sleep(0.3)
        assert not beats_of(held)


def test_a_database_that_does_not_answer_once_is_asked_again(held, monkeypatch):
    renew, failures = lease._RENEW, iter(["SELECT 1/0"])
    cursor = type(connection.cursor())
    execute = cursor.execute

    def failing(self, sql, params=None):
        return (
            execute(self, next(failures, sql), None)
            if sql == renew and params and failures
            else execute(self, sql, params)
        )

    monkeypatch.setattr(cursor, "execute", failing)
    with lease.kept_alive(held):
        time.sleep(0.3)
        monkeypatch.undo()
        monkeypatch.setattr(lease, "BEAT", timedelta(seconds=0.1))
        assert beats_of(held)
