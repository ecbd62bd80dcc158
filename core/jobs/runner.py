"""Running one job under a lease. The steps are those of `run`; every time is the database's clock."""

import json
import logging
import time
import traceback
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models.functions import Now

from core.choices import JobState
from core.errors import Refusal, Unequipped
from core.jobs import lease
from core.jobs.handlers import Report, handler_of
from core.models import Job

logger = logging.getLogger(__name__)

ATTEMPTS = 5
BACK_OFF = timedelta(seconds=20)  # times the attempts; then the sweeper's PATIENCE and its beat: 50 to 80 s at first
_REPORT_EVERY_SECONDS = 0.5
INTERRUPTED, FAILED = "因服务中断重新执行", "上次执行出错,重新执行"


class LeaseLost(Exception):  # noqa: N818  not an error of ours: another worker took over
    """The token in the row is no longer ours; nothing of this run may be committed."""


def run(job_id: UUID) -> bool:
    """Run a job if it is due; True when this call finished it.

    1. Claim: one UPDATE writes a fresh token and lease, only if the job is queued and due or its lease has lapsed.
    2. The handler reads and computes outside any transaction and returns its effect; a heartbeat renews the lease
       until the job is answered.
    3. One transaction writes the effect and marks the job done by token; a token no longer ours rolls it back.
    4. A refusal, also for want of permission, is an answer and not a failure: it is stored with all its faults. Any
       other error is retried with growing delay and ends as `dead` after five attempts. What the server lacks ends it
       as `dead` at once, with its faults: somebody must first put that right, and can then give it another round.
    """
    job = _claim(job_id)
    if job is None:
        return False
    try:
        with lease.kept_alive(job):
            _answer(job)
    except LeaseLost:
        logger.warning("job %s was taken over by another worker", job.pk)
        return False
    except Exception:
        logger.exception("job %s failed", job.pk)
        _fail(job, traceback.format_exc(limit=-8))
        return False
    return True


def _answer(job: Job) -> None:
    """Steps 2 and 3, or the refusal in their place; `LeaseLost` when it comes too late, whatever the answer is."""
    try:
        with pghistory.context(user=job.created_by_id, job=str(job.pk)):
            effect = handler_of(job.kind)({**job.arguments, "by": job.created_by}, _reporter(job))
            with transaction.atomic():
                result = effect()
                _finish(job, JobState.DONE, result=dict(result))
    except Refusal as refusal:
        state = JobState.DEAD if isinstance(refusal, Unequipped) else JobState.REFUSED
        _finish(job, state, result={"faults": refusal.as_rows()}, error=str(refusal))
    except PermissionDenied as denied:  # also an answer: asking again would not help
        _finish(job, JobState.REFUSED, result={"faults": []}, error=str(denied) or "提交人没有执行此项任务的权限")


# One statement, so that claiming is one round trip and nobody can step between the question and the answer. It does not
# wait for the disk: a claim that a crash of the server forgets leaves the job queued, and its token finishes nothing.
_CLAIM = """
      WITH unhurried AS (SELECT set_config('synchronous_commit', 'off', true))
    UPDATE core_job
       SET state = 'running', attempts = attempts + 1, token = gen_random_uuid(),
           lease_until = statement_timestamp() + %s,
           progress_note = CASE WHEN state = 'running' THEN %s WHEN attempts > 0 THEN %s ELSE progress_note END
      FROM unhurried
     WHERE id = %s AND attempts < %s
       AND (state = 'queued' AND run_after <= statement_timestamp()
            OR state = 'running' AND lease_until < statement_timestamp())
 RETURNING core_job.*
"""


def _claim(job_id: UUID) -> Job | None:
    return next(iter(Job.objects.raw(_CLAIM, [lease.LEASE, INTERRUPTED, FAILED, job_id, ATTEMPTS])), None)


# Written out like the claim: putting the same statement together anew for every job costs a tenth of a small one.
_FINISH = """
    UPDATE core_job
       SET state = %s, result = %s, error = %s, finished_at = statement_timestamp(), lease_until = NULL,
           progress_note = ''
     WHERE id = %s AND token = %s AND state = 'running'
"""


def _finish(job: Job, state: JobState, *, result: Mapping[str, object], error: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(_FINISH, [state.value, json.dumps(dict(result)), error, job.pk, job.token])
        if cursor.rowcount == 0:
            raise LeaseLost


def _fail(job: Job, error: str) -> None:
    mine = Job.objects.filter(pk=job.pk, token=job.token, state=JobState.RUNNING)
    if job.attempts >= ATTEMPTS:
        mine.update(state=JobState.DEAD, error=error, finished_at=Now(), lease_until=None)
    else:
        mine.update(state=JobState.QUEUED, error=error, run_after=Now() + BACK_OFF * job.attempts, token=None)


def _reporter(job: Job) -> Report:
    """Progress goes straight to the row, at most twice a second, and only while the lease is ours.

    Work that is done again says why, as the claim has noted it, and what was counted before does not go back until it
    has been caught up with.
    """
    last, why = 0.0, f"{job.progress_note}:" if job.progress_note else ""

    def report(done: int, total: int, note: str) -> None:
        nonlocal last
        now = time.monotonic()
        if connection.in_atomic_block or (now - last < _REPORT_EVERY_SECONDS and done < total):
            return
        last = now
        reached = max(done, job.progress_done) if total == job.progress_total else done
        Job.objects.filter(pk=job.pk, token=job.token).update(
            progress_done=reached, progress_total=total, progress_note=f"{why}{note}"[:200]
        )

    return report
