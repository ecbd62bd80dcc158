"""Reads of the evaluation, by noun. Nothing here writes."""
