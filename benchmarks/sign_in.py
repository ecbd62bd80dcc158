"""A flood at the door: 100 tries a second for 20 seconds, from one address and from many, and known people who sign in
meanwhile from elsewhere. All of them get in, p99 at most 3 s; a refused try costs the server at most 2 ms of processor.

    python -m benchmarks.sign_in

A portal of its own (gunicorn as `make run` starts it: 2 processes of 4 threads) on a scratch database, without the
nginx that would stop most of the flood before it (ops/nginx/nginx.conf: 40 at once and one a second from each address).
The flood has the forms' token and half of it tries the names of the known people, the other half names that nobody has.
Half of the known people come with their device's cookie from a new address, half from a known address without it.
"""

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils import timezone

from benchmarks.limits import within
from benchmarks.scratch import owner_url, scratch_database
from core.choices import SignInStep
from core.models import KnownAddress, SignInFailure, User

PEOPLE, RATE, SECONDS, PAUSE = 6, 100, 20, 4.0
P99_LIMIT_MS, REFUSAL_LIMIT_MS, REFUSALS = 3000, 2.0, 400
PASSWORD, WRONG, TOKEN = "benchmark-口令-2026", "wrong-password-2026", "t" * 32
TICKS = os.sysconf("SC_CLK_TCK")


class Answer(NamedTuple):
    status: int
    milliseconds: float
    cookies: dict[str, str]


