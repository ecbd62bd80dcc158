"""Whoever has to wait is told so, before anything else has been asked about the request."""

from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.choices import SignInStep
from core.identity import limits
from core.identity.slots import SLOTS, Busy
from core.views.plain import plain_page


class WaitingMiddleware:
    """Refuses a password that must wait without session, form or page, and answers for those who are refused deeper
    inside (`limits.begin`, `HashSlots`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path_info == _door():
            try:
                _refuse_early(request.POST.get("login", "").strip(), request)
            except (limits.TooSoon, Busy) as refused:
                return _answer(refused)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _answer(exception) if isinstance(exception, limits.TooSoon | Busy) else None


@cache
def _door() -> str:
    return reverse("account_login")


def _refuse_early(name: str, request: HttpRequest) -> None:
    """What would be refused later as well. A name with a NUL is left to the form."""
    if not name or "\0" in name:
        return
    attempt = limits.attempt_of(request, SignInStep.PASSWORD, name)
    limits.check(attempt)
    try:
        SLOTS.turn_away()
    except Busy:
        if not limits.is_at_home(attempt):
            raise


def _answer(refused: limits.TooSoon | Busy) -> HttpResponse:
    if isinstance(refused, Busy):
        return plain_page("busy.html", status=HTTPStatus.SERVICE_UNAVAILABLE, retry_after=refused.seconds)
    return plain_page("waiting.html", status=HTTPStatus.TOO_MANY_REQUESTS, retry_after=refused.seconds)
