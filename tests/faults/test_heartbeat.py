"""Work that lasts longer than a lease, with real workers: the heartbeat keeps it with whoever does it, and ends with
them. The control shows that without it a living worker is overtaken again and again."""

import os
import signal
import time

import pytest

from core import jobs
from core.choices import JobState
from core.jobs import queue
from core.models import Attachment, Job
from tests.faults.test_jobs_survive import wait_until_done

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

LASTS = 8  # seconds; the workers of these tests hold a lease for three


def ask(by) -> Job:
    return jobs.enqueue("faults.leave_mark", key="long", arguments={"name": "long", "seconds": LASTS}, by=by)


def wait_until_running(job: Job, attempt: int = 1) -> None:
    limit = time.monotonic() + 60
    while (job.state, job.attempts) != (JobState.RUNNING, attempt):
        assert time.monotonic() < limit
        jobs.sweep()
        time.sleep(0.2)
        job.refresh_from_db()


def test_long_work_is_done_by_one_worker_whatever_messages_come_again(idle_worker, bureau):
    idle_worker.start()
    job = ask(bureau)
    wait_until_running(job)
    for _ in range(3):
        queue.send(job.pk)
    wait_until_done(40, sweeping=True)
    job.refresh_from_db()
    assert (job.state, job.attempts, Attachment.objects.count()) == (JobState.DONE, 1, 1)


def test_control_without_the_heartbeat_a_living_worker_is_overtaken(idle_worker, bureau):
    idle_worker.start(FAULTS_NO_HEARTBEAT="1")
    job = ask(bureau)
    wait_until_running(job)
    wait_until_running(job, attempt=2)
    assert not Attachment.objects.exists(), "the first one is still at it"


def test_the_heartbeat_of_a_killed_worker_ends_with_it(idle_worker, bureau):
    """A pool process is killed alone: its parent lives on and takes the job up again once the lease has lapsed."""
    idle_worker.start()
    job = ask(bureau)
    wait_until_running(job)
    for child in idle_worker.children():
        os.kill(child, signal.SIGKILL)
    began = time.monotonic()
    wait_until_running(job, attempt=2)
    assert time.monotonic() - began < 20
    wait_until_done(40, sweeping=True)
    assert Attachment.objects.count() == 1
