"""Background jobs: PostgreSQL is the record, the broker only carries ids.

An action calls `enqueue` inside its own transaction. A handler stands in a slice's `tasks`, its kind is declared in the
slice's `registry`. It reads, computes and reports progress, then returns an effect; the effect and `done` commit in one
transaction, so that a killed worker leaves either nothing or everything, and a message delivered twice does the work
once.
"""

from core.jobs.calendar import Days, Schedule, ask_for_due
from core.jobs.handlers import Arguments, Effect, Handler, Report, handler
from core.jobs.queue import enqueue, requeue
from core.jobs.runner import run
from core.jobs.sweeper import sweep
from core.jobs.telling import setback

__all__ = [
    "Arguments",
    "Days",
    "Effect",
    "Handler",
    "Report",
    "Schedule",
    "ask_for_due",
    "enqueue",
    "handler",
    "requeue",
    "run",
    "setback",
    "sweep",
]
