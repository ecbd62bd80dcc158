"""The only Celery tasks: run one job by id, sweep, ask for what the calendar wants, put a damage on record; and the
handler of core's own job."""

from uuid import UUID

from celery import shared_task
from django.db import close_old_connections
from django.utils import timezone

from core import jobs
from core.actions import record_look
from core.choices import Shelf
from core.declared import house
from core.files.checking import count_stored, look_at, look_through
from core.queries import described


@shared_task(name="core.tasks.run_job")
def run_job(job_id: str) -> None:
    # The worker keeps its connection between jobs (CELERY_DB_REUSE_MAX); one that died meanwhile is replaced here.
    close_old_connections()
    jobs.run(UUID(job_id))


@shared_task(name="core.tasks.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task(name="core.tasks.ask_for_scheduled")
def ask_for_scheduled() -> None:
    close_old_connections()
    jobs.ask_for_due(house().schedules, now=timezone.now())


@shared_task(name="core.tasks.note_damage")
def note_damage(shelf: str, sha256: str) -> None:
    """Somebody has found a damage where nothing may be written. Looked at again here, so that a message proves
    nothing."""
    close_old_connections()
    record_look([look_at(Shelf(shelf), sha256)])


def verify_files(arguments: jobs.Arguments, report: jobs.Report) -> jobs.Effect:
    """Nightly: everything stored, compared with its digest."""
    total, damaged, done = count_stored(), [], 0
    for done, looked in enumerate(look_through(), 1):
        report(done, max(total, done), "正在核验文件摘要")
        damaged += [looked] if looked.is_damaged else []

    def record() -> dict[str, object]:
        record_look(damaged, is_complete=True)
        return {"files": done, "damaged": len(damaged), "notices": [described(each) for each in damaged]}

    return record
