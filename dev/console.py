"""What a person sees while the machine is brought up: steps with seconds, notes, refusals, in Chinese."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


class Refusal(Exception):  # noqa: N818 - nothing is broken, we decline
    """A reason not to go on, with what the reader can do about it. Shown as it is, without a traceback."""


class Console:
    """Prints steps and how long each took; on a terminal the running step is one line that is rewritten."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.started = time.monotonic()
        self.rewrites = self.stream.isatty()
        self._noted_at = 0.0
        self._title = ""

    def say(self, text: str = "") -> None:
        self.stream.write(f"{text}\n")
        self.stream.flush()

    def elapsed(self) -> float:
        return time.monotonic() - self.started

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        began = time.monotonic()
        self._title, self._noted_at = title, began
        self._line(f"… {title}")
        try:
            yield
        except BaseException:
            self._end(f"✗ {title}({time.monotonic() - began:.1f} 秒)")
            raise
        self._end(f"✓ {title}({time.monotonic() - began:.1f} 秒)")

    def note(self, text: str) -> None:
        """Progress inside the running step; where lines cannot be rewritten, one in five seconds."""
        now = time.monotonic()
        if self.rewrites:
            self._line(f"… {self._title}:{text}")
        elif now - self._noted_at >= 5:
            self._noted_at = now
            self.say(f"  {self._title}:{text}")

    def aside(self, text: str) -> None:
        """A line that stays, said inside the running step."""
        self.say(f"\r\x1b[K  {text}" if self.rewrites else f"  {text}")

    def _line(self, text: str) -> None:
        if self.rewrites:
            self.stream.write(f"\r\x1b[K{text}")
            self.stream.flush()
        else:
            self.say(text)

    def _end(self, text: str) -> None:
        self.say(f"\r\x1b[K{text}" if self.rewrites else text)
