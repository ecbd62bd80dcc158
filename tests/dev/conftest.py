"""Embedded servers of a checkout that exists only for the test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev import homes
from dev.homes import Home
from dev.paths import CHECKOUT, checkout_key


@pytest.fixture
def venv() -> Path:
    return (CHECKOUT / ".venv").resolve()


@pytest.fixture
def server_home(tmp_path: Path, venv: Path) -> Iterator[Home]:
    yield homes.home("run", checkout=tmp_path, venv=venv)
    if os.geteuid() == 0:
        shutil.rmtree(homes.ROOT_FOLDER / checkout_key(tmp_path), ignore_errors=True)
