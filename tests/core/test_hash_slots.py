"""Bounded hashing: one at a time, people at home first, strangers for a part of the time."""

import threading
import time

import pytest

from core.identity import slots
from core.identity.slots import Busy, HashSlots
from tests.harness.races import at_once


class Clock:
    """Stands still until a hash takes its time: how busy the machine is decides nothing here."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch) -> Clock:
    monkeypatch.setattr(slots, "STRANGERS_AT_FIRST", 0.05)
    monkeypatch.setattr(slots, "time", still := Clock())
    return still


def hashed(queue: HashSlots, *, is_known: bool, clock: Clock | None = None, seconds: float = 0.0) -> str:
    try:
        with queue.taken(is_known=is_known):
            if clock:
                clock.now += seconds
            return "hashed"
    except Busy:
        return "busy"


def test_strangers_get_the_time_that_is_theirs_and_known_people_are_not_counted(clock):
    queue = HashSlots()
    assert [hashed(queue, is_known=False, clock=clock, seconds=0.02) for _ in range(6)] == ["hashed"] * 3 + ["busy"] * 3
    with pytest.raises(Busy):
        queue.turn_away()
    assert {hashed(queue, is_known=True, clock=clock, seconds=0.002) for _ in range(5)} == {"hashed"}


def test_a_hash_that_took_long_costs_more(clock):
    """On a busy machine strangers are given fewer, not the same number for more of the time."""
    queue = HashSlots()
    assert [hashed(queue, is_known=False, clock=clock, seconds=0.2) for _ in range(2)] == ["hashed", "busy"]


def test_a_tenth_of_the_time_comes_back(clock):
    queue = HashSlots()
    assert [hashed(queue, is_known=False, clock=clock, seconds=0.06) for _ in range(2)] == ["hashed", "busy"]
    clock.now += 0.02
    assert hashed(queue, is_known=False) == "busy"
    clock.now += 0.1
    queue.turn_away()
    assert hashed(queue, is_known=False) == "hashed"


@pytest.mark.parametrize("is_known", [True, False])
def test_never_two_at_once(monkeypatch, is_known):
    monkeypatch.setattr(slots, "PATIENCE_WITH_STRANGERS", 30.0)
    monkeypatch.setattr(slots, "STRANGERS_AT_FIRST", 30.0)
    queue, inside, most = HashSlots(), [0], [0]

    def one() -> None:
        with queue.taken(is_known=is_known):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.002)
            inside[0] -= 1

    answers = at_once(*[one] * 20)
    assert most == [1]
    assert answers.count(None) == 20 if is_known else answers.count(None) >= 1


def test_a_stranger_lets_known_people_pass_and_does_not_wait_long(monkeypatch):
    queue, order = HashSlots(), []
    monkeypatch.setattr(slots, "PATIENCE_WITH_STRANGERS", 5.0)

    def taker(name: str, *, is_known: bool) -> threading.Thread:
        def take() -> None:
            with queue.taken(is_known=is_known):
                order.append(name)

        thread = threading.Thread(target=take)
        thread.start()
        return thread

    with queue.taken(is_known=True):
        waiting = [taker("stranger", is_known=False)]
        time.sleep(0.05)
        waiting += [taker("known", is_known=True) for _ in range(3)]
        time.sleep(0.05)
    for thread in waiting:
        thread.join(10)
    assert order == ["known"] * 3 + ["stranger"]
    monkeypatch.setattr(slots, "PATIENCE_WITH_STRANGERS", 0.01)
    with queue.taken(is_known=True):
        assert hashed(queue, is_known=False) == "busy"


def test_of_strangers_one_waits_at_a_time(monkeypatch):
    """The others are sent away at once: their threads are everybody's."""
    monkeypatch.setattr(slots, "PATIENCE_WITH_STRANGERS", 5.0)
    queue, answers = HashSlots(), []
    with queue.taken(is_known=True):
        waiting = threading.Thread(target=lambda: answers.append(hashed(queue, is_known=False)))
        waiting.start()
        time.sleep(0.05)
        started = time.monotonic()
        assert hashed(queue, is_known=False) == "busy"
        assert time.monotonic() - started < 1
    waiting.join(10)
    assert answers == ["hashed"]


def test_a_known_person_who_waits_in_vain_is_told(monkeypatch):
    monkeypatch.setattr(slots, "PATIENCE", 0.01)
    queue = HashSlots()
    with queue.taken(is_known=True):
        assert hashed(queue, is_known=True) == "busy"
    assert hashed(queue, is_known=True) == "hashed"


def test_a_hash_that_fails_frees_the_slot():
    queue = HashSlots()
    with pytest.raises(ZeroDivisionError), queue.taken(is_known=True):
        1 / 0  # noqa: B018
    assert hashed(queue, is_known=True) == "hashed"
