"""Error pages that must work when the database or the session does not: no context processor runs for them."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import ConnectionError as CacheError
from redis.exceptions import TimeoutError as CacheTimeout

from core.views.plain import plain_page

RETRY_AFTER = 30
# Of an error that PostgreSQL itself reported: connection lost, no room or memory or connections left, shutting down or
# starting. Without a code nobody answered at all. A deadlock or a statement of ours that went wrong is none of these.
_AWAY = ("08", "53", "57P")


def server_error(request: HttpRequest) -> HttpResponse:
    """503 while the database or the cache is away, which passes by itself; else 500."""
    if is_away(sys.exception()):
        return plain_page("503.html", status=HTTPStatus.SERVICE_UNAVAILABLE, retry_after=RETRY_AFTER)
    return plain_page("500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)


def is_away(error: BaseException | None) -> bool:
    """Whether a server that we need did not answer, as told by the error or by whatever it was raised from."""
    while error is not None:
        if isinstance(error, CacheError | CacheTimeout | BrokerError):
            return True
        if isinstance(error, OperationalError | InterfaceError):
            code = getattr(error.__cause__, "pgcode", None) or getattr(error.__cause__, "sqlstate", None)
            return code is None or str(code).startswith(_AWAY)
        error = error.__cause__ or error.__context__
    return False


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)
