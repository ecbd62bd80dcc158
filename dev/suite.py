"""`make test`: the whole suite, on embedded servers or those of the variables; ends on pytest's last line."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from dev import bootstrap, system
from dev.console import Console
from dev.environment import Interrupted, interruptible, prepared
from dev.paths import CHECKOUT, PYTHON

# The test client and the browser speak plain http, and no test should have to gather static files first.
PLAIN = {"SECURE_COOKIES": "0", "PLAIN_STATIC_FILES": "1"}
PROCESSES = 2
FEW = 8  # so many files are done before a second process has loaded the project
WHOLE = ("--durations=20", "-p", "tests.harness.measuring")


def test(console: Console, arguments: Sequence[str]) -> int:
    """Run pytest as the owning role, which may make the test database; returns pytest's exit code."""
    try:
        with interruptible():
            bootstrap.prepare(bootstrap.DEVELOPMENT, console, with_browser=True)
            with prepared("test", console, keep=False, reuse=True) as env:
                env |= {"DATABASE_ROLE": "owner", "CHROMIUM": env.get("CHROMIUM") or system.browser() or ""}
                env = {**PLAIN, **env}
                with subprocess.Popen(
                    [PYTHON, "-m", "pytest", *options(arguments), *arguments],
                    env=env,
                    cwd=CHECKOUT,
                    stdin=subprocess.DEVNULL,
                ) as process:
                    return wait(process)
    except Interrupted:
        return 130


def options(arguments: Sequence[str]) -> list[str]:
    """What pytest is told before the caller's arguments, which win: processes, and the report of a whole suite."""
    named = [path for each in arguments if (path := CHECKOUT / each.partition("::")[0]).exists()]
    parallel = [f"--numprocesses={PROCESSES}", "--dist=loadgroup"]
    if not named:
        return [*parallel, *WHOLE]
    return parallel if count(named) > FEW else []


def count(paths: Sequence[Path]) -> int:
    return sum(len([*path.rglob("test_*.py")]) if path.is_dir() else 1 for path in paths)


def wait(process: subprocess.Popen[bytes]) -> int:
    """Let pytest end by itself when interrupted: it stops its browsers and workers, then we the servers."""
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
        raise
