"""What a signed-in person owes before anything else: a password that nobody else knows and, where the role asks for it,
a second factor."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.identity.second_factor import has_factor, is_required_of
from core.models import User

LEAVING = frozenset({"admin:logout"})
CHANGING = LEAVING | {"account_change_password"}
ENROLLING = LEAVING | {
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_change_password",
}
"""Names of addresses that stay open, beside the public ones (signing out is one of them)."""


class ObligationsMiddleware:
    """Every page that asks who is there leads to what is owed, whatever its address and method."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not isinstance(request.user, User):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.user.must_change_password:
            return None if name in CHANGING else redirect("account_change_password")
        if name in ENROLLING or not is_required_of(request.user) or has_factor(request.user):
            return None
        return redirect("mfa_activate_totp")
