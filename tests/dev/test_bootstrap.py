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
def half_made_venv(tmp_path: Path) -> Path:
    """As Ctrl-C leaves one: the interpreter comes first, pip last."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    return tmp_path


@pytest.fixture
def empty_venv(half_made_venv: Path) -> Path:
    pip = half_made_venv / "lib" / "python3.11" / "site-packages" / "pip-23.0.1.dist-info"
    pip.mkdir(parents=True)
    (pip / "RECORD").touch()
    return half_made_venv


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


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    given: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "run_logged", given.append)
    return given


def test_an_environment_whose_making_was_interrupted_is_made_again(
    installs: list[str], half_made_venv: Path, commands: list[list[str]]
):
    bootstrap.install_lock(bootstrap.RUNTIME, Console(), venv=half_made_venv)
    assert [command[1:] for command in commands] == [["-m", "venv", "--clear", str(half_made_venv)]]
    assert installs == [bootstrap.RUNTIME]


def test_an_environment_with_a_package_cut_off_is_made_again(
    installs: list[str], empty_venv: Path, commands: list[list[str]]
):
    (next(empty_venv.glob("lib/*/site-packages")) / "gunicorn-23.0.0.dist-info").mkdir()
    bootstrap.install_lock(bootstrap.RUNTIME, Console(), venv=empty_venv)
    assert len(commands) == len(installs) == 1


def test_a_whole_environment_is_filled_and_not_made_again(
    installs: list[str], empty_venv: Path, commands: list[list[str]]
):
    bootstrap.install_lock(bootstrap.RUNTIME, Console(), venv=empty_venv)
    assert (len(commands), len(installs)) == (0, 1)


def test_an_interrupted_change_of_versions_is_done_again(empty_venv: Path, monkeypatch: pytest.MonkeyPatch):
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    stamp = bootstrap.stamp_file(empty_venv)
    stamp.write_text(json.dumps({bootstrap.RUNTIME: "older"}))
    monkeypatch.setattr(bootstrap, "pip_install", cut_off)
    with pytest.raises(KeyboardInterrupt):
        bootstrap.install_lock(bootstrap.RUNTIME, Console(), venv=empty_venv)
    assert not stamp.exists()
