"""A quarter's collection: periods are opened, closed, locked; platforms save, hand in, add evidence. Checking what was
handed in stands elsewhere."""

from evaluation.actions.submissions.evidence import add_evidence, remove_evidence
from evaluation.actions.submissions.handing_in import hand_in
from evaluation.actions.submissions.periods import (
    close_period,
    complete_period,
    lock_period,
    open_period,
    suggested_due_day,
    unlock_period,
)
from evaluation.actions.submissions.saving import Saved, save_figures

__all__ = [
    "Saved",
    "add_evidence",
    "close_period",
    "complete_period",
    "hand_in",
    "lock_period",
    "open_period",
    "remove_evidence",
    "save_figures",
    "suggested_due_day",
    "unlock_period",
]
