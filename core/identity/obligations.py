"""What a signed-in person owes before anything else: the code of a factor that the account has, a password that nobody
else knows and, where the role asks for it, a second factor."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from core.identity.proof import has_proved
from core.identity.second_factor import factors_of, is_required_of
from core.models import User

LEAVING = frozenset({"admin:logout"})
PROVING = LEAVING | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
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
        """What was shown to somebody stays in no cache: the next person at a shared computer finds nothing."""
        response = self.get_response(request)
        if request.session.accessed and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not isinstance(request.user, User):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        owed = _owed(request, request.user)
        return None if owed is None or name in owed[0] else redirect(owed[1])


def _owed(request: HttpRequest, user: User) -> tuple[frozenset[str], str] | None:
    """What stays open and where everything else leads. It is the session that must have given the code: one that was
    opened with the password alone gains nothing by an enrolment elsewhere."""
    is_proved = has_proved(request, user)
    factors = set() if is_proved else factors_of(user)
    if factors:
        return PROVING, _code_page(request, factors)
    if user.must_change_password:
        return CHANGING, reverse("account_change_password")
    if is_proved or not is_required_of(user):
        return None
    return ENROLLING, reverse("mfa_activate_totp")


def _code_page(request: HttpRequest, factors: set[str]) -> str:
    page = "mfa_reauthenticate" if Authenticator.Type.TOTP in factors else "mfa_reauthenticate_webauthn"
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("after_login")
    return f"{reverse(page)}?{urlencode({'next': back})}"
