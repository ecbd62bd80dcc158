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
