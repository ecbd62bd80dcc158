"""The Celery application: one task runs any job by its id; the beat schedule is the table below."""

import os
from dataclasses import replace

from celery import Celery
from celery.signals import worker_init

from core.files import turns
from core.files.cell import keep_to_itself

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuzhou_sme.settings")

from django.conf import settings

keep_to_itself()

PATIENCE = 300  # seconds

app = Celery("zhuzhou_sme", broker=settings.REDIS_URL, set_as_current=True)
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    # Whoever passes the hard limit is killed; no heartbeat renews a lease after it (core.jobs.lease).
    task_time_limit=540,
    task_soft_time_limit=510,
    # A message that nobody has answered for comes back after ten minutes: later than any work can last, and never the
    # only way back, because the sweeper asks the table every 30 s.
    broker_transport_options={"visibility_timeout": 600, "socket_connect_timeout": 1, "socket_timeout": 5},
    broker_connection_retry_on_startup=True,
    worker_soft_shutdown_timeout=30,
    timezone=settings.TIME_ZONE,
    task_default_queue="jobs",
    CELERY_DB_REUSE_MAX=1000,  # a new database connection for every job would cost more than a small job itself
    beat_schedule={
        # name: task, seconds between two runs
        "sweep-jobs": {"task": "core.tasks.sweep_jobs", "schedule": 30.0},
        # What the calendar wants, and when, the slices declare (`Schedule` in their registries).
        "calendar": {"task": "core.tasks.ask_for_scheduled", "schedule": 60.0},
    },
)
app.autodiscover_tasks()


@worker_init.connect
def wait_longer(**_: object) -> None:
    """Nobody watches a job: it waits its turn at the parser rather than ask to be tried again."""
    turns.use(replace(turns.queue, waiting=None, seconds=PATIENCE))
