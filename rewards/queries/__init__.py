"""Reads of rewards and consequences, by noun. Nothing here writes."""
