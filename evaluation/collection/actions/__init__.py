"""A quarter's collection: periods are opened, closed, locked; platforms save, hand in, add evidence. Checking what was
handed in stands elsewhere."""

from evaluation.collection.actions.evidence import add_evidence, remove_evidence
from evaluation.collection.actions.handing_in import hand_in
from evaluation.collection.actions.periods import (
    close_period,
    complete_period,
    lock_period,
    open_period,
    suggested_due_day,
    unlock_period,
)
from evaluation.collection.actions.saving import Saved, save_figures

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
