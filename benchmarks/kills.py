"""Sixty seeded kills over import, gathering, scoring, publishing, bulletins and letters: none lost, none doubled.

    python -m benchmarks.kills [seed]

The demonstration's years are played twice through a real worker (two processes, the run-time role): once in peace, once
with faults in the middle of the work, at moments drawn from the seed: pool processes killed, the whole worker killed,
the broker emptied, messages doubled, a server process of PostgreSQL killed, which restarts all of it. A loop stands for
beat and sweeper; nobody else helps. At the end both databases must hold as many rows in every table, the history's
included, and the same sealed results. At last one worker with the leases of operation is killed, with the real beat
beside it, and the seconds until its job is done are told.
"""

import io
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout, suppress
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.test.utils import override_settings
from redis import Redis

from benchmarks.limits import within
from benchmarks.scratch import scratch_database
from core import jobs
from core.choices import JobState
from core.jobs import queue, sweeper
from core.models import Job, User
from demo.bulletins import compiling_steps, issuing_steps
from demo.consequences import load_standards
from demo.quarters import quarter_steps
from demo.years import import_steps, publishing_steps, scoring_steps
from evaluation.gathering.actions import read_collected, request_gathering
from evaluation.intake.actions import changes_of
from evaluation.ranking.queries.sealed_results import latest_publications
from rewards.actions import confirm_proposal, propose_consequences
from rewards.choices import ProposalStatus
from rewards.models import OperatorReplacement, Reward, YellowCard

KILLS = 60
PER_KIND = 10
PER_JOB = 3  # of the five attempts that a job has
LETTERS = 5
PATIENCE = 120
BACK_WITHIN = 120
FAULTS = ("pool", "worker", "broker", "doubled", "postgres")
# Of the work alone; where it is still the same in the peaceful run, each moment of it may be hit.
LASTS = {"import": 0.5, "gathering": 0.4, "scoring": 0.5, "publishing": 0.6, "bulletin": 2.0, "letter": 1.0}
Ask = Callable[[], Job | None]


class Worker:
    """The real one; started anew after a kill as a process manager would."""

    def __init__(self, **environment: str) -> None:
        self.environment = {**os.environ, **run_time_role(), "DEMO_MODE": "1", **environment}
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "benchmarks.kill_worker", "worker", "-c", "2", "-l", "ERROR"]
        self.process = subprocess.Popen(
            command,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def children(self) -> list[int]:
        told = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in told.stdout.split()]

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def run_time_role() -> dict[str, str]:
    """The address of the scratch database for a child that runs as `app`."""
    address, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return {
        "DATABASE_URL": f"{address}/{connection.settings_dict['NAME']}",
        "DATABASE_ROLE": "app",
        "BENCHMARK_ROLE": "app",
    }


class Play:
    """The years, job by job. Without a chance it is the peaceful run."""

    def __init__(self, worker: Worker, broker: Redis, chance: random.Random | None) -> None:
        self.worker, self.broker, self.chance = worker, broker, chance
        self.hit: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self.in_flight = 0
        self.slowest = 0.0

    def step(self, kind: str, ask: Ask) -> None:
        """One job, with up to three kills while there are some left for its kind."""
        job = ask()
        if job is None:
            return
        for _ in range(PER_JOB):
            if self.chance is None or self.hit[kind] >= PER_KIND or is_done(job):
                break
            self.kill(kind, job, self.chance)
        began = time.monotonic()
        limit = began + PATIENCE
        while not is_done(job):
            if time.monotonic() > limit:
                raise SystemExit(f"{kind}: {job.kind} {job.pk} is {job.state} after {PATIENCE} s\n{job.error}")
            look_after()
            time.sleep(0.1)
        self.slowest = max(self.slowest, time.monotonic() - began)

    def kill(self, kind: str, job: Job, chance: random.Random) -> None:
        """Wait until it is being worked at, then for a part of what it takes."""
        attempts, limit = job.attempts, time.monotonic() + PATIENCE
        while not is_done(job) and not (job.state == JobState.RUNNING and job.attempts > attempts):
            if time.monotonic() > limit:
                raise SystemExit(f"{kind}: {job.kind} was not taken up within {PATIENCE} s")
            look_after()
            time.sleep(0.01)
        time.sleep(chance.uniform(0, LASTS[kind]))
        fault = chance.choice(FAULTS)
        self.in_flight += not is_done(job)
        self.hit[kind] += 1
        self.faults[fault] += 1
        print(f"{self.hit.total():3} {kind}: {fault}", flush=True)
        getattr(self, f"_{fault}")(job)

    def _pool(self, job: Job) -> None:
        for child in self.worker.children():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def _worker(self, job: Job) -> None:
        self.worker.kill()
        self.worker.start()

    def _broker(self, job: Job) -> None:
        self.broker.flushdb()
        self._worker(job)

    def _doubled(self, job: Job) -> None:
        self._pool(job)
        for _ in range(3):
            queue.send(job.pk)

    def _postgres(self, job: Job) -> None:
        """A server process that is killed takes every connection with it; PostgreSQL recovers from its log."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        os.kill(pid, signal.SIGKILL)
        until_answering()


def is_done(job: Job) -> bool:
    until_answering()
    job.refresh_from_db()
    if job.state in (JobState.REFUSED, JobState.DEAD):
        raise SystemExit(f"{job.kind} {job.pk}: {job.state}\n{job.error}")
    return bool(job.state == JobState.DONE)


def until_answering() -> None:
    limit = time.monotonic() + PATIENCE
    while True:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            return
        except Error:
            connection.close()
            if time.monotonic() > limit:
                raise
            time.sleep(0.2)


def look_after() -> None:
    with suppress(Error):
        jobs.sweep()


def steps() -> Iterator[tuple[str, Ask]]:
    """Every job of the years; what needs no job is done between them, in this process."""
    accounts = {user.username: user for user in User.objects.all()}
    bureau, second, city = (accounts[name] for name in ("bureau", "bureau2", "city"))
    for _, ask in import_steps(by=city):
        yield "import", ask
    for year in (2024, 2025):
        for _, ask in scoring_steps(year, accounts):
            yield "scoring", ask
        for _, ask in publishing_steps(year, by=second):
            yield "publishing", ask
    for _, ask in compiling_steps(by=city):
        yield "bulletin", ask
    for _, issue in issuing_steps(by=second):
        issue()
    for number, (_, collect) in enumerate(quarter_steps(accounts)):
        collect()
        for round_ in (1, 2, 3):
            yield "gathering", partial(_gather, f"{number}:{round_}", city)
    load_standards(by=accounts["bureau"])
    yield from _letters(bureau, second)


def _gather(submission: str, by: User) -> Job:
    """As after the dry run: what a person has just seen."""
    seen = changes_of(read_collected(year=2026)).digest
    return request_gathering(year=2026, expected_changes=seen, submission=submission, by=by)


def _letters(bureau: User, second: User) -> Iterator[tuple[str, Ask]]:
    for publication in latest_publications().order_by("year", "platform_type"):
        propose_consequences(publication=publication, by=bureau)
    written = 0
    for model in (YellowCard, OperatorReplacement, Reward):
        for proposal in model._default_manager.filter(status=ProposalStatus.PROPOSED).order_by("pk"):
            by = next(person for person in (bureau, second) if person.has_perm("rewards.decide_proposal", proposal))
            confirm_proposal(proposal=proposal, reason="演示", by=by)
            written += 1
            yield "letter", partial(Job.objects.get, kind="rewards.write_letter", arguments__proposal=proposal.pk,
                                    arguments__model=model._meta.model_name)  # fmt: skip
            if written >= LETTERS and model is not Reward:
                break
            if written >= 2 * LETTERS:
                return


def held() -> tuple[dict[str, int], list[str]]:
    """The rows of every table, and the digests of everything sealed that holds no moment of its making."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
        cursor.execute("SELECT sha256 FROM core_sealedfile WHERE media_type <> 'application/pdf' ORDER BY sha256")
        return found, [sha256 for (sha256,) in cursor.fetchall()]


