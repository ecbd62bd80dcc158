"""The supervisor: on a stand-in project, with the real servers, worker and web server, it starts and stops it all."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from dev import bootstrap, homes, loaded, run
from dev.console import Refusal
from dev.paths import CHECKOUT, checkout_key
from dev.servers import free_port
from tests.dev.test_servers import processes_naming

STAND_IN = {
    "manage.py": "import sys; print('步骤', sys.argv[1], flush=True)",
    "zhuzhou_sme/__init__.py": "from zhuzhou_sme.celery import app as celery_app",
    "zhuzhou_sme/settings.py": "",
    "zhuzhou_sme/celery.py": "import os, celery; app = celery.Celery('x', broker=os.environ['REDIS_URL'])",
    "zhuzhou_sme/wsgi.py": "def application(env, start):\n    start('200 OK', [])\n    return [b'up']",
    "static/site.css": "",
    "demo/accounts.csv": "用户名,姓名,口令\nbureau,演示局经办,demo-password\n",
}


LOADING = ("✓ 更新数据库结构", "✓ 载入演示数据", "✓ 演示全年流程")


@pytest.fixture
def project(tmp_path: Path, venv: Path) -> Iterator[Path]:
    """A checkout with our dev/ and locks, an environment that borrows our packages, and a project that does nothing."""
    shutil.copytree(CHECKOUT / "dev", tmp_path / "dev", ignore=shutil.ignore_patterns("__pycache__"))
    for lock in bootstrap.LOCKS:
        shutil.copy(CHECKOUT / lock, tmp_path)
    for name, text in STAND_IN.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    own = tmp_path / ".venv"
    own.mkdir()
    for name in ("bin", "lib"):
        (own / name).symlink_to(venv / name)
    shutil.copy(venv / "pyvenv.cfg", own)
    stamps = {lock: bootstrap.digest(lock) for lock in bootstrap.LOCKS}
    bootstrap.stamp_file(own).write_text(json.dumps(stamps))
    yield tmp_path
    if os.geteuid() == 0:
        shutil.rmtree(homes.ROOT_FOLDER / checkout_key(tmp_path), ignore_errors=True)


class Running:
    """A supervisor at work."""

    def __init__(self, project: Path, output: Path) -> None:
        self.port, self.project, self.output = free_port(), project, output
        names = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DATABASE_ROLE")
        env = {name: value for name, value in os.environ.items() if name not in names}
        env |= {"PORT": str(self.port), "FONT_DIR": str(project)}
        with output.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dev", "run"], cwd=project, env=env, stdout=file, stderr=subprocess.STDOUT
            )

    def said(self) -> str:
        return self.output.read_text()

    def until(self, text: str) -> None:
        limit = time.monotonic() + 60
        while text not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < limit, self.said()
            time.sleep(0.1)

    def leftovers(self) -> list[str]:
        """What still runs on the project's folder or on its servers' data a little later."""
        limit = time.monotonic() + 20
        while time.monotonic() < limit:
            left = processes_naming(str(self.project)) + processes_naming(checkout_key(self.project))
            if not left:
                return []
            time.sleep(0.2)
        return left


@pytest.fixture
def running(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    started = Running(project, tmp_path_factory.mktemp("output") / "log")
    yield started
    started.process.kill()
    started.process.wait()


@pytest.mark.faults
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_in_order_and_stops_all_of_it(running: Running, number: signal.Signals):
    running.until("按 Ctrl-C 停止")
    with urllib.request.urlopen(f"http://127.0.0.1:{running.port}/") as answer:
        assert answer.read() == b"up"
    steps = [line for line in running.said().splitlines() if line.startswith("✓")]
    order = ("内置 PostgreSQL", "数据库结构", "静态文件", "演示数据", "全年流程", "等待网站")
    assert [word for step in steps for word in order if word in step] == list(order)
    assert "demo-password" in running.said()
    assert running.project.joinpath("var/log/celery.log").exists()
    running.process.send_signal(number)
    assert running.process.wait(30) == 0
    assert "已全部停止" in running.said()
    assert running.leftovers() == []


def started_once(project: Path, output: Path) -> str:
    """Start, wait for the announcement, stop; returns what was said."""
    started = Running(project, output)
    try:
        started.until("按 Ctrl-C 停止")
        started.process.send_signal(signal.SIGINT)
        assert started.process.wait(30) == 0
    finally:
        started.process.kill()
        started.process.wait()
    return started.said()


@pytest.mark.faults
def test_a_second_start_loads_again_only_what_changed(project: Path, tmp_path_factory: pytest.TempPathFactory):
    output = tmp_path_factory.mktemp("output") / "log"
    first = started_once(project, output)
    assert [step in first for step in LOADING] == [True] * 3
    second = started_once(project, output)
    assert "不再载入" in second
    assert [step in second for step in LOADING] == [False] * 3
    (project / "demo/hub.csv").write_text("another quarter")
    third = started_once(project, output)
    assert [step in third for step in LOADING] == [True] * 3


@pytest.mark.faults
def test_a_start_that_failed_half_way_is_not_taken_for_done(project: Path, tmp_path_factory: pytest.TempPathFactory):
    output = tmp_path_factory.mktemp("output") / "log"
    started_once(project, output)
    (project / "manage.py").write_text(STAND_IN["manage.py"] + "; sys.exit(sys.argv[1] == 'run_demo_year')")
    (project / "demo/hub.csv").write_text("another quarter")
    broken = Running(project, output)
    assert broken.process.wait(60) == 1
    (project / "demo/hub.csv").unlink()  # as it was when all was loaded
    (project / "manage.py").write_text(STAND_IN["manage.py"])
    again = started_once(project, output)
    assert [step in again for step in LOADING] == [True] * 3


def test_what_was_loaded_is_known_by_every_file_and_by_the_day(tmp_path: Path):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/hub.csv").write_text("52")
    first = loaded.digest(["demo"], "2026-03-31", tmp_path)
    assert loaded.digest(["demo"], "2026-03-31", tmp_path) == first
    assert loaded.digest(["demo"], "2026-04-01", tmp_path) != first
    (tmp_path / "demo/hub.csv").write_text("53")
    assert loaded.digest(["demo"], "2026-03-31", tmp_path) != first
    assert loaded.Loaded(date(2026, 3, 31)).digest != loaded.Loaded(date(2026, 4, 1)).digest


def test_a_database_of_ones_own_is_never_taken_for_loaded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://owner@db.example/portal")
    kept = loaded.Loaded(date(2026, 3, 31))
    kept.remember()
    assert not kept.is_current


@pytest.mark.faults
def test_nothing_survives_when_the_supervisor_is_killed(running: Running):
    running.until("按 Ctrl-C 停止")
    running.process.kill()
    running.process.wait()
    assert running.leftovers() == []


@pytest.mark.faults
def test_a_server_that_dies_takes_the_rest_with_it(running: Running):
    running.until("按 Ctrl-C 停止")
    celery = next(int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if is_worker(path, running))
    os.kill(celery, signal.SIGKILL)
    assert running.process.wait(30) == 1
    assert "后台任务进程意外退出" in running.said()
    assert running.leftovers() == []


def is_worker(path: Path, running: Running) -> bool:
    try:
        parent = path.with_name("stat").read_text().rsplit(")", 1)[1].split()[1]
        return b"worker" in path.read_bytes() and int(parent) == running.process.pid
    except OSError:
        return False


@pytest.mark.parametrize(("status", "up"), [(200, True), (404, True), (500, False), (503, False)])
def test_a_portal_that_answers_with_a_fault_is_not_up(status: int, up: bool):
    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_error(status) if status >= 400 else self.send_response_only(status)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        assert run.answers(server.server_port) is up
        server.shutdown()


def test_a_taken_port_is_refused_before_anything_starts(monkeypatch: pytest.MonkeyPatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))
        with pytest.raises(Refusal, match=f"端口 {port} 已被其他程序占用.*PORT={port + 1}"):
            run.wanted_port()


@pytest.mark.parametrize("text", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, text: str):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Refusal, match="不是有效的端口号"):
        run.wanted_port()
