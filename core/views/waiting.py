"""Whoever has to wait is told so, before anything else has been asked about the request."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.choices import SignInStep
from core.identity import limits
from core.identity.slots import Busy
from core.views.plain import plain_page


class WaitingMiddleware:
    """Refuses a password that must wait without session, form or page, and answers for those who are refused deeper
    inside (`limits.begin`, `HashSlots`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path_info == reverse("account_login"):
            name = request.POST.get("login", "").strip()
            try:
                if name and "\0" not in name:
                    limits.check(limits.attempt_of(request, SignInStep.PASSWORD, name))
            except limits.TooSoon as refused:
                return _wait(refused)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, limits.TooSoon):
            return _wait(exception)
        if isinstance(exception, Busy):
            return plain_page("busy.html", status=HTTPStatus.SERVICE_UNAVAILABLE, retry_after=exception.seconds)
        return None


def _wait(refused: limits.TooSoon) -> HttpResponse:
    return plain_page("waiting.html", status=HTTPStatus.TOO_MANY_REQUESTS, retry_after=refused.seconds)
