"""The portal's Celery application with one slow job of its own and short leases, for the fault tests' real workers.

With `FAULTS_PAUSE` (a path that does not exist yet) the first import, gathering, scoring, publishing, compiling or
letter creates that file after its rows are written and before they are committed, and waits there to be killed.
"""

import os
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from core import jobs  # noqa: E402
from core.files.sealing import seal  # noqa: E402
from core.jobs import lease, runner  # noqa: E402
from core.models import Attachment  # noqa: E402
from evaluation.bulletin import actions as bulletins  # noqa: E402
from evaluation.intake.actions import taking_in  # noqa: E402
from evaluation.ranking.actions import publications, rankings  # noqa: E402
from rewards import actions as letters  # noqa: E402
from zhuzhou_sme.celery import app as app  # noqa: E402

lease.LEASE = timedelta(seconds=3)
lease.BEAT = timedelta(seconds=3600 if os.environ.get("FAULTS_NO_HEARTBEAT") else 1)
runner.BACK_OFF = timedelta(seconds=0)


@jobs.handler("faults.leave_mark")
def leave_mark(arguments, report):
    """Takes a moment, then leaves one row; a second row would show that the work was done twice."""
    time.sleep(arguments["seconds"])

    def effect():
        Attachment.objects.create(
            sha256="0" * 64, name=arguments["name"], media_type="text/plain", size=0, uploaded_by=arguments["by"]
        )
        return {}

    return effect


def pausing(write):
    def write_and_pause(*arguments, **options):
        written = write(*arguments, **options)
        pause = os.environ.get("FAULTS_PAUSE")
        if pause and not Path(pause).exists():
            Path(pause).touch()
            time.sleep(60)
        return written

    return write_and_pause


taking_in._copy_figures = pausing(taking_in._copy_figures)
rankings._copy_scorecards = pausing(rankings._copy_scorecards)
publications._seal_files = pausing(publications._seal_files)
bulletins.seal = pausing(seal)  # type: ignore[attr-defined]
letters.seal = pausing(seal)  # type: ignore[attr-defined]
