"""The worker of the kill and memory benchmarks: the portal's own, with short leases so that sixty kills take minutes.

`KILLS_LEASE=60` gives it the leases of operation."""

import os
from datetime import timedelta

import django

django.setup()

from core.jobs import lease, runner
from zhuzhou_sme.celery import app as app

if (seconds := float(os.environ.get("KILLS_LEASE", "3"))) < lease.LEASE.total_seconds():
    lease.LEASE, lease.BEAT = timedelta(seconds=seconds), timedelta(seconds=seconds / 4)
    runner.BACK_OFF = timedelta(0)
