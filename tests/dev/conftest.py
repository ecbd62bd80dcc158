"""Embedded servers of a checkout that exists only for the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import environ
import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from dev import homes
from dev.homes import Home
from dev.paths import CHECKOUT, checkout_key

Connected = Callable[[str], AbstractContextManager[BaseDatabaseWrapper]]


@pytest.fixture
def connected(django_db_blocker) -> Connected:
    """Connect to any address, with the driver that the settings name and no password of the machine's own."""

    @contextmanager
    def connection_to(url: str) -> Iterator[BaseDatabaseWrapper]:
        address = {**environ.Env.db_url_config(url), "OPTIONS": {"passfile": "/nonexistent"}}
        with django_db_blocker.unblock():
            connection = ConnectionHandler({"default": address})["default"]
            connection.ensure_connection()
            try:
                yield connection
            finally:
                connection.close()

    return connection_to


@pytest.fixture
def venv() -> Path:
    return (CHECKOUT / ".venv").resolve()


@pytest.fixture
def server_home(tmp_path: Path, venv: Path) -> Iterator[Home]:
    yield homes.home("run", checkout=tmp_path, venv=venv)
    if os.geteuid() == 0:
        shutil.rmtree(homes.ROOT_FOLDER / checkout_key(tmp_path), ignore_errors=True)
