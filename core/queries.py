"""Reads of core's tables."""

from core.models import Office


def office() -> Office:
    """The bureau's particulars; the defaults until staff have saved the row."""
    return Office.current()
