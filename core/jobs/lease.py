"""How long a job is its worker's, and the heartbeat that keeps it so while the work goes on.

A short lease lets another worker go on soon after a kill; the heartbeat lets long work last longer than one lease. It
stops with the work, with the thread that does it, when the token is no longer ours, and after the longest time that
any work may take: a worker that hangs keeps nothing for ever."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import Error, connection

from core.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
BEAT = timedelta(seconds=15)  # three may be missed
LONGEST = timedelta(seconds=540)  # the worker's hard time limit, which the tests compare

_RENEW = """
    UPDATE core_job SET lease_until = statement_timestamp() + %s * interval '1 second'
     WHERE id = %s AND token = %s AND state = 'running'
"""


@dataclass(frozen=True)
class Held:
    """A claimed job, the thread that works at it, and since when by the machine's own clock."""

    job: Job
    worker: threading.Thread
    began: float

    @property
    def is_worked_at(self) -> bool:
        return self.worker.is_alive() and time.monotonic() - self.began < LONGEST.total_seconds()


_held: dict[UUID, Held] = {}  # by token
_beating: list[threading.Thread] = []
_starting = threading.Lock()


@contextmanager
def kept_alive(job: Job) -> Iterator[None]:
    """Renew the lease of a claimed job until the block ends.

    One thread per process beats for all that is held, so that work which is done before the next beat, nearly all of
    it, costs an entry and not a thread. A beat on its way when the block ends changes nothing: the row is not running.
    """
    assert job.token is not None  # noqa: S101  it has just been claimed
    _held[job.token] = Held(job, threading.current_thread(), time.monotonic())
    _keep_beating()
    try:
        yield
    finally:
        _held.pop(job.token, None)


def _keep_beating() -> None:
    """Start the thread where there is none: at the first job of a process, which after a fork has no other thread."""
    with _starting:
        if not (_beating and _beating[-1].is_alive()):
            _beating[:] = [threading.Thread(target=_beat, daemon=True)]
            _beating[-1].start()


def _beat() -> None:
    while True:
        time.sleep(BEAT.total_seconds())
        for token, held in list(_held.items()):
            if not held.is_worked_at:
                logger.error("job %s: its worker hangs or is gone, the lease is not renewed any more", held.job.pk)
                _held.pop(token, None)
            elif not _renew(held.job):
                _held.pop(token, None)


def _renew(job: Job) -> bool:
    """On a connection of its own, closed again; False once the job is another's. A database that does not answer may do
    so at the next beat."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_RENEW, [LEASE.total_seconds(), job.pk, job.token])
            return bool(cursor.rowcount)
    except Error as error:
        logger.warning("job %s: the lease was not renewed: %s", job.pk, error)
        return True
    finally:
        connection.close()
