"""A real worker that can be killed, and the broker it listens to."""

import os
import signal
import subprocess
import sys

import pytest
import redis
from django.conf import settings
from django.db import connection


class Worker:
    """One Celery worker with two processes on the test database."""

    def __init__(self) -> None:
        name = connection.settings_dict["NAME"]
        address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}".format(**connection.settings_dict)
        self.environment = {**os.environ, "DATABASE_OWNER_URL": f"{address}/{name}", "DATABASE_ROLE": "owner"}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, **more: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "tests.faults.worker_app", "worker", "-c", "2", "-l", "ERROR"],
            env=self.environment | more,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def children(self) -> list[int]:
        assert self.process
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]

    def kill_all(self) -> None:
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


@pytest.fixture
def broker():
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.flushdb()
    yield client
    client.flushdb()


@pytest.fixture
def idle_worker(broker):
    """Not started yet; whatever runs at the end is killed."""
    worker = Worker()
    yield worker
    if worker.process:
        worker.kill_all()


@pytest.fixture
def worker(idle_worker):
    idle_worker.start()
    return idle_worker
