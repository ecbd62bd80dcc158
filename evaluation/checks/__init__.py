"""Checks of what comes in: pure functions over cells and rows. No Django, no database, no file and no clock here; the
registry, the period and the reading of a single cell are handed in."""
