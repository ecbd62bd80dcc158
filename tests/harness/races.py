"""Several people at the same moment: each work in a thread of its own, with a database connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

_PATIENCE = 60
"""Seconds until everybody is ready, and until the last is done; far more than any of it takes."""


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each work answered, an exception included, in the order they ended; all start together."""
    answers: list[Any] = []
    ready = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> None:
        try:
            ready.wait(_PATIENCE)
            answers.append(work())
        except Exception as error:  # the test judges it
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_PATIENCE)
    return answers
