"""The virtual environment is filled once per lock and not again while the lock stays the same."""

import json
from pathlib import Path

import pytest

from dev import bootstrap
from dev.console import Console


@pytest.fixture
def installs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    monkeypatch.setattr(bootstrap, "pip_install", lambda venv, lock, total, console: done.append(lock))
    return done


@pytest.fixture
def empty_venv(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    return tmp_path


def test_an_unchanged_lock_is_installed_once(installs: list[str], empty_venv: Path):
    for _ in range(2):
        bootstrap.install_lock(bootstrap.EMBEDDED, Console(), venv=empty_venv)
    assert installs == [bootstrap.EMBEDDED]


def test_the_development_lock_brings_the_smaller_ones(installs: list[str], empty_venv: Path):
    bootstrap.install_lock(bootstrap.DEVELOPMENT, Console(), venv=empty_venv)
    bootstrap.install_lock(bootstrap.RUNTIME, Console(), venv=empty_venv)
    assert installs == [bootstrap.DEVELOPMENT]


def test_a_changed_lock_is_installed_again(installs: list[str], empty_venv: Path):
    bootstrap.install_lock(bootstrap.RUNTIME, Console(), venv=empty_venv)
    bootstrap.stamp_file(empty_venv).write_text(json.dumps({bootstrap.RUNTIME: "older"}))
    bootstrap.install_lock(bootstrap.RUNTIME, Console(), venv=empty_venv)
    assert installs == [bootstrap.RUNTIME] * 2
