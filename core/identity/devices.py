"""Where an account is at home: the devices and addresses from which it has signed in. They stay open while strangers
guess, and come first when the server is busy. A new password makes strangers of them all."""

import ipaddress
import secrets
from collections.abc import Callable
from typing import Any

from allauth.account.signals import password_changed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from core.models import User

COOKIE_AGE = 180 * 24 * 60 * 60
_SALT = "core.identity.devices"


def address_of(request: HttpRequest) -> str:
    """The client's address; of IPv6 the network of a single customer, whose last half anybody writes as they like."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.IPv6Network((address, 64), strict=False))


def device_of(request: HttpRequest, account: str) -> str:
    """The device's name when this account has signed in on it with its present password, else ''."""
    try:
        device, mark = signing.loads(
            request.COOKIES.get(cookie_of(account), ""), salt=f"{_SALT}:{account}", max_age=COOKIE_AGE
        )
    except (signing.BadSignature, ValueError):
        return ""
    stored = User.objects.filter(username=account).values_list("password", flat=True).first()
    return device if stored is not None and constant_time_compare(mark, _mark(stored)) else ""


def cookie_of(account: str) -> str:
    """One for each account, so that people share a computer; the name tells nobody whose it is."""
    return f"device_{salted_hmac(f'{_SALT}:name', account).hexdigest()[:16]}"


def _mark(password: str) -> str:
    return salted_hmac(f"{_SALT}:password", password).hexdigest()[:32]


def at_home(request: HttpRequest | None, user: User, **_: Any) -> None:
    """Signed in, or a new password chosen while signed in: this device and this address are the account's own."""
    if request is None or "REMOTE_ADDR" not in request.META:
        return
    request.at_home = user  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO core_knownaddress (user_id, address, latest) VALUES (%s, %s, statement_timestamp())
               ON CONFLICT (user_id, address) DO UPDATE SET latest = EXCLUDED.latest""",
            [user.pk, address_of(request)],
        )


user_logged_in.connect(at_home, dispatch_uid="core.identity.devices")
password_changed.connect(at_home, dispatch_uid="core.identity.devices")


class KnownDeviceMiddleware:
    """Gives the browser the cookie of whoever has just signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user: User | None = getattr(request, "at_home", None)
        if user is not None:
            _remember(response, user, device_of(request, user.username) or secrets.token_hex(8))
        return response


def _remember(response: HttpResponse, user: User, device: str) -> None:
    value = signing.dumps([device, _mark(user.password)], salt=f"{_SALT}:{user.username}")
    response.set_cookie(
        cookie_of(user.username),
        value,
        max_age=COOKIE_AGE,
        path=settings.SESSION_COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
