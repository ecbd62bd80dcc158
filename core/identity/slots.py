"""How many passwords are hashed at the same moment. A hash costs forty milliseconds of processor on purpose; without a
bound a flood of names would leave nothing for the pages. One at a time in each process; people at home come first, and
strangers share what a bucket lets through, so that they can never fill a processor."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

STRANGERS_PER_SECOND, STRANGERS_AT_FIRST = 4.0, 8.0
"""In each process: a sixth of a processor at most, and an office that starts its morning all at once."""
PATIENCE, PATIENCE_WITH_STRANGERS = 8.0, 0.3
"""Seconds that a request waits for its turn, holding its thread; a stranger's hardly any."""


class Busy(Exception):  # noqa: N818  an answer, not an error: come again in a moment
    seconds = 5


class HashSlots:
    """One slot, known people first."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._is_taken = False
        self._known_waiting = 0
        self._tokens, self._filled = STRANGERS_AT_FIRST, time.monotonic()

    @contextmanager
    def taken(self, *, is_known: bool) -> Iterator[None]:
        """Hold the slot; `Busy` when the turn does not come in time."""
        with self._turn:
            self._wait_as_known() if is_known else self._wait_as_stranger()
            self._is_taken = True
        try:
            yield
        finally:
            with self._turn:
                self._is_taken = False
                self._turn.notify_all()

    def _wait_as_known(self) -> None:
        self._known_waiting += 1
        try:
            if not self._turn.wait_for(lambda: not self._is_taken, PATIENCE):
                raise Busy
        finally:
            self._known_waiting -= 1

    def _wait_as_stranger(self) -> None:
        self._fill()
        if self._tokens < 1 or not self._turn.wait_for(self._is_free_for_strangers, PATIENCE_WITH_STRANGERS):
            raise Busy
        self._tokens -= 1

    def _is_free_for_strangers(self) -> bool:
        return not self._is_taken and not self._known_waiting and self._tokens >= 1

    def _fill(self) -> None:
        now = time.monotonic()
        grown = self._tokens + (now - self._filled) * STRANGERS_PER_SECOND
        self._tokens, self._filled = min(STRANGERS_AT_FIRST, grown), now


SLOTS = HashSlots()
