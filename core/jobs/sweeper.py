"""The second chance: whatever is due and unfinished is sent again; what failed too often is stopped and said aloud."""

import logging
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from core.choices import JobState
from core.jobs.queue import send
from core.jobs.runner import ATTEMPTS
from core.models import Job

logger = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=30)


def sweep() -> int:
    """Send every overdue job again and return how many; harmless when two sweepers run at once."""
    lapsed = Q(state=JobState.RUNNING, lease_until__lt=Now())
    stopped = Job.objects.filter(lapsed, attempts__gte=ATTEMPTS).update(
        state=JobState.DEAD, finished_at=Now(), lease_until=None, error="执行中断次数过多,已停止"
    )
    if stopped:
        logger.error("%s jobs stopped after %s attempts", stopped, ATTEMPTS)
    overdue = Q(state=JobState.QUEUED, run_after__lt=Now() - PATIENCE) | lapsed
    due = list(Job.objects.filter(overdue).order_by("run_after").values_list("pk", flat=True)[:500])
    for job_id in due:
        send(job_id)
    return len(due)
