"""Memory over 2,000 mixed requests and 100 jobs, real web and worker processes: flat within a tenth.

    python -m benchmarks.memory

gunicorn as `make run` starts it (2 processes of 4 threads) and a worker of two processes, all as in operation. Requests
read public pages, sealed files, desk and workspace and save cells, four at a time; jobs score, compile and verify. What
the processes hold resident is read after a first quarter, which fills caches and pools, and at the end.
"""

import io
import os
import random
import secrets
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.test.utils import override_settings
from redis import Redis

from benchmarks.kills import Worker, is_done, steps
from benchmarks.limits import within
from benchmarks.load import CELL, QUARTER, WARM_UP, Visitor, ask, prepare, start_portal
from benchmarks.scratch import scratch_database
from core import jobs
from core.models import Job, User
from evaluation.bulletin.actions import request_compiling, revise_bulletin
from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.models import Bulletin

REQUESTS, JOBS, AT_ONCE = 2000, 100, 4
TOLERANCE = 10.0  # per cent
PUBLIC = (
    "/",
    "/rankings/",
    "/rankings/2024/county_window/",
    "/open-data/2024/county_window/v1/",
    "/open-data/2024/county_window/v1/ranking.csv",
    "/open-data/2024/county_window/v1/bundle.json",
    "/open-data/2024/county_window/v1/ranking.xlsx",
    "/bulletins/",
    "/policy/",
)
DESK = ("/admin/", "/admin/periods/", "/admin/batches/", "/admin/rankings/", "/admin/core/job/", "/admin/schedules/")


def resident(pids: list[int]) -> float:
    """Megabytes that these processes hold."""
    kilobytes = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return kilobytes / 1024


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def request(port: int, chance: random.Random, people: list[Visitor], desk: list[Visitor]) -> int:
    kind = chance.random()
    if kind < 0.4:
        return ask(port, "GET", chance.choice(PUBLIC), "").status
    if kind < 0.7:
        return ask(port, "GET", chance.choice(DESK), f"sessionid={chance.choice(desk).session}").status
    session, token = chance.choice(people).session, secrets.token_hex(16)
    cookies = f"sessionid={session}; csrftoken={token}"
    if kind < 0.85:
        return ask(port, "GET", f"/my/submissions/{QUARTER.code}/", cookies).status
    body = urllib.parse.urlencode({f"{CELL}.cell.value": str(chance.randrange(99)), f"{CELL}.reason": ""})
    return ask(port, "POST", f"/my/submissions/{QUARTER.code}/save", cookies, body, token).status


def ask_many(count: int, one: Callable[[random.Random], int], seed: int) -> list[int]:
    """So many requests, four at a time; the statuses of those that went wrong."""
    wrong: list[int] = []

    def several(number: int) -> None:
        chance = random.Random(f"{seed}:{number}")
        for _ in range(count // AT_ONCE):
            if (status := one(chance)) not in (200, 409):
                wrong.append(status)

    threads = [threading.Thread(target=several, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def further_jobs() -> Iterator[Job]:
    """For ever: a bulletin laid out anew, then everything verified."""
    city = User.objects.get(username="city")
    for number in range(10**6):
        for bulletin in Bulletin.objects.order_by("pk")[:3]:
            if bulletin.status == BulletinStatus.COMPILED:
                bulletin = revise_bulletin(bulletin=bulletin, reason="演示", by=city)
            if bulletin.status == BulletinStatus.DRAFT:
                yield request_compiling(bulletin=bulletin, submission=f"memory-{number}", by=city)
        yield jobs.enqueue("core.verify_files", key=f"memory-{number}", arguments={}, by=None)


def wait_for(job: Job) -> None:
    while not is_done(job):
        time.sleep(0.05)


def years() -> None:
    """Up to the last bulletin: what the pages show."""
    for kind, request_job in steps():
        if kind == "gathering":
            return
        if kind == "bulletin" and Bulletin.objects.count() > 3:
            return
        if (job := request_job()) is not None:
            wait_for(job)


def measured(what: str, hold: Callable[[], float], work: Callable[[int], None]) -> bool:
    """Four quarters of the work; the last three beside the first."""
    found = []
    for quarter in range(4):
        work(quarter)
        found.append(hold())
    print(f"{what}: " + ", ".join(f"{megabytes:.0f} MB" for megabytes in found) + " after each quarter")
    change = 100 * (found[-1] - found[0]) / found[0]
    return within(f"{what}, change in per cent ({change:+.1f}):", abs(change), TOLERANCE)


def main() -> int:
    port = 20_000 + os.getpid() % 10_000
    broker = Redis.from_url(settings.REDIS_URL)
    with scratch_database(), override_settings(DEMO_MODE=True):
        with redirect_stdout(io.StringIO()):
            windows, desk = prepare()
        broker.flushdb()
        worker, portal = Worker(KILLS_LEASE="60"), start_portal(port)
        wrong: list[int] = []
        try:
            years()
            time.sleep(WARM_UP)
            asked = further_jobs()

            def pages(quarter: int) -> None:
                wrong.extend(ask_many(REQUESTS // 4, lambda chance: request(port, chance, windows[:20], desk), quarter))

            def work(quarter: int) -> None:
                for job in islice(asked, JOBS // 4):
                    wait_for(job)

            held = [
                measured("worker, 100 jobs", lambda: resident(children(worker.process.pid)), work),
                measured("web, 2,000 requests", lambda: resident(children(portal.pid)), pages),
                within("answers that were errors:", len(wrong), 0),
            ]
        finally:
            worker.kill()
            portal.terminate()
            portal.wait()
            broker.flushdb()
    if wrong:
        print(f"wrong answers: {sorted(set(wrong))}")
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
