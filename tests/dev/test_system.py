"""What lacks is installed, or refused with the very command that would help."""

import os
import shutil
from collections.abc import Sequence

import pytest

from dev import system
from dev.console import Console, Refusal
from dev.system import Need

ABSENT = (
    Need("Pango 排版库", "libpango-1.0-0", lambda: False),
    Need("霞鹜文楷", "fonts-lxgw-wenkai", lambda: False),
)


@pytest.fixture
def ordinary_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system, "can_sudo", lambda: False)


def test_without_root_or_sudo_the_exact_command_is_named(ordinary_user: None):
    with pytest.raises(Refusal) as refusal:
        system.install_missing(ABSENT, Console())
    command = "apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 fonts-lxgw-wenkai"
    assert f"\n    {command}\n" in str(refusal.value)
    assert "Pango 排版库(libpango-1.0-0)、霞鹜文楷(fonts-lxgw-wenkai)" in str(refusal.value)


def test_elsewhere_the_refusal_says_what_lacks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refusal, match=r"不是 Debian 系统.*Pango 排版库.*霞鹜文楷"):
        system.install_missing(ABSENT, Console())


def test_nothing_is_asked_for_when_all_is_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system, "apt", lambda command, cwd=None: pytest.fail("apt was called"))
    asked: list[str] = []
    system.install_missing([Need("有", "present", lambda: not asked.append("有"))], Console())
    assert asked == ["有"], "what is there was looked for"


def test_lists_are_refreshed_when_the_first_try_fails(monkeypatch: pytest.MonkeyPatch):
    calls: list[str] = []
    installed: list[str] = []

    def apt(command: Sequence[str], cwd: object = None) -> int:
        calls.append(command[1])
        if command[1] == "install" and "update" in calls:
            installed.append(command[-1])
            return 0
        return 100

    monkeypatch.setattr(system, "apt", apt)
    monkeypatch.setattr(system, "privilege", lambda missing: [])
    system.install_missing([Need("有", "late", lambda: "late" in installed)], Console())
    assert calls == ["install", "update", "install"]


def test_an_ordinary_user_with_sudo_uses_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system, "can_sudo", lambda: True)
    assert system.privilege(ABSENT) == ["sudo"]
