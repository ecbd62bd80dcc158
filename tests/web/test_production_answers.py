"""What a production start promises with every kind of answer, in one table: headers, cookies, session."""

import os
import re
import runpy
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

from core.identity.devices import COOKIE_AGE, cookie_of
from core.models import User
from dev.checks import PRODUCTION
from dev.paths import CHECKOUT
from tests.factories import PASSWORD, MembershipFactory
from tests.web.test_security import ANSWERED, PUBLIC

EVERYWHERE = {
    "Content-Length": "*",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Content-Security-Policy": "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; img-src 'self'; script-src 'self'; style-src 'self'",
}
HTML = {"Content-Type": "text/html; charset=utf-8"}
OF_NOBODY = {**HTML, "Cache-Control": "no-store"}
OF_SOMEBODY = {**HTML, "Vary": "Cookie", "Cache-Control": "no-store"}
NEVER = {
    **HTML,
    "Vary": "Cookie",
    "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private",
    "Expires": "*",
}
CSV = {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": "*", "ETag": "*"}

# Kind of answer: address, who asks, status, every header beside those of EVERYWHERE, cookies. "*" differs by answer.
ANSWERS: dict[str, tuple[str, str, int, dict[str, str], set[str]]] = {
    "public page": ("/rankings/", "", 200, HTML, set()),
    "sign-in page": ("/accounts/login/", "", 200, NEVER, {"csrftoken"}),
    "desk page": ("/admin/", "bureau", 200, NEVER, {"csrftoken"}),
    "workspace page": ("/my/", "window", 200, NEVER, {"csrftoken"}),
    "own account": ("/accounts/sessions/", "bureau", 200, OF_SOMEBODY, {"csrftoken"}),
    "download of an edition": (
        *("/open-data/2025/county_window/v1/ranking.csv", "", 200),
        *(CSV | {"Cache-Control": "public, max-age=31536000, immutable"}, set()),
    ),
    "download of the latest": (
        *("/open-data/2025/county_window/latest/ranking.csv", "", 200),
        *(CSV | {"Cache-Control": "public, no-cache", "Content-Location": "*"}, set()),
    ),
    "not found": ("/no-such-page/", "", 404, HTML, set()),
    "a NUL": ("/no-such-page%00/", "", 404, HTML, set()),
    "sign in first": ("/my/", "", 302, OF_SOMEBODY | {"Location": "*"}, set()),
    "the desk's door": ("/admin/", "", 302, OF_SOMEBODY | {"Location": "*"}, set()),
    "not allowed": ("/admin/core/user/add/", "auditor", 403, OF_SOMEBODY, set()),
    "unexpected method": ("/rankings/", "poster", 405, HTML | {"Allow": "GET, HEAD"}, set()),
    "too many failures": ("/accounts/login/", "guesser", 429, OF_NOBODY | {"Retry-After": "30"}, set()),
    "an error of ours": ("/policy/", "unlucky", 500, OF_NOBODY, set()),
    "database away": ("/policy/", "cut off", 503, OF_NOBODY | {"Retry-After": "30"}, set()),
}


@pytest.fixture
def production(settings, monkeypatch):
    """This process answers as a public installation would."""
    for name in [each for each in os.environ if each.startswith(("SECURE", "TRUSTED", "SECRET", "ALLOWED", "CSRF"))]:
        monkeypatch.delenv(name)
    for name, value in PUBLIC.items():
        monkeypatch.setenv(name, value)
    read = runpy.run_path(str(CHECKOUT / "zhuzhou_sme" / "settings.py"))
    for name in (each for each in read if each.startswith(ANSWERED)):
        setattr(settings, name, read[name])
    return read


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_header_and_cookie_of_each_kind_of_answer(kind, site, bureau, auditor, production, monkeypatch):
    address, who, status, own, cookies = ANSWERS[kind]
    people = {"bureau": bureau, "auditor": auditor, "window": MembershipFactory.create().user}
    answer = asked(address, who, people.get(who), monkeypatch)
    expected = {**EVERYWHERE, **own}
    if kind == "a NUL":  # turned away before anything measures it; the web server does
        del expected["Content-Length"]
    if who == "poster":  # a form without its token is asked for the session first
        expected |= {"Vary": "Cookie", "Cache-Control": "no-store"}
    found = dict(answer.headers) | {"Content-Security-Policy": in_order(answer.headers["Content-Security-Policy"])}
    assert answer.status_code == status
    assert {name: "*" if expected.get(name) == "*" else value for name, value in found.items()} == expected
    assert set(answer.cookies) == cookies


def in_order(policy: str) -> str:
    return "; ".join(sorted(re.split(r";\s*", policy)))


def asked(address: str, who: str, user: User | None, monkeypatch) -> Any:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user, backend="core.identity.roles.RoleBackend")
    if who == "guesser":
        return [client.post(address, {"login": "nobody", "password": "x"}, secure=True) for _ in range(6)][-1]
    if who == "poster":
        return client.post(address, secure=True)

    def fail() -> None:
        raise ValueError if who == "unlucky" else OperationalError

    with monkeypatch.context() as patch:
        if who in {"unlucky", "cut off"}:
            patch.setattr("core.views.public.policies", fail)
        return client.get(address, secure=True)


