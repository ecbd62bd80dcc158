"""Job handlers of the evaluation, one module per noun; importing them registers them with the job table."""

from evaluation.intake import tasks as imports
from evaluation.tasks import bulletins, gathering, rankings

__all__ = ["bulletins", "gathering", "imports", "rankings"]
