"""The portal's Celery application with one slow job of its own and short leases, for the fault tests' real workers."""

import time
from datetime import timedelta

import django

django.setup()

from core import jobs  # noqa: E402
from core.jobs import runner  # noqa: E402
from core.models import Attachment  # noqa: E402
from zhuzhou_sme.celery import app as app  # noqa: E402

runner.LEASE = timedelta(seconds=3)
runner.BACK_OFF = timedelta(seconds=0)


@jobs.handler("faults.leave_mark")
def leave_mark(arguments, report):
    """Takes a moment, then leaves one row; a second row would show that the work was done twice."""
    time.sleep(arguments["seconds"])

    def effect():
        Attachment.objects.create(sha256="0" * 64, name=arguments["name"], media_type="text/plain", size=0)
        return {}

    return effect
