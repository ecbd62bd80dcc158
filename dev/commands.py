"""Runs the project's own commands to their end and shows their lines while they work."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence

from dev.console import Console, Refusal
from dev.paths import CHECKOUT, LOGS
from dev.processes import Child, dies_with_parent, require_running, tail


def stream(
    command: Sequence[str],
    env: Mapping[str, str],
    console: Console,
    *,
    beside: Sequence[Child] = (),
    aloud: bool = False,
) -> None:
    """Run a command; its lines are passing notes or, `aloud`, stay. Refuse when it or one beside it fails."""
    log = LOGS / "manage.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("ab") as output,
        subprocess.Popen(
            command,
            env=dict(env),
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dies_with_parent(signal.SIGTERM),
        ) as process,
    ):
        try:
            for line in lines_of(process, beside):
                output.write(line + b"\n")
                output.flush()
                show(line.decode("utf-8", "replace").rstrip(), console, aloud)
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise Refusal(f"命令失败:{' '.join(command[1:])}\n日志 {log} 的末尾:\n{tail(log)}")


def lines_of(process: subprocess.Popen[bytes], beside: Sequence[Child]) -> Iterator[bytes]:
    """Lines as they come, looking every half second whether the servers beside still run."""
    assert process.stdout is not None
    descriptor, pending = process.stdout.fileno(), b""
    while True:
        readable, _, _ = select.select([descriptor], [], [], 0.5)
        if not readable:
            require_running(beside)
            continue
        part = os.read(descriptor, 65536)
        if not part:
            break
        *lines, pending = (pending + part).split(b"\n")
        yield from lines
    if pending:
        yield pending


def show(line: str, console: Console, aloud: bool) -> None:
    if not line.strip():
        return
    if aloud:
        console.aside(line)
    else:
        console.note(line.strip()[:60])
