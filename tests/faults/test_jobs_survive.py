"""Real workers, real Redis: pool processes and whole workers killed, Redis emptied, messages doubled. Every job takes
effect exactly once. The control shows that the faults do lose work when nobody sweeps."""

import os
import random
import signal
import time
from collections import Counter
from datetime import timedelta

import pytest
import redis

from core import jobs
from core.choices import JobState
from core.jobs import queue, sweeper
from core.models import Attachment, Job, User
from tests.faults.conftest import Worker

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

JOBS = 12


def ask_for_jobs(by: User) -> None:
    for number in range(JOBS):
        arguments = {"name": f"job{number}", "seconds": 0.3}
        jobs.enqueue("faults.leave_mark", key=str(number), arguments=arguments, by=by)


def marks() -> Counter[str]:
    return Counter(Attachment.objects.values_list("name", flat=True))


def wait_until_done(seconds: float, *, sweeping: bool) -> None:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and Job.objects.exclude(state=JobState.DONE).exists():
        if sweeping:
            jobs.sweep()
        time.sleep(0.5)


def wait_for_first_mark() -> None:
    limit = time.monotonic() + 20
    while time.monotonic() < limit and not Attachment.objects.exists():
        time.sleep(0.1)


def do_damage(worker: Worker, broker: redis.Redis, chance: random.Random) -> None:
    """One fault of each kind: a pool process, Redis emptied, the whole worker; then messages sent twice."""
    for child in worker.children()[:1]:
        os.kill(child, signal.SIGKILL)
    time.sleep(chance.uniform(0.2, 0.6))
    broker.flushdb()
    time.sleep(chance.uniform(0.2, 0.6))
    worker.kill_all()
    worker.start()
    for job_id in Job.objects.values_list("pk", flat=True)[:4]:
        queue.send(job_id)


def test_every_job_takes_effect_exactly_once(worker, broker, bureau, monkeypatch):
    monkeypatch.setattr(sweeper, "PATIENCE", timedelta(seconds=1))
    ask_for_jobs(bureau)
    wait_for_first_mark()
    do_damage(worker, broker, random.Random(1))
    wait_until_done(60, sweeping=True)
    assert marks() == Counter({f"job{number}": 1 for number in range(JOBS)})
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_control_without_the_sweeper_work_stays_undone(worker, broker, bureau):
    ask_for_jobs(bureau)
    wait_for_first_mark()
    broker.flushdb()
    worker.kill_all()
    worker.start()
    wait_until_done(8, sweeping=False)
    assert sum(marks().values()) < JOBS
