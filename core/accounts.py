"""Sign-in behaviour on top of allauth: nobody signs up, and a lockout is said in Chinese."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *_: Any, **__: Any) -> HttpResponse:
    """The page after too many wrong passwords (429)."""
    return render(request, "account/locked_out.html", {"message": settings.AXES_COOLOFF_MESSAGE}, status=429)
