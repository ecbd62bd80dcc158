"""Job handlers of the evaluation, one module per noun; importing them registers them with the job table."""

from evaluation.tasks import bulletins, gathering, imports, rankings

__all__ = ["bulletins", "gathering", "imports", "rankings"]
