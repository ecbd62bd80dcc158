"""Job handlers of the evaluation, one module per noun; importing them registers them with the job table."""

from evaluation.gathering import tasks as gathering
from evaluation.intake import tasks as imports
from evaluation.ranking import tasks as rankings
from evaluation.tasks import bulletins

__all__ = ["bulletins", "gathering", "imports", "rankings"]
