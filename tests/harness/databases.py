"""The database of a process: cloned from a template that was migrated once, or migrated itself where that is refused.

Names carry the checkout's key, so that two checkouts may use one server. The template stays on the server for the next
run (the embedded one keeps its data for that, see `dev/servers.py`); templates of other migrations are dropped.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

from dev.paths import checkout_key
from tests.harness import template
from tests.harness.process import WORKER

Migrate = Callable[[], object]
LOCK = 0x7A7A736D65  # one process at a time makes or clones a template; any number that nobody else locks


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)


@contextmanager
def own_database() -> Iterator[str]:
    """Make the database of this process, connect to it, yield its name and drop it at the end."""
    prefix = f"test_{checkout_key()}"
    name, usual = f"{prefix}_{WORKER or 'alone'}", connection.settings_dict["NAME"]
    with connection._nodb_cursor() as server:
        make(server, name, prefix=f"{prefix}_template_", key=template.key(), migrate=migrate)
    connect_to(name)
    try:
        yield name
    finally:
        connect_to(usual)
        with connection._nodb_cursor() as server:
            drop(server, name)


def make(server: CursorWrapper, name: str, *, prefix: str, key: str, migrate: Migrate) -> None:
    """Clone the template of this key, making it first where it is missing. Who waits for the lock finds it made."""
    drop(server, name)
    server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        if prefix + key not in names(server, prefix):
            make_template(server, prefix, key, migrate)
        try:
            create(server, name, f"TEMPLATE {quoted(prefix + key)}")
        except DatabaseError:  # somebody looks into the template, or the server lets nobody copy
            create(server, name)
            inside(name, migrate)
        server.execute(f"REVOKE TEMPORARY ON DATABASE {quoted(name)} FROM PUBLIC")  # a clone brings no such rights
    finally:
        server.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def make_template(server: CursorWrapper, prefix: str, key: str, migrate: Migrate) -> None:
    """Named by its key only when it is whole; the templates of other keys go."""
    for old in names(server, prefix):
        drop(server, old)
    unfinished = f"{prefix}unfinished"
    create(server, unfinished)
    inside(unfinished, migrate)
    server.execute(f"ALTER DATABASE {quoted(unfinished)} RENAME TO {quoted(prefix + key)}")


def inside(name: str, migrate: Migrate) -> None:
    """Migrate the database of that name and leave it, for one with sessions can be neither renamed nor cloned."""
    before = connection.settings_dict["NAME"]
    connect_to(name)
    try:
        migrate()
    finally:
        connect_to(before)


def connect_to(name: str) -> None:
    """From here on every connection of this process, those of its threads too, is to that database."""
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


def names(server: CursorWrapper, prefix: str) -> list[str]:
    server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY datname", [prefix])
    return [name for (name,) in server.fetchall()]


def create(server: CursorWrapper, name: str, more: str = "") -> None:
    server.execute(f"CREATE DATABASE {quoted(name)} {more}")


def drop(server: CursorWrapper, name: str) -> None:
    server.execute(f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")


def quoted(name: str) -> str:
    quoted: str = connection.ops.quote_name(name)
    return quoted
