"""`make bench`: the benchmarks one after the other, on a PostgreSQL that writes to disk as in operation."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from dev import bootstrap
from dev.console import Console, Refusal
from dev.environment import Interrupted, interruptible, prepared
from dev.paths import CHECKOUT, PYTHON


def names() -> list[str]:
    """The modules of benchmarks/ that can be run."""
    modules = (CHECKOUT / "benchmarks").glob("*.py")
    return sorted(path.stem for path in modules if '__name__ == "__main__"' in path.read_text(encoding="utf-8"))


def bench(console: Console, arguments: Sequence[str]) -> int:
    """Run all, or the one named first with the options that follow; 1 if any missed a limit."""
    if arguments and arguments[0] not in names():
        raise Refusal(f"没有名为 {arguments[0]} 的性能基准。可选:{'、'.join(names())}")
    wanted = [list(arguments)] if arguments else [[name] for name in names()]
    try:
        with interruptible():
            bootstrap.prepare(bootstrap.DEVELOPMENT, console)
            with prepared("bench", console, keep=True) as env:
                return max([one(each, env, console) for each in wanted])
    except Interrupted:
        return 130


def one(command: list[str], env: dict[str, str], console: Console) -> int:
    console.say(f"\n{' '.join(command)}")
    done = subprocess.run([PYTHON, "-m", f"benchmarks.{command[0]}", *command[1:]], env=env, cwd=CHECKOUT)
    return min(abs(done.returncode), 1)
