"""Where a person goes after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.models import User


def after_login(request: HttpRequest) -> HttpResponse:
    """Desk roles go to the desk, window accounts to their workspace."""
    assert isinstance(request.user, User)  # noqa: S101  the login middleware let nobody else through
    return redirect("admin:index" if request.user.is_staff else "my_home")
