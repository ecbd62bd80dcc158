"""Whose turn it is: at most so many parsers at once on this machine, whichever process starts them, and a bounded
number of others that wait a bounded time. A turn is a lock on a file, so that a process that is killed gives it back.
No Django here."""

import fcntl
import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.errors import Unequipped

BUSY = "现在上传的人较多,服务器来不及检查这个文件;请稍后再试一次,文件没有保存"
_PAUSE = 0.05


@dataclass(frozen=True)
class Queue:
    """`folder` holds the locks and belongs to all processes that share the machine's memory; `at_once` parsers run,
    `waiting` more may wait, each up to `seconds`. Web servers wait briefly, so that pages go on being answered; a
    worker, whom nobody watches, may wait long and needs no place (`waiting` None)."""

    folder: Path
    at_once: int = 2
    waiting: int | None = 6
    seconds: float = 20

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Held while a parser runs. Raises `Unequipped` when there is no place to wait, or the wait was in vain."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with ExitStack() as held:
            if self.waiting is not None and not self._taken(held, "place", self.at_once + self.waiting):
                raise Unequipped(BUSY)
            end = time.monotonic() + self.seconds
            while not self._taken(held, "turn", self.at_once):
                if time.monotonic() >= end:
                    raise Unequipped(BUSY)
                time.sleep(_PAUSE * (0.5 + random.random()))  # noqa: S311  so that those who wait do not march in step
            yield

    def _taken(self, held: ExitStack, kind: str, number: int) -> bool:
        """Locks the first free file of this kind until `held` is closed."""
        for each in range(number):
            file = os.open(self.folder / f"{kind}-{each}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                continue
            held.callback(os.close, file)
            return True
        return False


# The portal puts its own in its place when it starts (`core.apps`; the worker once more, for it waits longer).
queue = Queue(Path(tempfile.gettempdir()) / f"zhuzhou-sme-turns-{os.getuid()}")


def use(new: Queue) -> None:
    global queue
    queue = new
