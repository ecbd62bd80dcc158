"""The suite once more under other plans: `-p tests.harness.plans --plans=SEED` (`make test ARGS=--plans=1`).

The database chooses between sorted and hashed, nested and merged by what it knows of the tables, and that changes with
every night. By seed and test some of its ways are forbidden here; between statements the tables that they name are
analysed, and where nobody else is connected their rows are put into the order of another index.
"""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

WAYS = ("enable_hashagg", "enable_sort", "enable_nestloop", "enable_hashjoin")
OFTEN = 0.1
MOVED = 0.5
"""Of the statements that read, so many are preceded by an analysis; of these, so many by a new order of the rows."""

_READ_FROM = re.compile(r'(?:FROM|JOIN)\s+"?((?:core|platforms|evaluation|rewards)_[a-z_]+)"?', re.IGNORECASE)
_INDEXES = """SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
               WHERE i.indrelid = %s::regclass AND i.indpred IS NULL AND i.indexprs IS NULL AND a.amname = 'btree'
               ORDER BY c.relname"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--plans", default="", help="seed: forbid the database some of its plans, by test")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    seed = item.config.getoption("--plans")
    if not seed:
        return (yield)
    with other_plans(f"{seed}:{item.nodeid}", is_alone=is_alone(item)):
        return (yield)


def is_alone(item: pytest.Item) -> bool:
    """Whether the test keeps to one connection, in a transaction that is rolled back: only then rows may be moved."""
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    transactional = marker is not None and marker.kwargs.get("transaction", False)
    if item.get_closest_marker("rows_stay"):
        return False
    return not transactional and not {"transactional_db", "live_server", "portal"} & set(names)


@contextmanager
def other_plans(seed: str, *, is_alone: bool) -> Iterator[dict[str, str]]:
    """The settings of every connection that is opened or open here; at the end the usual ones again."""
    chance = random.Random(seed)
    chosen = {way: chance.choice(("on", "off")) for way in WAYS}

    def receive(connection: BaseDatabaseWrapper, **_: object) -> None:
        choose(connection, chosen)

    connection_created.connect(receive)
    choose(connection, chosen)
    try:
        with connection.execute_wrapper(Disturbance(chance, is_alone=is_alone)):
            yield chosen
    finally:
        connection_created.disconnect(receive)
        choose(connection, dict.fromkeys(WAYS, "on"))


def choose(connection: BaseDatabaseWrapper, settings: dict[str, str]) -> None:
    """Beneath Django, which lets a test without a database not ask one."""
    if connection.connection is None or connection.connection.closed:
        return
    with connection.connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute(f"SET {name} = {value}")
    if not connection.in_atomic_block and not connection.connection.autocommit:
        connection.connection.commit()


class Disturbance:
    """Before some of the statements that read: the tables analysed, or their rows moved."""

    def __init__(self, chance: random.Random, *, is_alone: bool) -> None:
        self.chance = chance
        self.is_alone = is_alone
        self.is_busy = False

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        tables = sorted(set(_READ_FROM.findall(sql))) if isinstance(sql, str) else []
        if tables and not self.is_busy and self.chance.random() < OFTEN:
            self.is_busy = True
            try:
                self.disturb(context["connection"], self.chance.choice(tables))
            finally:
                self.is_busy = False
        return execute(sql, params, many, context)

    def disturb(self, connection: BaseDatabaseWrapper, table: str) -> None:
        """A role that owns no table may do neither, and a table that is being read may not be moved: then it stays.
        All of it beneath Django: no test counts these statements."""
        moved = self.is_alone and connection.in_atomic_block and self.chance.random() < MOVED
        with connection.connection.cursor() as cursor, kept_going(cursor, in_block=connection.in_atomic_block):
            if not moved:
                cursor.execute(f'ANALYZE "{table}"')
                return
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(_INDEXES, [table])
            cursor.execute(f'CLUSTER "{table}" USING "{self.chance.choice(cursor.fetchall())[0]}"')


@contextmanager
def kept_going(cursor: Any, *, in_block: bool) -> Iterator[None]:
    """A statement that the database refuses is undone, and the test does not notice."""
    if in_block:
        cursor.execute("SAVEPOINT disturbance")
    try:
        yield
    except connection.Database.Error:  # type: ignore[attr-defined]
        if in_block:
            cursor.execute("ROLLBACK TO SAVEPOINT disturbance")
    if in_block:
        cursor.execute("RELEASE SAVEPOINT disturbance")
