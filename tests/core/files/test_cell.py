"""A parser that its input has taken over finds nothing to work with: not the portal's secrets, no files, no network, no
other process. Each attempt is first shown to succeed outside the cell."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from core.errors import Refusal, Unequipped
from core.files import calls, sandbox
from core.files.sandbox import Limits, run_limited
from tests.core.files import probes
from zhuzhou_sme.management.commands.show_cell import LAYERS

ROOT = Path(__file__).resolve().parents[3]
THREAD = "a thread of its own"
NAMES = {*probes.ATTEMPTS, THREAD}
OF_FILES = {"accounts of the machine", "a listing", "a file in /tmp"}
OF_PROC = {"environment of the parent", "memory of the parent"}
OF_TRACING = {"memory across processes", "tracing the parent"}


@pytest.fixture(autouse=True)
def allowed(monkeypatch):
    names = {name for name in vars(probes) if callable(getattr(probes, name))}
    monkeypatch.setattr(sandbox, "ALLOWED", frozenset(f"tests.core.files.probes.{name}" for name in names))
    monkeypatch.syspath_prepend(str(ROOT))


def run(name: str, content: bytes = b"", **options):
    return json.loads(run_limited(f"tests.core.files.probes.{name}", content, **options))


def outside(*layers: str) -> set[str]:
    """What is refused to a process like the child, with only these layers."""
    code = (
        "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from tests.core.files import probes;"
        "from core.files import cell; [getattr(cell, layer)() for layer in json.loads(sys.argv[2])];"
        "print(json.dumps(probes.attempts(b'')))"
    )
    arguments = [sys.executable, "-I", "-S", "-c", code, json.dumps([str(ROOT), *sys.path]), json.dumps(layers)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, env={}, cwd="/")
    if "PermissionError" in done.stderr:
        pytest.skip(f"this machine does not offer {layers}")
    assert done.returncode == 0, done.stderr
    return {name for name, answer in json.loads(done.stdout).items() if answer == "refused"}


def test_every_attempt_fails_in_the_cell_and_succeeds_outside():
    found = run("attempts")
    assert found == {name: "done" if name == THREAD else "refused" for name in NAMES}
    assert outside() == set()


def test_the_last_layer_alone_refuses_everything():
    """As in a container, where the others may be forbidden."""
    assert outside("no_calls") == NAMES - {THREAD}


@pytest.mark.parametrize(
    ("layer", "refused"),
    [
        ("another_user", OF_PROC | OF_TRACING | {"a signal to the parent", "limits of the parent"}),
        ("empty_root", OF_FILES | OF_PROC | OF_TRACING | {"another directory"}),
        ("no_paths", OF_FILES | OF_PROC | OF_TRACING),
    ],
)
def test_each_further_layer_does_its_own_part(layer, refused):
    if layer == "another_user":
        refused = refused - ({"a signal to the parent"} if os.geteuid() else set())
    assert outside(layer) >= refused


def test_a_machine_whose_calls_are_unknown_parses_nothing(monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    source = Path(sandbox._CHILD).read_text().replace("    if not lock_up():", "    if not (lock_up() and False):")
    child.write_text(source)
    monkeypatch.setattr(sandbox, "_CHILD", child)
    with pytest.raises(Unequipped, match="不能隔离"):
        run("own_environment")
    assert calls.program("sparc", 1) == b""
    assert all(calls.program(machine, 1) for machine in ("x86_64", "aarch64", "riscv64", "loongarch64"))


def test_the_child_knows_no_setting_and_holds_only_its_three_files(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    assert "SECRET_KEY" not in run("own_environment")
    assert run("open_descriptors") == [0, 1, 2]


def test_it_runs_no_program():
    with pytest.raises(Refusal, match="无法读取"):
        run("execute_program")


@pytest.mark.parametrize(
    ("name", "message"),
    [("memory", "内存"), ("processor", "时间"), ("output", "无法读取"), ("crash", "无法读取"), ("abort", "内存")],
)
def test_passing_a_limit_is_a_refusal(name, message):
    with pytest.raises(Refusal, match=message):
        run(name, b"x", limits=Limits(processor=1, output=1_000_000))


def test_wall_clock():
    with pytest.raises(Refusal, match="时间"):
        run("processor", limits=Limits(wall=1))


def test_hands_back_its_own_faults():
    with pytest.raises(Refusal) as refused:
        run("refuse")
    assert [(fault.message, fault.row) for fault in refused.value.faults] == [("甲", 3), ("乙", None)]


def test_the_child_ends_with_its_parent():
    """A server that is killed leaves no parser behind."""
    code = (
        f"import sys; sys.path[:] = {[str(ROOT), *sys.path]!r}; from core.files import sandbox;"
        "sandbox.ALLOWED = {'tests.core.files.probes.sleep'};"
        "sandbox.run_limited('tests.core.files.probes.sleep', b'')"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        try:
            child = _child_of(parent.pid)
        finally:
            parent.send_signal(signal.SIGKILL)
    assert _ends_soon(child), "the parser outlived its parent"


def _ends_soon(child):
    for _ in range(100):
        if not _status(child) or "State:\tZ" in _status(child):
            return True
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    return False


def _child_of(parent: int) -> int:
    """The child once it sleeps in its cell."""
    for _ in range(200):
        for entry in Path("/proc").glob("[0-9]*"):
            status = _status(int(entry.name))
            if f"PPid:\t{parent}\n" in status and "Seccomp:\t2" in status:
                return int(entry.name)
        time.sleep(0.05)
    raise AssertionError("no child in its cell")


def _status(pid: int) -> str:
    """Empty when there is no such process any more."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/status").read_text()
    return ""


@pytest.mark.parametrize("module", ["zhuzhou_sme.wsgi", "zhuzhou_sme.celery"])
def test_nobody_of_the_same_user_looks_into_the_servers(module):
    for imported, expected in ((module, "0"), ("json", "1")):
        code = f"import {imported}, ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
        assert done.stdout.strip() == expected


def test_the_office_sees_which_layers_hold(monkeypatch, capsys):
    monkeypatch.setattr(sandbox, "ALLOWED", frozenset({"core.files.cell.layers"}))
    call_command("show_cell")
    shown = dict(line.split("  ")[::-1] for line in capsys.readouterr().out.splitlines())
    assert list(shown) == list(LAYERS.values())
    assert shown[LAYERS["no_calls"]] == "有"
