"""A job through the table (enqueue → done, trivial work) beside a bare Celery task: median latency, limit 3 times.

    python -m benchmarks.jobs

Both run on the same worker and Redis; the client waits for a push that the worker makes after the task, for a job after
its commit. Growth: 1, 10 and 100 asked for at once, milliseconds until the last is done. Both take turns.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from celery import current_app

from benchmarks.job_worker import DONE, broker
from benchmarks.limits import Compared, compared, linear, within
from benchmarks.scratch import owner_url, scratch_database
from core import jobs
from core.choices import JobState
from core.models import Job

LIMIT = 3
ROUNDS = {1: 60, 10: 15, 100: 5}


def start_worker() -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "DATABASE_OWNER_URL": owner_url()}
    command = [sys.executable, "-m", "celery", "-A", "benchmarks.job_worker", "worker", "-c", "2", "-l", "ERROR"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def running_worker() -> Iterator[None]:
    """A worker that is warm: both kinds of work have gone through it."""
    broker.flushdb()
    worker = start_worker()
    try:
        run_bare(4)
        run_jobs(4)
        yield
    finally:
        worker.terminate()
        worker.wait()
        broker.flushdb()


def wait_for(count: int) -> None:
    for _ in range(count):
        assert broker.blpop([DONE], timeout=60)


def run_bare(count: int) -> None:
    for _ in range(count):
        current_app.send_task("benchmarks.bare")
    wait_for(count)


def run_jobs(count: int) -> None:
    keys = [f"{time.monotonic_ns()}-{number}" for number in range(count)]
    for key in keys:
        jobs.enqueue("benchmarks.trivial", key=key, arguments={}, by=None)
    wait_for(count)


def seconds(function: Callable[[int], None], count: int) -> float:
    started = time.perf_counter()
    function(count)
    return time.perf_counter() - started


def compare(count: int) -> Compared:
    found = compared([(seconds(run_jobs, count), seconds(run_bare, count)) for _ in range(ROUNDS[count])])
    print(
        f"{count:3} at once: job {found.ours * 1000:8.2f} ms   bare task {found.bare * 1000:8.2f} ms   "
        f"ratio {found.ratio:4.2f}"
    )
    return found


def main() -> int:
    with scratch_database(), running_worker():
        found = [compare(count) for count in ROUNDS]
        assert not Job.objects.exclude(state=JobState.DONE).exists()
    held = [
        within("a job beside a bare task:", found[0].ratio, LIMIT),
        linear(list(ROUNDS), [each.ours for each in found]),
    ]
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