def play(chance: random.Random | None) -> tuple[Play, dict[str, int], list[str], float]:
    broker = Redis.from_url(settings.REDIS_URL)
    with scratch_database():
        with redirect_stdout(io.StringIO()):
            call_command("load_demo")
        broker.flushdb()
        playing = Play(Worker(), broker, chance)
        began = time.monotonic()
        try:
            for kind, ask in steps():
                playing.step(kind, ask)
        finally:
            playing.worker.kill()
            broker.flushdb()
        return playing, *held(), time.monotonic() - began


def in_operation() -> float:
    """A killed worker with leases of a minute, the real beat beside: seconds until its job is done."""
    broker = Redis.from_url(settings.REDIS_URL)
    with scratch_database():
        with redirect_stdout(io.StringIO()):
            call_command("load_demo")
        broker.flushdb()
        worker = Worker(KILLS_LEASE="60")
        command = [sys.executable, "-m", "celery", "-A", "zhuzhou_sme", "beat", "-l", "ERROR", "-s", "", "--pidfile="]
        command[command.index("-s") + 1] = str(settings.BASE_DIR / "var" / f"beat-{os.getpid()}")
        beat = subprocess.Popen(command, env=worker.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            (_, ask), *_ = import_steps(by=User.objects.get(username="city"))
            job = ask()
            assert job is not None
            while job.state != JobState.RUNNING:
                time.sleep(0.01)
                job.refresh_from_db()
            worker.kill()
            began = time.monotonic()
            worker.start()
            while not is_done(job) and time.monotonic() - began < 2 * BACK_WITHIN:
                time.sleep(0.2)
            return time.monotonic() - began
        finally:
            worker.kill()
            beat.kill()
            beat.wait()
            for left in (settings.BASE_DIR / "var").glob(f"beat-{os.getpid()}*"):
                left.unlink()


def main() -> int:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    sweeper.PATIENCE = timedelta(seconds=1)
    with override_settings(DEMO_MODE=True):
        _, rows, sealed, quiet = play(None)
        harmed, rows_after, sealed_after, loud = play(random.Random(seed))
        back = in_operation()
    kills = harmed.hit.total()
    print(f"seed {seed}: {kills} kills, {harmed.in_flight} of them in the middle of the work")
    print("by work: " + ", ".join(f"{kind} {count}" for kind, count in sorted(harmed.hit.items())))
    print("by fault: " + ", ".join(f"{fault} {count}" for fault, count in sorted(harmed.faults.items())))
    print(f"in peace {quiet:.0f} s, harmed {loud:.0f} s; longest way back after a kill {harmed.slowest:.1f} s")
    differing = {table: (rows[table], rows_after[table]) for table in rows if rows[table] != rows_after[table]}
    lost = sum(max(0, before - after) for before, after in differing.values())
    doubled = sum(max(0, after - before) for before, after in differing.values())
    for table, (before, after) in differing.items():
        print(f"{table}: {before} rows in peace, {after} after the kills")
    return int(
        not all(
            [
                within("kills missing from those wanted:", KILLS - kills, 0),
                within("rows lost:", lost, 0),
                within("rows doubled:", doubled, 0),
                within("sealed results that differ:", len(set(sealed) ^ set(sealed_after)), 0),
                within("seconds until a job goes on with the leases of operation:", back, BACK_WITHIN),
            ]
        )
    )


if __name__ == "__main__":
    sys.exit(main())
