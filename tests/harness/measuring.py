"""Watches which lines run: loaded by `dev/suite.py` with the whole suite, before anything of the project is.

Each process writes what it saw into one folder; the one that the others report to adds it up.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from dev.paths import CHECKOUT as ROOT
from dev.sizes import APPS
from tests.harness.lines import added_up, is_whole, refuse_untested, share, untested, watcher
from tests.harness.process import WORKER
from tests.test_architecture import pure_modules

if not WORKER:
    os.environ["TESTED_LINES"] = tempfile.mkdtemp(prefix="zhuzhou-sme-test-lines-")
FOLDER = Path(os.environ["TESTED_LINES"])

_seen = watcher(FOLDER / f"lines.{WORKER or 'own'}")
_seen.start()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    _seen.stop()
    _seen.save()


class AtTheEnd:
    """In the process that prints: after the others have written, before the summary is printed."""

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        self.all = added_up(FOLDER)
        if is_whole(session.config) and exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            refuse_untested(session, untested(self.all, pure_modules().values()))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("lines run by the tests")
        for app in APPS:
            run, written = share(self.all, ROOT / app)
            terminalreporter.write_line(f"{app:<12} {run:>6} / {written:<6} {100 * run / max(written, 1):.1f} %")

    def pytest_unconfigure(self) -> None:
        shutil.rmtree(FOLDER, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    if not WORKER:
        config.pluginmanager.register(AtTheEnd())
