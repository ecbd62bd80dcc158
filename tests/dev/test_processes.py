"""Child processes end with us, even when we are killed, and even when they would rather not."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dev import processes
from dev.console import Refusal
from dev.paths import CHECKOUT

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = """
import os, sys, time
from pathlib import Path
from dev import processes
child = processes.start("x", ["sleep", "60"], env=os.environ, log=Path(sys.argv[1]), cwd=Path("/"))
print(child.process.pid, flush=True)
time.sleep(60)
"""


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except OSError:
        return True


@pytest.mark.faults
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path):
    command = [sys.executable, "-c", PARENT, str(tmp_path / "log")]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert not is_gone(pid)
        parent.kill()
    limit = time.monotonic() + 5
    while not is_gone(pid) and time.monotonic() < limit:
        time.sleep(0.05)
    assert is_gone(pid)


def test_a_child_that_ignores_the_request_is_killed(tmp_path: Path):
    log = tmp_path / "log"
    command = [sys.executable, "-c", STUBBORN]
    child = processes.start("顽固进程", command, env=os.environ, log=log, cwd=tmp_path, patience=0.3)
    processes.wait_until(lambda: "up" in log.read_text(), child, seconds=10)
    processes.stop(child)
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_that_dies_is_reported_with_its_last_words(tmp_path: Path):
    command = [sys.executable, "-c", "raise SystemExit('no room')"]
    child = processes.start("网站进程", command, env=os.environ, log=tmp_path / "log", cwd=tmp_path)
    with pytest.raises(Refusal, match=r"网站进程启动后退出了[\s\S]*no room"):
        processes.wait_until(lambda: False, child, seconds=10)
    with pytest.raises(Refusal, match="网站进程意外退出"):
        processes.require_running([child])
