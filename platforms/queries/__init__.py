"""Reads of the registry; they return querysets or plain rows and decide nothing."""

from platforms.queries.registration import (
    Accepted,
    accepted_on,
    operator_on,
    overlapping_term,
    term_on,
    with_accepted_on,
    with_registration,
)

__all__ = [
    "Accepted",
    "accepted_on",
    "operator_on",
    "overlapping_term",
    "term_on",
    "with_accepted_on",
    "with_registration",
]
