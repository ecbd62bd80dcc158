"""The restore drill: back up, restore beside, verify; one command that touches nothing of what is in use."""

import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import partial
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from core.numbers import half_up

VERIFICATIONS = {"核验全部文件": "verify_sealed", "重新计算全部已公布的排名": "verify_publications"}


def seconds_since(began: float) -> str:
    return half_up(Fraction(time.monotonic() - began), 1)


class Command(BaseCommand):
    help = "恢复演练:备份数据库和上传文件,恢复到另一个新建的数据库,核验全部文件,重新计算全部已公布的排名,逐步报告用时"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--programs", default="", help="pg_dump 和 pg_restore 所在目录,缺省从 PATH 查找")

    def handle(self, *args: object, programs: str, **options: object) -> None:
        """1. Dump the database, then pack the uploads: in this order every row of the backup finds its file.
        2. Restore both beside what is in use: a database of its own that is dropped at the end, a folder that goes.
        3. Verify there, in a process that knows nothing but the restored copies."""
        if settings.DATABASE_ROLE != "owner":
            raise CommandError("恢复演练须以属主角色执行:DATABASE_ROLE=owner python manage.py restore_drill")
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="restore-drill-") as folder, fresh_database() as fresh:
            dump, pack, media = Path(folder, "database.dump"), Path(folder, "media.tar"), Path(folder, "media")
            tool = partial(run_tool, programs)
            self._step("备份数据库", lambda: tool("pg_dump", "--format=custom", f"--file={dump}", name=own_name()))
            self._step("备份上传文件", lambda: packed(pack))
            self._step("恢复数据库", lambda: tool("pg_restore", "--no-owner", "--exit-on-error", str(dump), name=fresh))
            self._step("恢复上传文件", lambda: unpacked(pack, media))
            for words, command in VERIFICATIONS.items():
                self._step(words, partial(verify, command, fresh, media))
        self.stdout.write(f"恢复演练通过,共{seconds_since(began)}秒")

    def _step(self, words: str, work: Callable[[], str]) -> None:
        began = time.monotonic()
        told = work()
        self.stdout.write(f"{words}:{seconds_since(began)}秒{f',{told}' if told else ''}")


def own_name() -> str:
    return str(connection.settings_dict["NAME"])


@contextmanager
def fresh_database() -> Iterator[str]:
    """A new empty database on the same server, dropped at the end."""
    name = f"{own_name()}_drill_{os.getpid()}"
    quoted = connection.ops.quote_name(name)
    with connection._nodb_cursor() as server:
        server.execute(f"CREATE DATABASE {quoted} TEMPLATE template0")
    try:
        yield name
    finally:
        with connection._nodb_cursor() as server:
            server.execute(f"DROP DATABASE {quoted} WITH (FORCE)")


def run_tool(programs: str, program: str, *arguments: str, name: str) -> str:
    """One of PostgreSQL's programs on the database of that name. The password goes by the environment, where `ps` does
    not show it."""
    place = connection.settings_dict
    server = {
        "PGHOST": place["HOST"],
        "PGPORT": place["PORT"],
        "PGUSER": place["USER"],
        "PGPASSWORD": place["PASSWORD"],
    }
    environment = {**os.environ, **{key: str(value) for key, value in server.items() if value}, "PGDATABASE": name}
    chosen = ["--dbname", name] if program == "pg_restore" else []
    return run([str(Path(programs, program)), *chosen, *arguments], environment)


def packed(pack: Path) -> str:
    """Without the quarantine: what nobody has judged is not restored."""
    uploads = Path(settings.MEDIA_ROOT) / "attachments"
    with tarfile.open(pack, "w") as tar:
        if uploads.exists():
            tar.add(uploads, arcname="attachments")
    return f"{pack.stat().st_size // 1024}KB"


def unpacked(pack: Path, media: Path) -> str:
    with tarfile.open(pack) as tar:
        tar.extractall(media)  # noqa: S202  packed by the drill itself a moment ago; Python 3.11.2 knows no filter
    return ""


def verify(command: str, name: str, media: Path) -> str:
    place = connection.settings_dict
    person = f"{quote(str(place['USER']))}:{quote(str(place['PASSWORD']), safe='')}"
    url = f"postgres://{person}@{quote(str(place['HOST']), safe='')}:{place['PORT'] or 5432}/{name}"
    environment = {**os.environ, "DATABASE_ROLE": "owner", "DATABASE_OWNER_URL": url, "MEDIA_ROOT": str(media)}
    return run([sys.executable, str(settings.BASE_DIR / "manage.py"), command], environment)


def run(command: list[str], environment: dict[str, str]) -> str:
    """Its last line; CommandError with all it said when it fails."""
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  ours
    except OSError as error:
        raise CommandError(f"无法执行{command[0]}:{error.strerror}(用 --programs 指定所在目录)") from None
    if done.returncode != 0:
        raise CommandError(f"恢复演练未通过:{Path(command[0]).name} {command[-1]}\n{done.stdout}{done.stderr}")
    return (done.stdout.strip().splitlines() or [""])[-1]
