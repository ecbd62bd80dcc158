"""Which lines of the project the whole suite runs, and that it runs every line of the pure packages.

A line of a pure package that no test runs is an error of the run, named by file and number: it is either a promise
without a test, or dead. `measuring.py` is what pytest loads.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

from dev.paths import CHECKOUT as ROOT
from dev.sizes import APPS

# What only a type checker reads, or a process of its own runs.
NEVER_RUN = (r"if TYPE_CHECKING:", r"if __name__ == .__main__.:", r"^\s*\.\.\.$")


def watcher(data_file: Path) -> Coverage:
    return Coverage(
        data_file=str(data_file),
        source=[str(ROOT / app) for app in APPS],
        omit=["*/migrations/*"],
        config_file=False,
        messages=False,
    )


def added_up(folder: Path) -> Coverage:
    """What all processes wrote into the folder."""
    whole = watcher(folder / "lines")
    for pattern in NEVER_RUN:
        whole.exclude(pattern)
    whole.combine([str(folder)])
    return whole


def is_whole(config: pytest.Config) -> bool:
    """Whether nothing was left out: no path, no word, no marker, no early end."""
    option = config.option
    chosen = (option.keyword, option.markexpr, option.deselect, option.ignore, option.maxfail, getattr(option, "lf", 0))
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not any(chosen)


def untested(seen: Coverage, paths: Iterable[Path]) -> dict[str, str]:
    """File → the lines that no test has run, as 12-14, 20."""
    found = {}
    for path in sorted(paths):
        _, _, _, missing, numbers = seen.analysis2(str(path))
        if missing:
            found[str(path.relative_to(ROOT))] = numbers
    return found


def share(seen: Coverage, folder: Path) -> tuple[int, int]:
    """Lines run and lines written below a folder."""
    run = written = 0
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            _, statements, _, missing, _ = seen.analysis2(str(path))
            run, written = run + len(statements) - len(missing), written + len(statements)
    return run, written


def refuse_untested(session: pytest.Session, lines: Mapping[str, str]) -> None:
    """As an error beside those of the tests: it is counted in pytest's last line and decides the exit code."""
    if lines:
        text = "\n".join(f"{file}: {numbers}" for file, numbers in lines.items())
        error = pytest.CollectReport(
            "the pure packages", "failed", f"No test runs these lines of the pure packages:\n{text}", None
        )
        reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
        reporter.stats.setdefault("error", []).append(error)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
