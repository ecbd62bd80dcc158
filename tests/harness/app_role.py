"""`-p tests.harness.app_role --as-app`: what a test does is done as the run-time role, what it stands on as the owner.

Shows what the portal does in production and may not (`zhuzhou_sme.tables`)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--as-app", action="store_true", help="run what tests do as the run-time role")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    if not item.config.getoption("--as-app"):
        return (yield)
    connection_created.connect(_become)
    _become(connection)
    try:
        return (yield)
    finally:
        connection_created.disconnect(_become)
        _run(connection, "RESET ROLE")


def _become(connection: Any, **_: object) -> None:
    _run(connection, f"SET ROLE {settings.DATABASE_APP_ROLE}")


def _run(connection: Any, statement: str) -> None:
    """Beneath Django, which lets a test without a database not ask one."""
    if connection.connection is not None and not connection.connection.closed:
        with connection.connection.cursor() as cursor:
            cursor.execute(statement)
