"""The scanner beside the gate: a real clamd with one signature of ours. What it does not pass, nothing passes."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from core.errors import Refusal
from core.files.uploads import scanner
from core.files.uploads.scanner import scan

PLAGUE = b"demonstration plague, harmless"
CONFIGURATION = """
LocalSocket {folder}/clamd.ctl
TCPSocket {port}
TCPAddr 127.0.0.1
DatabaseDirectory {folder}/signatures
Foreground yes
StreamMaxLength 25M
SelfCheck 0
"""


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def clamd(tmp_path_factory):
    """A scanner that knows one virus; started as whoever runs the tests. Its two addresses."""
    folder: Path = tmp_path_factory.mktemp("clamd")
    port = unused_port()
    (folder / "signatures").mkdir()
    (folder / "signatures" / "demo.ndb").write_text(f"Demo.Plague:0:*:{PLAGUE.hex()}\n")
    (folder / "clamd.conf").write_text(CONFIGURATION.format(folder=folder, port=port))
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    with (folder / "clamd.log").open("wb") as log:
        process = subprocess.Popen([program, "-c", str(folder / "clamd.conf")], stdout=log, stderr=log)
    for _ in range(300):
        if (folder / "clamd.ctl").exists() or process.poll() is not None:
            break
        time.sleep(0.1)
    assert process.poll() is None, (folder / "clamd.log").read_text()
    yield f"unix:{folder}/clamd.ctl", f"127.0.0.1:{port}"
    process.terminate()
    process.wait(20)


@pytest.mark.parametrize("way", [0, 1], ids=["socket", "address"])
def test_a_virus_is_named_and_refused_and_honest_bytes_pass(clamd, settings, way):
    settings.CLAMD_ADDRESS = clamd[way]
    scan(b"an honest file " * 200_000)
    with pytest.raises(Refusal, match=r"病毒特征\(Demo\.Plague"):
        scan(b"x" * 3_000_000 + PLAGUE)


def test_a_file_larger_than_the_scanner_reads_does_not_pass(clamd, settings):
    settings.CLAMD_ADDRESS = clamd[0]
    with pytest.raises(Refusal, match="暂时不可用"):
        scan(b"x" * 26 * 1024 * 1024)


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "127.0.0.1:1"])
def test_a_scanner_that_does_not_answer_lets_nothing_through(settings, address):
    settings.CLAMD_ADDRESS = address
    with pytest.raises(Refusal, match="暂时不可用"):
        scan(b"an honest file")


def test_without_a_scanner_nothing_is_asked(settings, monkeypatch):
    monkeypatch.setattr(scanner, "_connect", lambda: pytest.fail("nobody is there to be asked"))
    settings.CLAMD_ADDRESS = ""
    assert scan(PLAGUE) is None
