"""Putting jobs into the table and telling the worker. Losing the message is harmless: the sweeper sends it again."""

import json
import logging
from functools import partial
from uuid import UUID, uuid4

from celery import current_app
from django.db import transaction
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from core.choices import JobState
from core.errors import Refusal
from core.jobs.handlers import Arguments
from core.models import Job, User

logger = logging.getLogger(__name__)


# Written out so that asking for a job is one round trip; columns not named here take the defaults of the table.
_INSERT = """
    INSERT INTO core_job (id, kind, idempotency_key, arguments, created_by_id, state, attempts,
                          progress_done, progress_total, progress_note, error)
    VALUES (%s, %s, %s, %s, %s, 'queued', 0, 0, 0, '', '')
    ON CONFLICT (kind, idempotency_key) DO NOTHING
    RETURNING *
"""


def enqueue(kind: str, *, key: str, arguments: Arguments, by: User | None) -> Job:
    """Insert a job once per (kind, key) and send its id when the caller's transaction commits.

    A second call with the same key returns the first job, whatever its state.
    """
    new = [uuid4(), kind, key, json.dumps(dict(arguments)), by.pk if by else None]
    inserted = next(iter(Job.objects.raw(_INSERT, new)), None)
    job = inserted or Job.objects.get(kind=kind, idempotency_key=key)
    transaction.on_commit(partial(send, job.pk))
    return job


def requeue(*, job: Job, by: User) -> Job:
    """Give a job that ended without effect another round: one that stopped after repeated failures, or one that was
    refused and whose cause is gone.

    It stays the affair of whoever asked for it: it runs in that person's name and with that person's permissions. The
    row says beside that who gave it the last further round, and when.
    """
    with transaction.atomic():
        locked = Job.objects.select_for_update().get(pk=job.pk)
        if not locked.may_go_on:
            raise Refusal(
                f"只有未通过检查或多次失败后停止的任务可以重新执行,本任务当前为“{locked.get_state_display()}”"
            )
        Job.objects.filter(pk=job.pk).update(
            state=JobState.QUEUED,
            attempts=0,
            finished_at=None,
            result=None,
            error="",
            token=None,
            run_after=Now(),
            progress_note="经重新提交",
            retried_at=Now(),
            retried_by=by,
        )
        transaction.on_commit(partial(send, job.pk))
    job.refresh_from_db()
    return job


def send(job_id: UUID) -> None:
    """Tell the worker about a job; a broker that is down costs a delay, never the job."""
    try:
        current_app.send_task("core.tasks.run_job", args=[str(job_id)], retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("job %s stays queued, the broker did not answer: %s", job_id, error)
