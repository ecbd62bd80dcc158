"""Database or cache away: 503 with a plain page on every kind of page, and back without a person. A real server, whose
ways to PostgreSQL and Valkey can be cut."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from redis.exceptions import ConnectionError as CacheError

from core.views.errors import is_away
from dev.paths import CHECKOUT
from dev.servers import free_port
from tests.factories import PASSWORD, MembershipFactory
from tests.harness.outages import Wire
from tests.web.test_second_factor import SECRET, code_of, enrolled

LOGIN = "/accounts/login/"
TOKEN = "t" * 32


class Portal:
    """gunicorn with the project, on the test's own servers behind wires."""

    def __init__(self) -> None:
        to = connection.settings_dict
        cache = urlsplit(settings.REDIS_URL)
        self.database = Wire(to["HOST"] or "127.0.0.1", int(to["PORT"] or 5432))
        self.cache = Wire(cache.hostname or "127.0.0.1", cache.port or 6379)
        self.port = free_port()
        secret, at, _ = cache.netloc.rpartition("@")
        user = f"{to['USER']}:{to['PASSWORD']}"
        variables = {
            "DATABASE_ROLE": "owner",
            "DATABASE_OWNER_URL": f"postgres://{user}@127.0.0.1:{self.database.port}/{to['NAME']}",
            "REDIS_URL": cache._replace(netloc=f"{secret}{at}127.0.0.1:{self.cache.port}").geturl(),
            "SECURE_COOKIES": "0",
            "PLAIN_STATIC_FILES": "1",
            "SECRET_KEY": settings.SECRET_KEY,
            "LOG_LEVEL": "CRITICAL",
        }
        command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{self.port}", "--threads=4"]
        self.process = subprocess.Popen(
            [*command, "zhuzhou_sme.wsgi:application"],
            cwd=CHECKOUT,
            env=os.environ | variables,
            stderr=subprocess.DEVNULL,
        )
        self.cookies: dict[str, str] = {"csrftoken": TOKEN}
        self.until_answered()

    def until_answered(self) -> None:
        for _ in range(200):
            try:
                if self.ask("/healthz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        pytest.fail("the portal does not start")

    def ask(self, address: str, fields: dict[str, str] | None = None) -> tuple[int, dict[str, str], str]:
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}) if fields is not None else None
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request("POST" if body else "GET", address, body, headers)
            answer = line.getresponse()
            for given in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = given.split(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace")
        finally:
            line.close()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        self.database.cut()
        self.cache.cut()


@pytest.fixture
def portal(transactional_db) -> Iterator[Portal]:
    started = Portal()
    yield started
    started.stop()


KINDS = {
    "public page": "/rankings/",
    "home": "/",
    "sign-in page": LOGIN,
    "desk page": "/admin/",
    "desk list": "/admin/core/job/",
    "workspace": "/my/",
    "open data": "/open-data/",
    "download": "/open-data/2025/county_window/v1/ranking.csv",
    "own sessions": "/accounts/sessions/",
    "error page": "/no-such-page/",
    "health": "/healthz",
}


def test_without_the_database_every_kind_of_page_is_a_plain_503_and_comes_back_by_itself(portal):
    window = MembershipFactory.create(user__role="window").user
    given = {"login": window.username, "password": PASSWORD}
    assert portal.ask(LOGIN, given)[0] == 302
    assert portal.ask("/my/")[0] == 200
    before = {kind: portal.ask(address)[0] for kind, address in KINDS.items()}
    assert 503 not in before.values() and 500 not in before.values()
    portal.database.cut()
    for _ in range(2):  # with the connection that broke, and with none
        for kind, address in KINDS.items():
            found = portal.ask(address)
            assert_plain_503(found, kind)
        assert_plain_503(portal.ask(LOGIN, given), "signing in")
        assert_plain_503(portal.ask("/admin/jobs/", {"submission": "x"}), "a step of work")
    portal.database.mend()
    assert {kind: portal.ask(address)[0] for kind, address in KINDS.items()} == before
    assert portal.ask("/my/")[0] == 200, "the session is still there"


def assert_plain_503(found: tuple[int, dict[str, str], str], kind: str) -> None:
    status, headers, page = found
    assert (status, headers.get("Retry-After")) == (503, "30"), kind
    assert "系统暂时不能使用" in page and "Traceback" not in page and "{wait}" not in page, kind
    assert "Content-Security-Policy" in headers and headers["Cache-Control"] == "no-store", kind


def test_without_the_cache_passwords_and_pages_work_and_codes_wait(portal):
    """Limits are in the database. That a code opens once is remembered in the cache: without it no code opens."""
    window = MembershipFactory.create(user__role="window").user
    staff = enrolled("auditor")
    portal.cache.cut()
    assert portal.ask(LOGIN, {"login": window.username, "password": PASSWORD})[0] == 302
    assert [portal.ask(address)[0] for address in ("/my/", "/", "/healthz", "/rankings/")] == [200] * 4
    portal.cookies = {"csrftoken": TOKEN}
    wrong = [portal.ask(LOGIN, {"login": "nobody", "password": "x"})[0] for _ in range(6)]
    assert wrong == [200] * 5 + [429]
    assert portal.ask(LOGIN, {"login": staff.username, "password": PASSWORD})[0] == 302
    assert_plain_503(portal.ask("/accounts/2fa/authenticate/", {"code": code_of(SECRET)}), "the code")
    portal.cache.mend()
    assert portal.ask("/accounts/2fa/authenticate/", {"code": code_of(SECRET)})[0] == 302
    assert portal.ask("/admin/")[0] == 200


def caused(error: Exception, by: Exception | None) -> Exception:
    error.__cause__ = by
    return error


class ToldError(Exception):
    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.sqlstate = code


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("no answer"), True),
        (InterfaceError("closed"), True),
        (CacheError(), True),
        (caused(RuntimeError(), CacheError()), True),
        (caused(OperationalError(), ToldError("57P01")), True),  # shutting down
        (caused(OperationalError(), ToldError("53300")), True),  # too many connections
        (caused(OperationalError(), ToldError("53100")), True),  # disk full
        (caused(OperationalError(), ToldError("40P01")), False),  # a deadlock
        (caused(OperationalError(), ToldError("57014")), False),  # a statement that ran too long
        (ValueError(), False),
        (None, False),
    ],
)
def test_which_errors_mean_that_a_server_is_away(error, away):
    assert is_away(error) is away


def test_an_error_of_ours_is_500_with_the_plain_page(db, monkeypatch):
    monkeypatch.setattr("core.views.public.policies", lambda: 1 / 0)
    answer = Client(raise_request_exception=False).get("/policy/")
    assert answer.status_code == 500 and "系统出错了" in answer.content.decode()
    assert "Retry-After" not in answer.headers