YEAR = 52 * 7 * 24 * 60 * 60
COOKIES = {
    # what signs one in: gone with the browser, closed to scripts
    "sessionid": {"secure": True, "httponly": True, "samesite": "Lax", "path": "/", "max-age": "", "domain": ""},
    # the forms' token, which the grid's script reads
    "csrftoken": {"secure": True, "httponly": "", "samesite": "Lax", "path": "/", "max-age": YEAR, "domain": ""},
    # what was done, told on the next page
    "messages": {"secure": True, "httponly": True, "samesite": "Lax", "path": "/", "max-age": "", "domain": ""},
    # the account's own device
    "device": {
        "secure": True,
        "httponly": True,
        "samesite": "Strict",
        "path": "/",
        "max-age": COOKIE_AGE,
        "domain": "",
    },
}


def test_every_flag_of_every_cookie(production, bureau):
    client = Client()
    page = client.get("/accounts/login/", secure=True)
    answer = client.post("/accounts/login/", {"login": bureau.username, "password": PASSWORD}, secure=True)
    given = {**page.cookies, **answer.cookies}
    named = {"device" if name == cookie_of(bureau.username) else name: cookie for name, cookie in given.items()}
    assert {name: {flag: cookie[flag] for flag in COOKIES[name]} for name, cookie in named.items()} == COOKIES


SESSION = {
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
    "SESSION_COOKIE_AGE": 12 * 60 * 60,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "SESSION_SAVE_EVERY_REQUEST": False,
    "SESSION_SERIALIZER": "django.contrib.sessions.serializers.JSONSerializer",
    "SESSION_COOKIE_NAME": "sessionid",
    "CSRF_USE_SESSIONS": False,
    "CSRF_COOKIE_HTTPONLY": False,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    "PASSWORD_HASHERS": ["core.identity.passwords.Argon2idHasher"],
}


def test_every_setting_of_sessions(production, bureau):
    assert {name: getattr(configured, name) for name in SESSION} == SESSION
    client = Client()
    client.post("/accounts/login/", {"login": bureau.username, "password": PASSWORD}, secure=True)
    stored = Session.objects.get(pk=client.session.session_key)
    assert PASSWORD not in stored.session_data and len(stored.session_key) == 32


def test_a_production_start_has_nothing_to_warn_of():
    """`check --deploy` as `make check` runs it, every warning a failure."""
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    ours = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    variables = ours | PRODUCTION | {"SECRET_KEY": "Zz7!-_" * 12}
    done = subprocess.run(command, cwd=CHECKOUT, env=variables, capture_output=True, text=True)
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr
