"""Sign-in behaviour on top of allauth: nobody signs up, and a lockout is said in Chinese."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None, *_: Any, **__: Any) -> HttpResponse:
    """The page after too many wrong passwords (429)."""
    return render(request, "account/locked_out.html", {"message": settings.AXES_COOLOFF_MESSAGE}, status=429)


def attempted_username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The account that a password was tried on. axes' backend hands it over as `login`, Django's signal of a failure as
    `username`: read under one name only, failures would be counted for nobody and nobody would be locked out."""
    given = credentials or {}
    return given.get("username") or given.get("login") or request.POST.get("login")


class PublicFirstMiddleware(LoginRequiredMiddleware):
    """Signing in by default, but a public page does not even ask who is there: no session is read, and every visitor
    may be given the same cached copy."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
