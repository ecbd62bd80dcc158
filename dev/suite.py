"""`make test`: the whole suite, on embedded servers or those of the variables; ends on pytest's last line."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from dev import bootstrap, system
from dev.console import Console
from dev.environment import Interrupted, interruptible, prepared
from dev.paths import CHECKOUT, PYTHON

# The test client and the browser speak plain http, and no test should have to gather static files first.
PLAIN = {"SECURE_COOKIES": "0", "PLAIN_STATIC_FILES": "1"}


def test(console: Console, arguments: Sequence[str]) -> int:
    """Run pytest as the owning role, which may make the test database; returns pytest's exit code."""
    try:
        with interruptible():
            bootstrap.prepare(bootstrap.DEVELOPMENT, console, with_browser=True)
            with prepared("test", console, keep=False) as env:
                env |= {"DATABASE_ROLE": "owner", "CHROMIUM": env.get("CHROMIUM") or system.browser() or ""}
                env = {**PLAIN, **env}
                with subprocess.Popen(
                    [PYTHON, "-m", "pytest", *arguments], env=env, cwd=CHECKOUT, stdin=subprocess.DEVNULL
                ) as process:
                    return wait(process)
    except Interrupted:
        return 130


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
