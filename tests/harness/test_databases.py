"""Databases of the tests: one migration for many clones, none half made, and a way where none may clone."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.backends.utils import CursorWrapper

from core.models import SealedFile
from tests.harness import databases
from tests.harness.process import WORKER

PREFIX = f"test_of_the_template_{WORKER}_"
CLONES = tuple(f"test_of_the_clone_{WORKER}_{number}" for number in range(2))


class Migration:
    """Leaves a table, counts how often, and fails when told to."""

    def __init__(self) -> None:
        self.times, self.fails = 0, False

    def __call__(self) -> None:
        self.times += 1
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE migrated (id int)")
            if self.fails:
                cursor.execute("SELECT 1 / 0")


@pytest.fixture
def server(django_db_setup, django_db_blocker) -> Iterator[CursorWrapper]:
    """A session of the server outside any test's database; what the test has made is dropped."""
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        yield cursor
        for name in (*databases.names(cursor, PREFIX), *CLONES):
            databases.drop(cursor, name)


@pytest.fixture
def migration() -> Migration:
    return Migration()


def make(server, migration, clone=CLONES[0], key="1") -> bool:
    """Whether the clone has what the migration makes."""
    databases.make(server, clone, prefix=PREFIX, key=key, migrate=migration)
    found = []

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('migrated') IS NOT NULL")
            found.extend(cursor.fetchone())

    databases.inside(clone, look)
    return found == [True]


def test_two_databases_of_one_key_are_migrated_once(server, migration):
    assert [make(server, migration, clone) for clone in CLONES] == [True, True]
    assert migration.times == 1


def test_another_key_is_migrated_anew_and_the_old_template_goes(server, migration):
    make(server, migration, key="1")
    assert make(server, migration, key="2")
    assert migration.times == 2
    assert databases.names(server, PREFIX) == [f"{PREFIX}2"]


def test_a_migration_that_fails_leaves_no_template(server, migration):
    migration.fails = True
    with pytest.raises(DatabaseError):
        make(server, migration)
    migration.fails = False
    assert f"{PREFIX}1" not in databases.names(server, PREFIX)
    assert make(server, migration)


def test_where_the_template_cannot_be_cloned_the_database_is_migrated(server, migration, monkeypatch):
    create = databases.create

    def refuse(cursor, name: str, more: str = "") -> None:
        if more:
            raise DatabaseError("permission denied to copy database")
        create(cursor, name)

    monkeypatch.setattr(databases, "create", refuse)
    assert make(server, migration)
    assert migration.times == 2


def test_the_process_stays_in_its_own_database(server, migration):
    own = connection.settings_dict["NAME"]
    assert own.startswith("test_") and settings.DATABASES["default"]["NAME"] == own
    assert connections.create_connection("default").settings_dict["NAME"] == own
    make(server, migration)
    assert connection.settings_dict["NAME"] == own


def test_a_clone_keeps_what_the_migrations_granted(db):
    """What the roles may do in the clone is looked at table by table in tests/core/test_append_only.py."""
    table, role = SealedFile._meta.db_table, settings.DATABASE_APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, %s, 'SELECT'), has_table_privilege(%s, %s, 'UPDATE')", [role, table] * 2
        )
        assert cursor.fetchone() == (True, False)
