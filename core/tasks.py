"""The only Celery tasks: run one job by id, and sweep."""

from uuid import UUID

from celery import shared_task
from django.db import close_old_connections

from core import jobs


@shared_task(name="core.tasks.run_job")
def run_job(job_id: str) -> None:
    # The worker keeps its connection between jobs (CELERY_DB_REUSE_MAX); one that died meanwhile is replaced here.
    close_old_connections()
    jobs.run(UUID(job_id))


@shared_task(name="core.tasks.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep()
