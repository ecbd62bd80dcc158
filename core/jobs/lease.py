"""How long a job is its worker's, and the heartbeat that keeps it so while the work goes on.

A short lease lets another worker go on soon after a kill; the heartbeat lets long work last longer than one lease. It
stops with the work, with the thread that does it, when the token is no longer ours, and after the longest time that
any work may take: a worker that hangs keeps nothing for ever."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import Error, connection

from core.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
BEAT = timedelta(seconds=15)  # three may be missed
LONGEST = timedelta(seconds=540)  # the worker's hard time limit, which the tests compare
_PARTING_SECONDS = 5

_RENEW = """
    UPDATE core_job SET lease_until = statement_timestamp() + %s * interval '1 second'
     WHERE id = %s AND token = %s AND state = 'running'
"""


@contextmanager
def kept_alive(job: Job) -> Iterator[None]:
    """Renew the lease of a claimed job from a thread beside this one until the block ends.

    Work that is done before the first beat, nearly all of it, costs a thread that only waits.
    """
    ended = threading.Event()
    beside = threading.Thread(target=_beat, args=(job, threading.current_thread(), ended), daemon=True)
    beside.start()
    try:
        yield
    finally:
        ended.set()
        beside.join(_PARTING_SECONDS)


def _beat(job: Job, worker: threading.Thread, ended: threading.Event) -> None:
    began = time.monotonic()
    while not ended.wait(BEAT.total_seconds()):
        if not worker.is_alive() or time.monotonic() - began > LONGEST.total_seconds():
            logger.error("job %s: the worker hangs or is gone, its lease is not renewed any more", job.pk)
            return
        if not _renew(job):
            return


def _renew(job: Job) -> bool:
    """On a connection of this thread's own; False once the job is another's. A database that does not answer may do so
    at the next beat."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_RENEW, [LEASE.total_seconds(), job.pk, job.token])
            return bool(cursor.rowcount)
    except Error as error:
        logger.warning("job %s: the lease was not renewed: %s", job.pk, error)
        return True
    finally:
        connection.close()
