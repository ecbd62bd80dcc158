"""`make lock`: turn requirements*.in into hash-locked files, for Debian 12's Python 3.11.2 onwards."""

from __future__ import annotations

import os
import subprocess

from dev import bootstrap
from dev.console import Console, Refusal
from dev.paths import CHECKOUT, VENV

# No annotations, no index addresses: the lock must not record whose machine it was made on.
OPTIONS = ("--universal", "--generate-hashes", "--python-version", "3.11.2", "--no-header", "--no-annotate")
SILENCE = ("--quiet", "--no-emit-index-url", "--no-emit-find-links")


def lock(console: Console) -> int:
    """Lock in order, each file holding the one before it to its versions; UPGRADE=1 takes newer ones."""
    bootstrap.install_lock(bootstrap.DEVELOPMENT, console)
    upgrade = ["--upgrade"] if os.environ.get("UPGRADE") else []
    for name in (bootstrap.RUNTIME, bootstrap.OTHER_DRIVER, bootstrap.EMBEDDED, bootstrap.DEVELOPMENT):
        with console.step(f"锁定 {name}"):
            source = name.replace(".txt", ".in")
            tool = [str(VENV / "bin" / "uv"), "pip", "compile", *OPTIONS, *SILENCE, *upgrade]
            command = [*tool, source, "-o", name]
            if subprocess.run(command, cwd=CHECKOUT).returncode != 0:
                raise Refusal(f"{source} 无法解析,原因见上。")
    return 0
