"""Which function handles which kind of job. Filled by the apps' `tasks` modules when the worker starts."""

from collections.abc import Callable, Mapping
from typing import Any

Report = Callable[[int, int, str], None]
"""report(done, total, note): progress that a page may show; may be called as often as one likes."""

Effect = Callable[[], Mapping[str, Any]]
"""Writes everything the job changes and returns its JSON-ready result; runs inside the finishing transaction."""

Handler = Callable[[Mapping[str, Any], Report], Effect]
"""handler(arguments, report): `arguments` are those given to `enqueue`, plus `by`, the account that asked."""

_handlers: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function for jobs of this kind."""

    def register(function: Handler) -> Handler:
        if _handlers.setdefault(kind, function) is not function:
            raise ValueError(f"two handlers for {kind}")
        return function

    return register


def handler_of(kind: str) -> Handler:
    return _handlers[kind]
