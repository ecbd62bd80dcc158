"""Sign-in behaviour on top of allauth: nobody signs up, an account that has ended opens nowhere."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.identity.proof import has_proved, leave_half_open
from core.identity.second_factor import has_factor
from core.models import SignIn, User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **step: object) -> HttpResponse | None:
        """Whatever the way in (password, passkey, identity centre), an account past its day is refused."""
        if user.is_expired_on(timezone.localdate()):
            response: HttpResponse = self.respond_user_inactive(request, user)
            return response
        leave_half_open(request, user)
        refused: HttpResponse | None = super().pre_login(request, user, **step)
        return refused

    def post_login(self, request: HttpRequest, user: User, **step: Any) -> HttpResponse:
        """Past every step of signing in: the access log takes it down."""
        SignIn.objects.create(user=user, address=request.META.get("REMOTE_ADDR", ""))
        response: HttpResponse = super().post_login(request, user, **step)
        return response

    def set_password(self, user: User, password: str) -> None:
        """A password one chose oneself."""
        user.must_change_password = False
        super().set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **_: object) -> bool:
        """Whoever signed in or confirmed a moment ago is not asked again."""
        records = get_authentication_records(context.request, context.request.user)
        is_fresh = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_fresh and super().is_reauthentication_required(app=app)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Where the code of a factor is owed, the password again would prove nothing new."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        is_owed = user.is_authenticated and not has_proved(context.request, user) and has_factor(user)
        return [each for each in methods if not is_owed or each["id"] != "reauthenticate"]


class IdentityAdapter(DefaultSocialAccountAdapter):
    """An identity of the identity centre opens the account that its owner linked it to, and creates none."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": "这个统一身份已经关联了另一个账号",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

    def list_apps(self, request: HttpRequest, provider: object = None, client_id: object = None) -> list[object]:
        """Identity centres are the deployment's affair: those of the settings and no rows of a table."""
        return [app for app in super().list_apps(request, provider, client_id) if app.pk is None]


class ClientAddressMiddleware:
    """Behind our own proxies, whose address is it? Limits, history and the list of sessions all ask
    REMOTE_ADDR. What a client writes into the header itself stands further left and is never read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if 0 < settings.TRUSTED_PROXIES <= len(hops):
            request.META["REMOTE_ADDR"] = hops[-settings.TRUSTED_PROXIES]
        return self.get_response(request)


class PublicFirstMiddleware(LoginRequiredMiddleware):
    """Signing in by default, but a public page does not even ask who is there: no session is read, and every visitor
    may be given the same cached copy."""

    def process_view(self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any) -> Any:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
