"""The job engine against a model of it: workers that vanish, fail, refuse or finish late, leases that lapse, a sweeper,
people who ask again. Real PostgreSQL, a real connection for every worker; after each step table and model agree. Chance
has seeds, so every run walks the same."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import SimpleQueue
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from core import jobs
from core.choices import JobState, Role
from core.errors import Refusal
from core.jobs import handlers, lease, runner, sweeper
from core.models import Attachment, Job, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

# Hours in the place of seconds and minutes, so that no stall of a busy machine counts as time that passed; what ends
# between two hours has ended or not, and not just now.
HOUR, HALF = timedelta(hours=1), timedelta(minutes=30)
ATTEMPTS, BACK_OFF, LEASE, PATIENCE = 3, 2, 24, 1
KIND = "model.step"
WAIT = 120
WALKS, STEPS = 20, 120
KEYS = "abcdefghijklmnopqrstuvwxyz"


class Vanished(BaseException):
    """Raised inside a handler in the place of a kill."""


class Worker(threading.Thread):
    """Runs one job; inside the handler it waits for the test to say how it goes on."""

    def __init__(self, job_id: UUID) -> None:
        super().__init__(daemon=True)
        self.job_id = job_id
        self.orders: SimpleQueue[str] = SimpleQueue()
        self.news: SimpleQueue[object] = SimpleQueue()
        self.saw_by: User | None = None

    def run(self) -> None:
        try:
            self.news.put(jobs.run(self.job_id))
        except Vanished:
            self.news.put("vanished")
        except BaseException as error:
            self.news.put(error)
        finally:
            connection.close()

    def says(self) -> object:
        return self.news.get(timeout=WAIT)

    def told(self, order: str) -> object:
        self.orders.put(order)
        return self.says()


def work(arguments: Mapping[str, Any], report: handlers.Report) -> handlers.Effect:
    worker = threading.current_thread()
    assert isinstance(worker, Worker)
    worker.saw_by = arguments["by"]
    worker.news.put("working")
    while (order := worker.orders.get(timeout=WAIT)) == "report":
        report(7, 7, f"进度{worker.native_id}")
        worker.news.put("reported")
    if order == "vanish":
        raise Vanished
    if order == "fail":
        raise RuntimeError("演示故障")

    def effect() -> Mapping[str, Any]:
        Attachment.objects.create(
            sha256="0" * 64, name=arguments["name"], media_type="text/plain", size=0, uploaded_by=arguments["by"]
        )
        if order == "refuse":
            raise Refusal("演示退回")
        return {"by": worker.native_id}

    return effect


@dataclass
class Expected:
    """What the table must say about one job. Hours count from now; negative ones are past."""

    pk: UUID
    by: User
    state: JobState = JobState.QUEUED
    attempts: int = 0
    due_in: int = 0
    lease_in: int = 0
    holder: Worker | None = None
    tokens: set[UUID] = field(default_factory=set)

    @property
    def is_lapsed(self) -> bool:
        return self.state == JobState.RUNNING and self.lease_in < 0

    @property
    def is_open(self) -> bool:
        is_due = self.state == JobState.QUEUED and self.due_in <= 0
        return self.attempts < ATTEMPTS and (is_due or self.is_lapsed)

    def end(self, state: JobState) -> None:
        self.state, self.holder = state, None

    def described(self) -> tuple[object, ...]:
        hours = {JobState.QUEUED: self.due_in, JobState.RUNNING: self.lease_in}.get(self.state)
        has_token = {JobState.QUEUED: False, JobState.RUNNING: True}.get(self.state)
        is_finished = self.state in (JobState.DONE, JobState.REFUSED, JobState.DEAD)
        return self.state, self.attempts, self.by, hours, has_token, is_finished


class Walk:
    """One walk: what may happen next is drawn, done, and compared. `seen` counts what the walks came by."""

    def __init__(self, number: int, people: tuple[User, ...], sent: list[UUID], seen: Counter[str]) -> None:
        self.chance, self.people, self.sent, self.seen = Random(number), people, sent, seen
        self.name = str(uuid4())
        self.jobs: dict[str, Expected] = {}
        self.workers: list[Worker] = []
        self.steps: list[str] = []

    def go(self, length: int) -> None:
        Job.objects.all().delete()
        try:
            self.ask()
            for _ in range(length):
                step = self.chance.choice(self.possible())
                self.steps.append(step.__name__)
                step()
                self.compare()
        finally:
            for worker in self.workers:
                worker.told("vanish")

    def possible(self) -> list[Callable[[], None]]:
        """Messages and endings more often than the rest, so that attempts are used up."""
        always = [*[self.ask] * 2, *[self.sweep] * 2, self.ask_again, *[self.message] * 8, *[self.pass_time] * 4]
        working = [*[self.vanish] * 2, *[self.fail] * 2, self.finish, self.refuse, *[self.report] * 3]
        return always + (working if self.workers else [])

    # What happens

    def ask(self) -> None:
        """The same key again is the same job: nobody's second click asks for it anew or takes it over."""
        key, by = self.chance.choice(KEYS[: len(self.jobs) + 1][-2:]), self.chance.choice(self.people)
        job = jobs.enqueue(KIND, key=self.name + key, arguments={"name": self.name + key}, by=by)
        expected = self.jobs.setdefault(key, Expected(job.pk, by))
        assert job.pk == expected.pk

    def message(self) -> None:
        """Whoever gets the message takes the job only if it is due or its holder's lease has lapsed."""
        expected = self.any_job()
        if not expected.is_open:
            assert jobs.run(expected.pk) is False, "nobody else may have it now"
            return
        worker = Worker(expected.pk)
        worker.start()
        assert worker.says() == "working"
        assert worker.saw_by == expected.by
        self.seen["taken over"] += expected.is_lapsed
        self.workers.append(worker)
        expected.state, expected.holder = JobState.RUNNING, worker
        expected.attempts += 1
        expected.lease_in = LEASE
        token = Job.objects.get(pk=expected.pk).token
        assert token is not None and token not in expected.tokens
        expected.tokens.add(token)

    def finish(self) -> None:
        expected, holds, ended = self.one_goes_on("finish")
        assert ended is holds
        if holds:
            expected.end(JobState.DONE)

    def refuse(self) -> None:
        expected, holds, ended = self.one_goes_on("refuse")
        assert ended is holds
        if holds:
            expected.end(JobState.REFUSED)

    def fail(self) -> None:
        expected, holds, ended = self.one_goes_on("fail")
        assert ended is False
        if holds:
            expected.end(JobState.DEAD if expected.attempts >= ATTEMPTS else JobState.QUEUED)
            expected.due_in = BACK_OFF * expected.attempts
            self.seen["dead of failures"] += expected.state == JobState.DEAD

    def vanish(self) -> None:
        """Nothing is written: until the lease lapses the job looks as if somebody worked on it."""
        *_, ended = self.one_goes_on("vanish")
        assert ended == "vanished"

    def report(self) -> None:
        worker = self.any_worker()
        expected = self.job_of(worker)
        self.seen["report too late"] += expected.state == JobState.RUNNING and expected.holder is not worker
        Job.objects.filter(pk=expected.pk).exclude(state=JobState.DONE).update(progress_note="")
        assert worker.told("report") == "reported"
        if expected.state == JobState.RUNNING:
            said = Job.objects.get(pk=expected.pk).progress_note
            assert said.rpartition(":")[2] == (f"进度{worker.native_id}" if expected.holder is worker else "")

    def pass_time(self) -> None:
        """The database's clock cannot be moved, so every time in the table moves the other way."""
        hours = self.chance.choice([1, 2, 4, LEASE + 1, LEASE + 1])
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE core_job SET run_after = run_after - %s::interval, lease_until = lease_until - %s::interval"
                " WHERE state <> 'done'",  # that is frozen, and its times matter no more
                [f"{hours} hours"] * 2,
            )
        for expected in self.jobs.values():
            expected.due_in -= hours
            expected.lease_in -= hours

    def sweep(self) -> None:
        self.sent.clear()
        count = jobs.sweep()
        for expected in self.jobs.values():
            if expected.is_lapsed and expected.attempts >= ATTEMPTS:
                expected.end(JobState.DEAD)
                self.seen["dead of vanishing"] += 1
        overdue = {
            each.pk
            for each in self.jobs.values()
            if each.is_lapsed or (each.state == JobState.QUEUED and each.due_in < -PATIENCE)
        }
        assert (count, sorted(self.sent)) == (len(overdue), sorted(overdue))

    def ask_again(self) -> None:
        """From the desk: only what ended without effect, and still in the name of whoever asked first."""
        stopped = [each for each in self.jobs.values() if each.state in (JobState.DEAD, JobState.REFUSED)]
        expected = self.chance.choice([self.any_job(), *stopped[-3:]])
        by = self.chance.choice(self.people)
        job = Job.objects.get(pk=expected.pk)
        if expected not in stopped:
            with pytest.raises(Refusal, match="多次失败"):
                jobs.requeue(job=job, by=by)
            return
        jobs.requeue(job=job, by=by)
        self.seen["asked for again by another"] += by != expected.by
        expected.state, expected.attempts, expected.due_in = JobState.QUEUED, 0, 0

    # What is drawn, and what must be

    def any_job(self) -> Expected:
        """One of the last three: jobs that have ended are asked about for a while."""
        return self.jobs[self.chance.choice(sorted(self.jobs)[-3:])]

    def any_worker(self) -> Worker:
        """Those who have lost their job more often: what they do must not matter."""
        late = [worker for worker in self.workers if self.job_of(worker).holder is not worker]
        return self.chance.choice(late if late and self.chance.random() < 0.75 else self.workers)

    def job_of(self, worker: Worker) -> Expected:
        return next(each for each in self.jobs.values() if each.pk == worker.job_id)

    def one_goes_on(self, order: str) -> tuple[Expected, bool, object]:
        """The job, whether the worker still holds it, and how it ended."""
        worker = self.any_worker()
        self.workers.remove(worker)
        expected = self.job_of(worker)
        holds = expected.holder is worker
        self.seen[order if holds else f"{order} too late"] += 1
        return expected, holds, worker.told(order)

    def compare(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement_timestamp()")
            (now,) = cursor.fetchone()
        rows = {job.idempotency_key.removeprefix(self.name): job for job in Job.objects.select_related("created_by")}
        assert rows.keys() == self.jobs.keys()
        for key, expected in self.jobs.items():
            assert self.described(rows[key], now) == expected.described(), self.steps
        effects = Counter(Attachment.objects.filter(name__startswith=self.name).values_list("name", flat=True))
        done = Counter(self.name + key for key, each in self.jobs.items() if each.state == JobState.DONE)
        assert effects == done, "an effect and `done` are one"

    @staticmethod
    def described(job: Job, now: datetime) -> tuple[object, ...]:
        hours = None
        if job.state == JobState.QUEUED:
            hours = round((job.run_after - now) / HOUR)
        elif job.lease_until:
            hours = round((job.lease_until - HALF - now) / HOUR)
        has_token = job.token is not None if job.state in (JobState.QUEUED, JobState.RUNNING) else None
        return JobState(job.state), job.attempts, job.created_by, hours, has_token, job.finished_at is not None


LATE = {f"{order} too late" for order in ("finish", "refuse", "fail", "vanish", "report")}
EVENTS = {"finish", "refuse", "fail", "vanish", "taken over", "dead of failures", "dead of vanishing"} | LATE


def test_the_engine_does_what_its_model_does(monkeypatch, caplog):
    caplog.set_level("CRITICAL", "core.jobs")
    sent: list[UUID] = []
    seen: Counter[str] = Counter()
    monkeypatch.setattr(handlers, "_handlers", {KIND: work})
    monkeypatch.setattr("core.jobs.queue.send", lambda job_id: None)
    monkeypatch.setattr(sweeper, "send", sent.append)
    monkeypatch.setattr(sweeper, "PATIENCE", PATIENCE * HOUR + HALF)
    monkeypatch.setattr(sweeper, "ATTEMPTS", ATTEMPTS)
    monkeypatch.setattr(runner, "ATTEMPTS", ATTEMPTS)
    monkeypatch.setattr(runner, "BACK_OFF", BACK_OFF * HOUR)
    monkeypatch.setattr(lease, "LEASE", LEASE * HOUR + HALF)
    # Here hours pass by a statement; a beat of the real clock, on a slow machine, would bring them back.
    monkeypatch.setattr(lease, "kept_alive", lambda job: nullcontext())
    people = (UserFactory.create(role=Role.BUREAU), UserFactory.create(role=Role.CITY_PLATFORM))
    for number in range(WALKS):
        Walk(number, people, sent, seen).go(STEPS)
    rare = {event for event in EVENTS | {"asked for again by another"} if seen[event] < 3}
    assert rare == set(), "the walks must come by everything that can happen"
