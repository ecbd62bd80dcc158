"""Plain pages, 503, for what the server cannot give or take just now: a damaged file, and room that is used up."""

import errno
import logging
from collections.abc import Callable
from http import HTTPStatus

from django.db import Error
from django.http import HttpRequest, HttpResponseBase
from django.http.response import HttpResponse

from core.files.intact import Damaged
from core.views.plain import plain_page

logger = logging.getLogger(__name__)

AN_HOUR, TEN_MINUTES = 60 * 60, 10 * 60
_STATUS = HTTPStatus.SERVICE_UNAVAILABLE
_DISK_FULL = "53100"  # PostgreSQL's code


class UnavailableMiddleware:
    """Not 404 for a damaged file: it is published, and is back as soon as it is restored. `Retry-After` says how soon
    it is worth asking again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Damaged):
            return plain_page("damaged.html", status=_STATUS, retry_after=AN_HOUR, digest=exception.sha256)
        if _is_full(exception):
            logger.error("no room: %s %s: %s", request.method, request.path, exception)
            return plain_page("full.html", status=_STATUS, retry_after=TEN_MINUTES)
        return None


def _is_full(exception: Exception) -> bool:
    if isinstance(exception, OSError):
        return exception.errno in (errno.ENOSPC, errno.EDQUOT)
    cause = exception.__cause__ if isinstance(exception, Error) else None
    return _DISK_FULL in (getattr(cause, "pgcode", None), getattr(cause, "sqlstate", None))
