"""`make check` runs everything and reports every failure."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dev import bootstrap, checks
from dev.checks import Check
from dev.console import Console


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def no_servers(instance: str, console: Console, *, keep: bool) -> Iterator[dict[str, str]]:
        yield {"PATH": "/usr/bin:/bin"}

    monkeypatch.setattr(checks, "prepared", no_servers)
    monkeypatch.setattr(bootstrap, "prepare", lambda lock, console: None)


def report_of(monkeypatch: pytest.MonkeyPatch, *chosen: Check) -> tuple[int, str]:
    monkeypatch.setattr(checks, "CHECKS", chosen)
    stream = io.StringIO()
    return checks.check(Console(stream)), stream.getvalue()


def test_every_failure_is_reported(bare: None, monkeypatch: pytest.MonkeyPatch):
    code, report = report_of(
        monkeypatch,
        Check("甲", ["sh", "-c", "echo first fault; exit 3"]),
        Check("乙", ["true"]),
        Check("丙", ["sh", "-c", "echo $WHO fault >&2; exit 1"], {"WHO": "second"}),
    )
    assert code == 1
    assert "first fault" in report
    assert "second fault" in report
    assert report.endswith("检查未通过(2 项):甲、丙\n")


def test_success_is_zero(bare: None, monkeypatch: pytest.MonkeyPatch):
    code, report = report_of(monkeypatch, Check("乙", ["true"]))
    assert code == 0
    assert "全部 1 项检查通过" in report


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_single_failure_is_a_failure_wherever_it_stands(bare: None, monkeypatch: pytest.MonkeyPatch, failing: int):
    """One red check among green ones must not end the command as if all were well."""
    chosen = [Check(str(number), ["false" if number == failing else "true"]) for number in (1, 2, 3)]
    code, report = report_of(monkeypatch, *chosen)
    assert code == 1
    assert report.endswith(f"检查未通过(1 项):{failing}\n")


@pytest.mark.parametrize("ending", ["exit 1", "exit 255", "kill -9 $$"])
def test_whatever_is_not_zero_is_a_failure(bare: None, monkeypatch: pytest.MonkeyPatch, ending: str):
    assert report_of(monkeypatch, Check("甲", ["sh", "-c", ending]))[0] == 1


def test_every_check_is_there_and_looks_at_everything():
    """A check that is taken off the list, or looks at less, would pass for ever."""
    commands = [" ".join(each.command).rpartition("/bin/")[2] for each in checks.CHECKS]
    for wanted in (
        "mypy .",
        "ruff check .",
        "ruff format --check .",
        "python -m dev.sizes",
        "lint-imports",
        "djlint templates --lint --quiet",
        "djlint templates --check --quiet",
        "makemigrations --check --dry-run",
        "check --deploy --fail-level WARNING",
        "draw_workflows --check",
        "pip check",
    ):
        assert any(wanted in command for command in commands), wanted
    deployed = next(each for each in checks.CHECKS if "--deploy" in each.command)
    assert {name: deployed.env[name] for name in ("DEBUG", "DEMO_MODE", "SECURE_COOKIES")} == {
        "DEBUG": "0",
        "DEMO_MODE": "0",
        "SECURE_COOKIES": "1",
    }
