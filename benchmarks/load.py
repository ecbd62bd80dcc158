"""Fifty people at once on desk and workspace pages: p95 at most 250 ms, no error, no acknowledged save lost.

    python -m benchmarks.load

A portal of its own (gunicorn as `make run` starts it: 2 processes of 4 threads) on a scratch database with 40 windows
filling in a quarter and 10 people at the desk. Each opens a page or saves a cell, then thinks one to three seconds. At
the end every save that was answered is read again from the database. Growth: 5 people beside 50.
"""

import http.client
import io
import json
import os
import random
import secrets
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from typing import NamedTuple

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.test.utils import override_settings

from benchmarks.limits import within
from benchmarks.scratch import owner_url, scratch_database
from core.choices import Role
from core.models import User
from core.periods import Quarter
from evaluation.collection.actions import open_period
from evaluation.collection.models import SubmittedFigure
from platforms.choices import Level, PlatformType, RecognitionKind
from platforms.models import Membership, Platform, Recognition, Region

WINDOWS, DESK = 40, 10
SECONDS, WARM_UP = 60, 5
P95_LIMIT_MS = 250
QUARTER = Quarter(2026, 4)  # one that the demonstration leaves alone
CELL = "K7"
DESK_PAGES = (
    "/admin/",
    "/admin/periods/",
    "/admin/summaries/",
    "/admin/batches/",
    "/admin/rankings/",
    "/admin/systems/",
)


class Visitor(NamedTuple):
    """A signed-in person: the session's cookie, the platform whose cell they write (None at the desk)."""

    session: str
    platform: int | None


class Answer(NamedTuple):
    address: str
    milliseconds: float
    status: int


def prepare() -> tuple[list[Visitor], list[Visitor]]:
    """Registry, systems and a quarter that is open, by the actions of the product."""
    with override_settings(DEMO_MODE=True), redirect_stdout(io.StringIO()):
        call_command("load_demo")
    windows = [_window(number) for number in range(WINDOWS)]
    bureau = User.objects.get(username="bureau")
    open_period(year=QUARTER.year, quarter=QUARTER.number, due_on=date(2027, 1, 15), by=bureau)
    people = [_visitor(f"load-window-{n}", Role.WINDOW, window) for n, window in enumerate(windows)]
    desk = [_visitor(f"load-desk-{n}", (Role.BUREAU, Role.CITY_PLATFORM)[n % 2], None) for n in range(DESK)]
    return people, desk


def _window(number: int) -> Platform:
    region = Region.objects.order_by("code")[number % 9]
    platform = Platform.objects.create(
        code=f"LOAD-{number:02d}",
        name=f"负载演示{number:02d}号窗口平台",
        platform_type=PlatformType.COUNTY_WINDOW,
        region=region,
    )
    Recognition.objects.create(
        platform=platform, kind=RecognitionKind.ACCEPTANCE, recognised_on=date(2020, 1, 1), level=Level.PROVINCIAL
    )
    return platform


def _visitor(username: str, role: str, platform: Platform | None) -> Visitor:
    user = User.objects.create_user(username, role=role, full_name=username, password=None)
    if platform is not None:
        Membership.objects.create(user=user, platform=platform)
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "core.identity.roles.RoleBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return Visitor(str(session.session_key), platform.pk if platform else None)


def visit(visitor: Visitor, port: int, until: float, answers: list[Answer], saved: dict[int, str]) -> None:
    """One person's turns until the time is up; `saved` holds the last value whose saving was answered."""
    chance, token = random.Random(visitor.session), secrets.token_hex(16)
    cookies = f"sessionid={visitor.session}; csrftoken={token}"
    time.sleep(chance.uniform(0, 2))
    count = 0
    while time.monotonic() < until:
        count += 1
        if visitor.platform is None:
            answers.append(ask(port, "GET", chance.choice(DESK_PAGES), cookies))
        elif chance.random() < 0.6:
            number = str(count)
            body = urllib.parse.urlencode({f"{CELL}.cell.value": number, f"{CELL}.reason": "", f"{CELL}.remark": ""})
            found = ask(port, "POST", f"/my/submissions/{QUARTER.code}/save", cookies, body, token)
            answers.append(found)
            if found.status == 200:
                saved[visitor.platform] = number
        else:
            address = chance.choice(("/my/", f"/my/submissions/{QUARTER.code}/"))
            answers.append(ask(port, "GET", address, cookies))
        time.sleep(chance.uniform(1, 3))


def ask(port: int, verb: str, address: str, cookies: str, body: str = "", token: str = "") -> Answer:
    """One request on a connection of its own; a connection that breaks counts as an error (status 0)."""
    headers = {"Cookie": cookies, "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    started, status = time.perf_counter(), 0
    try:
        connection.request(verb, address, body or None, headers)
        response = connection.getresponse()
        content, status = response.read(), response.status
    except (OSError, http.client.HTTPException):
        content = b""
    finally:
        connection.close()
    if verb == "POST" and status == 200 and json.loads(content).get("faults"):
        status = 422
    return Answer(address, (time.perf_counter() - started) * 1000, status)


def run(people: Sequence[Visitor], port: int) -> tuple[list[Answer], dict[int, str]]:
    answers: list[Answer] = []
    saved: dict[int, str] = {}
    until = time.monotonic() + SECONDS
    threads = [threading.Thread(target=visit, args=(person, port, until, answers, saved)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, saved


def lost(saved: dict[int, str]) -> int:
    rows = SubmittedFigure.objects.filter(indicator=CELL, submission__period__quarter=QUARTER.number)
    stored = dict(rows.filter(submission__platform__in=saved).values_list("submission__platform", "value"))
    return sum(stored.get(platform) != value for platform, value in saved.items())


def report(label: str, answers: Sequence[Answer]) -> float:
    times = sorted(answer.milliseconds for answer in answers)
    p95 = statistics.quantiles(times, n=100)[94]
    print(
        f"{label}: {len(times)} answers, {len(times) / SECONDS:.1f}/s   p50 {statistics.median(times):.0f} ms   "
        f"p95 {p95:.0f} ms   longest {times[-1]:.0f} ms"
    )
    return p95


def start_portal(port: int) -> "subprocess.Popen[bytes]":
    environment = {
        **os.environ,
        "DATABASE_ROLE": "owner",
        "DATABASE_OWNER_URL": owner_url(),
        "SECURE_COOKIES": "0",
        "PLAIN_STATIC_FILES": "1",
        "SECOND_FACTOR_ROLES": "",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4"]
    return subprocess.Popen([*command, "zhuzhou_sme.wsgi:application"], env=environment, stderr=subprocess.DEVNULL)


def main() -> int:
    port = 20_000 + os.getpid() % 10_000
    with scratch_database():
        windows, desk = prepare()
        portal = start_portal(port)
        try:
            time.sleep(WARM_UP)
            few = report(" 5 people", run([*windows[:4], *desk[:1]], port)[0])
            answers, saved = run([*windows, *desk], port)
            p95, missing = report("50 people", answers), lost(saved)
        finally:
            portal.terminate()
            portal.wait()
    errors = [answer for answer in answers if answer.status != 200]
    print(f"growth 5 to 50 people: p95 {p95 / few:.1f} times; {len(saved)} windows saved, {missing} saves lost")
    for address, status in sorted({(answer.address, answer.status) for answer in errors}):
        print(f"error {status} at {address}")
    held = [
        within("50 people, p95 in milliseconds beside the limit", p95, P95_LIMIT_MS),
        within("50 people, answers that were errors", len(errors), 0),
        within("50 people, acknowledged saves lost", missing, 0),
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
