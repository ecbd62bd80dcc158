"""Which function handles which kind of job. Filled at start from what the apps and slices declare (`core.declared`)."""

from collections.abc import Callable, Mapping
from typing import Any

Report = Callable[[int, int, str], None]
"""report(done, total, note): progress that a page may show; may be called as often as one likes."""

Effect = Callable[[], Mapping[str, object]]
"""Writes everything the job changes and returns its JSON-ready result; runs inside the finishing transaction."""

Arguments = Mapping[str, Any]
"""Of a job, as they were enqueued and come back from JSON."""

Handler = Callable[[Arguments, Report], Effect]
"""handler(arguments, report): `arguments` are those given to `enqueue`, plus `by`, the account that asked."""

_handlers: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Name the function that handles jobs of this kind; a second one is refused."""

    def register(function: Handler) -> Handler:
        if _handlers.setdefault(kind, function) is not function:
            raise ValueError(f"two handlers for {kind}")
        return function

    return register


def handler_of(kind: str) -> Handler:
    return _handlers[kind]


def kinds() -> frozenset[str]:
    """The kinds that have a handler."""
    return frozenset(_handlers)
