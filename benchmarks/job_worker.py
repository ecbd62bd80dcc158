"""The worker of the job benchmark: one trivial bare Celery task and one trivial job, told apart by nothing else."""

from celery import shared_task
from celery.signals import task_postrun
from django.conf import settings
from redis import Redis

from core import jobs
from zhuzhou_sme.celery import app as app

DONE = "benchmark:done"
broker = Redis.from_url(settings.REDIS_URL, socket_timeout=None)  # its default, 5 s, would cut a wait short


@shared_task(name="benchmarks.bare")
def bare() -> None:
    """Nothing."""


@jobs.handler("benchmarks.trivial")
def trivial(arguments: object, report: object) -> jobs.Effect:
    return dict


@task_postrun.connect
def tell(**_: object) -> None:
    """Both kinds end the same way for the waiting client: a push after the task, for a job after its commit."""
    broker.rpush(DONE, "1")