class Portal:
    """A running server that believes the address its proxy tells."""

    def __init__(self, port: int) -> None:
        self.port = port
        environment = {
            **os.environ,
            "DATABASE_ROLE": "owner",
            "DATABASE_OWNER_URL": owner_url(),
            "SECURE_COOKIES": "0",
            "PLAIN_STATIC_FILES": "1",
            "SECOND_FACTOR_ROLES": "",
            "TRUSTED_PROXIES": "1",
            "LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4"]
        self.process = subprocess.Popen([*command, "zhuzhou_sme.wsgi:application"], env=environment)

    def sign_in(self, name: str, password: str, address: str, cookies: dict[str, str] | None = None) -> Answer:
        """One try on a connection of its own; one that breaks has status 0."""
        body = urlencode({"login": name, "password": password, "csrfmiddlewaretoken": TOKEN})
        sent = "; ".join(f"{key}={value}" for key, value in {**(cookies or {}), "csrftoken": TOKEN}.items())
        headers = {"Cookie": sent, "X-Forwarded-For": address, "Content-Type": "application/x-www-form-urlencoded"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        started, status, given = time.perf_counter(), 0, {}
        try:
            line.request("POST", "/accounts/login/", body, headers)
            answer = line.getresponse()
            answer.read()
            status = answer.status
            pairs = [each.split(";")[0].partition("=") for each in answer.headers.get_all("Set-Cookie") or []]
            given = {key: value for key, _, value in pairs}
        except (OSError, http.client.HTTPException):
            pass
        finally:
            line.close()
        return Answer(status, (time.perf_counter() - started) * 1000, given)

    def try_cheaply(self, name: str, address: str) -> Answer:
        """The same with a wrong password and without a library: the flood must not cost this machine more than it costs
        the server."""
        body = urlencode({"login": name, "password": WRONG, "csrfmiddlewaretoken": TOKEN})
        head = (
            f"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: csrftoken={TOKEN}\r\n"
            f"X-Forwarded-For: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        started, status = time.perf_counter(), 0
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
            line.sendall((head + body).encode())
            status = int(line.recv(65536)[9:12] or 0)
            while line.recv(65536):
                pass
        return Answer(status, (time.perf_counter() - started) * 1000, {})

    def processor_seconds(self) -> float:
        """What all processes of the server have used; PostgreSQL's share is not in it."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        spent = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13] for pid in children]
        return sum(int(part) for parts in spent for part in parts) / TICKS

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


class Person(NamedTuple):
    """Somebody who has signed in before: with the device's cookie anywhere, or without it at the known address."""

    name: str
    address: str
    cookies: dict[str, str]


def settle(portal: Portal) -> list[Person]:
    """People who have all signed in once."""
    people = []
    for number in range(PEOPLE):
        name, address = f"flood-{number}", f"10.1.0.{number}"
        User.objects.create_user(name, role="auditor", full_name=name, password=PASSWORD)
        cookies = portal.sign_in(name, PASSWORD, address).cookies
        device = {key: value for key, value in cookies.items() if key.startswith("device_")}
        people.append(Person(name, f"10.2.0.{number}", device) if number % 2 else Person(name, address, {}))
    assert KnownAddress.objects.count() == PEOPLE
    return people


def flood(portal: Portal, addresses: Callable[[int], str], people: Sequence[Person], until: float) -> list[Answer]:
    """`RATE` tries a second, whatever becomes of those before."""
    answers: list[Answer] = []
    chance, threads = random.Random(7), []
    started, sent = time.monotonic(), 0
    while time.monotonic() < until:
        time.sleep(max(0.0, started + sent / RATE - time.monotonic()))
        name = chance.choice(people).name if sent % 2 else f"nobody-{chance.randrange(10_000)}"
        given = (name, addresses(sent))
        thread = threading.Thread(target=lambda given=given: answers.append(portal.try_cheaply(*given)))
        thread.start()
        threads.append(thread)
        sent += 1
    for thread in threads:
        thread.join()
    return answers


def come_and_go(portal: Portal, person: Person, until: float, answers: list[Answer]) -> None:
    """One person signs in again and again."""
    time.sleep(random.Random(person.name).uniform(0, PAUSE))
    while time.monotonic() < until:
        answers.append(portal.sign_in(person.name, PASSWORD, person.address, person.cookies))
        time.sleep(PAUSE)


def round_of(portal: Portal, label: str, addresses: Callable[[int], str], people: Sequence[Person]) -> list[bool]:
    SignInFailure.objects.all().delete()
    before, until, known = portal.processor_seconds(), time.monotonic() + SECONDS, list[Answer]()
    threads = [threading.Thread(target=come_and_go, args=(portal, each, until, known)) for each in people]
    for thread in threads:
        thread.start()
    tried = flood(portal, addresses, people, until)
    for thread in threads:
        thread.join()
    times = sorted(answer.milliseconds for answer in known)
    p99 = statistics.quantiles(times, n=100)[98]
    print(f"{label}: flood {len(tried)} tries, answered {dict(Counter(answer.status for answer in tried))}")
    print(f"  known people: {len(known)} sign-ins, p50 {statistics.median(times):.0f} ms, longest {times[-1]:.0f} ms")
    spent = portal.processor_seconds() - before
    print(f"  the server used {spent:.1f} s of processor; load of the machine {os.getloadavg()[0]:.1f}")
    return [
        within(f"{label}: known people refused", sum(answer.status != 302 for answer in known), 0),
        within(f"{label}: p99 of known people in milliseconds", p99, P99_LIMIT_MS),
    ]


def cost(portal: Portal, label: str, place: str, address: Callable[[int], str]) -> bool:
    """Processor of the server for one refusal of an account that waits at this place, on a quiet server."""
    wait = timezone.now() + timedelta(hours=1)
    SignInFailure.objects.all().delete()
    SignInFailure.objects.create(
        step=SignInStep.PASSWORD, account="flood-0", place=place, failures=20, latest=timezone.now(), waits_until=wait
    )
    portal.try_cheaply("flood-0", address(0))
    before = portal.processor_seconds()
    statuses = [portal.try_cheaply("flood-0", address(number)).status for number in range(REFUSALS)]
    spent = portal.processor_seconds() - before
    assert set(statuses) == {429}, Counter(statuses)
    return within(f"refused, {label}: milliseconds of processor", spent / REFUSALS * 1000, REFUSAL_LIMIT_MS)


def main() -> int:
    with scratch_database():
        portal = Portal(20_000 + os.getpid() % 10_000)
        try:
            time.sleep(5)
            people = settle(portal)
            held = round_of(portal, "one address", lambda _: "10.66.6.6", people)
            held += round_of(portal, "many addresses", lambda n: f"10.66.{n // 250}.{n % 250}", people)
            held.append(cost(portal, "one address", "10.77.7.7", lambda _: "10.77.7.7"))
            held.append(cost(portal, "many addresses", "", lambda n: f"10.78.{n // 250}.{n % 250}"))
        finally:
            portal.stop()
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
