"""How many passwords are hashed at the same moment. A hash costs forty milliseconds of processor on purpose; without a
bound a flood of names would leave nothing for the pages. One at a time in each process; people at home come first, and
strangers share a part of the time, so that they can never fill a processor, least of all a busy one."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

STRANGERS_SHARE, STRANGERS_AT_FIRST = 0.1, 0.6
"""Seconds of hashing that strangers are given each second, in each process, and those they may save up: on a machine
that has time, two or three a second, and an office that starts its morning all at once."""
PATIENCE, PATIENCE_WITH_STRANGERS = 8.0, 0.3
"""Seconds that a request waits for its turn, holding its thread. Of strangers one waits at a time: a flood of them must
not hold the threads that serve everybody."""


class Busy(Exception):  # noqa: N818  an answer, not an error: come again in a moment
    seconds = 5


class HashSlots:
    """One slot, known people first."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._is_taken = False
        self._known_waiting = self._strangers_waiting = 0
        self._saved, self._counted = STRANGERS_AT_FIRST, time.monotonic()

    @contextmanager
    def taken(self, *, is_known: bool) -> Iterator[None]:
        """Hold the slot; `Busy` when the turn does not come in time."""
        with self._turn:
            self._wait_as_known() if is_known else self._wait_as_stranger()
            self._is_taken = True
        started = time.monotonic()
        try:
            yield
        finally:
            with self._turn:
                self._is_taken = False
                self._saved -= 0.0 if is_known else time.monotonic() - started
                self._turn.notify_all()

    def turn_away(self) -> None:
        """`Busy` when a stranger would be sent away anyhow: cheap enough to ask before anything else."""
        with self._turn:
            self._save_up()
            if self._saved <= 0:
                raise Busy

    def _wait_as_known(self) -> None:
        self._known_waiting += 1
        try:
            if not self._turn.wait_for(lambda: not self._is_taken, PATIENCE):
                raise Busy
        finally:
            self._known_waiting -= 1

    def _wait_as_stranger(self) -> None:
        self._save_up()
        if self._saved <= 0 or self._strangers_waiting:
            raise Busy
        self._strangers_waiting += 1
        try:
            if not self._turn.wait_for(self._is_free_for_strangers, PATIENCE_WITH_STRANGERS):
                raise Busy
        finally:
            self._strangers_waiting -= 1

    def _is_free_for_strangers(self) -> bool:
        return not self._is_taken and not self._known_waiting and self._saved > 0

    def _save_up(self) -> None:
        now = time.monotonic()
        grown = self._saved + (now - self._counted) * STRANGERS_SHARE
        self._saved, self._counted = min(STRANGERS_AT_FIRST, grown), now


SLOTS = HashSlots()
