"""The variables that the project's own commands run with, and the embedded servers behind them."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

from dev import bootstrap, servers
from dev.console import Console, Refusal
from dev.homes import home, passwords
from dev.paths import LOGS, PYTHON, SERVERS, VENV

# Variables that name a server of one's own, and the port that its addresses mean when they give none.
OWN_SERVERS = {"DATABASE_URL": 5432, "DATABASE_OWNER_URL": 5432, "REDIS_URL": 6379}
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Somebody asked us to stop."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn the first stop signal into `Interrupted` and ignore later ones, so that stopping is not cut."""

    def interrupt(number: int, frame: FrameType | None) -> NoReturn:
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Interrupted

    before = {each: signal.signal(each, interrupt) for each in STOP_SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def uses_own_servers() -> bool:
    """True when both servers are given from outside, so that no embedded one is needed."""
    return bool(os.environ.get("DATABASE_URL")) and bool(os.environ.get("REDIS_URL"))


def runtime_lock() -> str:
    return bootstrap.RUNTIME if uses_own_servers() else bootstrap.EMBEDDED


@contextmanager
def prepared(instance: str, console: Console, *, keep: bool, reuse: bool = False) -> Iterator[dict[str, str]]:
    """Hold the instance, run the servers that no variable gives, yield the environment for the project."""
    for variable, port in OWN_SERVERS.items():
        require_answer(variable, os.environ.get(variable, ""), port)
    with ExitStack() as stack:
        stack.enter_context(servers.sole_use(instance, SERVERS))
        env = base_environment(instance)
        if not uses_own_servers():
            with console.step("启动内置 PostgreSQL 和 Valkey"):
                env |= start_missing(instance, stack, keep=keep, reuse=reuse)
        env.setdefault("DATABASE_OWNER_URL", env["DATABASE_URL"])
        yield env


def require_answer(variable: str, address: str, usual_port: int) -> None:
    """Refuse an address where nobody answers, before anything starts that would only fail by it later."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port or usual_port
    except ValueError:
        raise Refusal(f"{variable} 不是有效的地址。格式见 README.md。") from None
    if not host or host.lower().startswith("%2f"):  # unset, or a socket in the file system
        return
    try:
        socket.create_connection((host, port), timeout=5).close()
    except OSError as error:
        raise Refusal(
            f"{variable} 指定的服务器 {host}:{port} 没有应答({error.strerror or error})。\n"
            "请检查地址并确认服务器已启动,或去掉这些变量,改用内置的服务器。"
        ) from None


def base_environment(instance: str) -> dict[str, str]:
    """Ours, completed: what the caller has set stays."""
    env = dict(os.environ)
    env["PATH"] = f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', '/usr/bin:/bin')}"
    env["PYTHONUNBUFFERED"] = "1"
    env.setdefault("SECRET_KEY", passwords(SERVERS / f"{instance}.json")["django"])
    return env


def start_missing(instance: str, stack: ExitStack, *, keep: bool, reuse: bool) -> dict[str, str]:
    where = home(instance)
    found: dict[str, str] = {}
    if not os.environ.get("DATABASE_URL"):
        log = LOGS / f"postgres-{instance}.log"
        found |= stack.enter_context(servers.postgres(where, log, keep=keep, reuse=reuse))
    if not os.environ.get("REDIS_URL"):
        found |= stack.enter_context(servers.valkey(where, LOGS / f"valkey-{instance}.log"))
    return found


def manage(*arguments: str) -> list[str]:
    return [str(PYTHON), "manage.py", *arguments]
