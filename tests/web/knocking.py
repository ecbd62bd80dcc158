"""Knocking at an address as somebody, by any method, and taking back whatever came of it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.forms import seen_at
from tests.web.world import World

# What answering may write besides the business: the session, and the times of signing in.
NOT_BUSINESS = {
    "django_session",
    "usersessions_usersession",
    "core_signin",
    "core_signinfailure",
    "core_knownaddress",
}
_WRITES = re.compile(r'(?<!FOR )(?<!KEY )\b(?:INSERT INTO|UPDATE|DELETE FROM|COPY)\s+"?(?P<table>[a-z]\w+)')


def answer(response: Any) -> str:
    """`in` = sent to sign in, `door` = sent to the desk's own door, else the status."""
    location = response.headers.get("Location", "")
    if location.startswith("/accounts/login/"):
        return "in"
    return "door" if location.startswith("/admin/login/") else str(response.status_code)


@dataclass
class Watch:
    """The tables that were written while it looked."""

    written: set[str] = field(default_factory=set)

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        done = execute(sql, params, many, context)
        if context["cursor"].rowcount != 0:
            self.written |= {found["table"] for found in _WRITES.finditer(str(sql))} - NOT_BUSINESS
        return done


@dataclass
class Visitor:
    """Somebody of a role, before whom the world is always as it was built."""

    world: World
    role: str

    def __post_init__(self) -> None:
        self._client = self.world.client(self.role)
        self._client.raise_request_exception = False  # an error is an answer too
        self._cookies = {name: morsel.value for name, morsel in self._client.cookies.items()}

    def knock(
        self,
        method: str,
        name: str,
        arguments: Sequence[Any],
        data: Mapping[str, Any] | None = None,
        *,
        look: Callable[[set[str]], None] | None = None,
    ) -> str:
        """The answer, with `+` when it wrote to a table of the business; `look` is shown the tables before it is taken
        back."""
        client, watch = self._afresh(), Watch()
        with _taken_back(), connection.execute_wrapper(watch):
            response = client.generic(method, reverse(name, args=arguments)) if method == "HEAD" else None
            address = reverse(name, args=arguments)
            if method == "POST":  # by somebody who has just seen what stands there: the answer is the view's own
                response = client.post(address, {"seen": seen_at(client, address), **(data or {})})
            found = answer(response if response is not None else client.get(address, data or {}))
            if look is not None:
                look(watch.written)
        return f"{found}+" if watch.written else found

    def _afresh(self) -> Client:
        self._client.cookies = SimpleCookie(self._cookies)
        return self._client


@contextmanager
def _taken_back() -> Iterator[None]:
    """Rows and the counts of attempts alike."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()
