"""Child processes that cannot outlive us: own session, parent-death signal, ordered stop, group kill."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dev.console import Refusal

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Account:
    """The system user that a server runs as when we are root."""

    uid: int
    gid: int


@dataclass
class Child:
    """A running process, the signal it stops on and how long it may take over it."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    hard_signal: signal.Signals = signal.SIGKILL
    patience: float = 10.0

    def is_running(self) -> bool:
        return self.process.poll() is None

    def last_words(self) -> str:
        return f"日志 {self.log} 的末尾:\n{tail(self.log)}"


def tail(path: Path, lines: int = 15) -> str:
    try:
        return "\n".join(path.read_text("utf-8", "replace").splitlines()[-lines:])
    except OSError:
        return ""


def dies_with_parent(orphan_signal: signal.Signals) -> Callable[[], None]:
    """A pre-exec hook: the kernel sends `orphan_signal` when we vanish, even by SIGKILL.

    Runs after the change of user, which would clear the setting, and checks that the parent is still there.
    """
    parent = os.getpid()

    def hook() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(orphan_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return hook


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    log: Path,
    cwd: Path,
    account: Account | None = None,
    stdin: bytes = b"",
    stop_signal: signal.Signals = signal.SIGTERM,
    hard_signal: signal.Signals = signal.SIGKILL,
    orphan_signal: signal.Signals = signal.SIGKILL,
    patience: float = 10.0,
) -> Child:
    """Start a child in a session of its own, so that Ctrl-C reaches only us and we stop things in order.

    `orphan_signal` is what the kernel sends it when we are killed. A worker asked politely at that moment would wait
    for a broker that is going away too, hence SIGKILL; its jobs come back by their leases.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=dies_with_parent(orphan_signal),
            **as_account(account),
        )
    assert process.stdin is not None
    try:
        process.stdin.write(stdin)
        process.stdin.close()
    except BrokenPipeError:
        pass  # it died at once; whoever waits for it shows its log
    return Child(name, process, log, stop_signal, hard_signal, patience)


def as_account(account: Account | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": [], "umask": 0o077}


def stop(child: Child) -> None:
    """Ask, then insist, then kill what is left of the group."""
    for number in (child.stop_signal, child.hard_signal, signal.SIGKILL):
        if not child.is_running():
            break
        child.process.send_signal(number)
        try:
            child.process.wait(child.patience)
        except subprocess.TimeoutExpired:
            continue
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()


def wait_until(ready: Callable[[], bool], child: Child, *, seconds: float) -> None:
    """Poll until `ready`; a child that dies or takes too long is refused with the end of its log."""
    limit = time.monotonic() + seconds
    while not ready():
        if not child.is_running():
            raise Refusal(f"{child.name}启动后退出了。{child.last_words()}")
        if time.monotonic() > limit:
            raise Refusal(f"{child.name}在 {seconds:.0f} 秒内没有就绪。{child.last_words()}")
        time.sleep(0.02)


def require_running(children: Sequence[Child]) -> None:
    for child in children:
        if not child.is_running():
            raise Refusal(f"{child.name}意外退出,其余进程已停止。{child.last_words()}")
