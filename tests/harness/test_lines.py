"""A line that no test runs is named; what was left out on purpose demands nothing."""

import sys
from types import SimpleNamespace
from typing import Any

import pytest
from coverage import Coverage

from tests.harness import lines

SOURCE = """
def half(number):
    if number < 0:
        raise ValueError(number)
    return number / 2
"""


@pytest.fixture
def seen(tmp_path, monkeypatch):
    """A module of which every line but the fourth was run, watched as the suite's processes are."""
    monkeypatch.setattr(lines, "ROOT", tmp_path)
    (tmp_path / "halves.py").write_text(SOURCE)
    code = compile(SOURCE, str(tmp_path / "halves.py"), "exec")
    ours, watcher = sys.gettrace(), Coverage(data_file=str(tmp_path / "lines.gw0"), source=[str(tmp_path)])
    watcher.start()
    try:
        space: dict[str, object] = {}
        exec(code, space)
        exec("half(4)", space)
    finally:
        watcher.stop()
        sys.settrace(ours)
    watcher.save()
    return lines.added_up(tmp_path)


def test_the_line_is_named(seen, tmp_path):
    assert lines.untested(seen, [tmp_path / "halves.py"]) == {"halves.py": "4"}
    assert lines.share(seen, tmp_path) == (3, 4)


def session_of(reporter) -> Any:
    plugins = SimpleNamespace(get_plugin=lambda name: reporter)
    return SimpleNamespace(exitstatus=pytest.ExitCode.OK, config=SimpleNamespace(pluginmanager=plugins))


@pytest.mark.parametrize(("found", "status"), [({}, 0), ({"evaluation/scoring/x.py": "4"}, 1)])
def test_an_untested_line_is_an_error_of_the_run(found, status):
    reporter = SimpleNamespace(stats={})
    session = session_of(reporter)
    lines.refuse_untested(session, found)
    assert session.exitstatus == status
    texts = [error.longrepr for error in reporter.stats.get("error", [])]
    assert len(texts) == status and all("evaluation/scoring/x.py: 4" in text for text in texts)


@pytest.mark.parametrize(
    ("options", "source", "whole"),
    [
        ({}, "TESTPATHS", True),
        ({}, "ARGS", False),
        ({"keyword": "ranking"}, "TESTPATHS", False),
        ({"markexpr": "not faults"}, "TESTPATHS", False),
        ({"maxfail": 1}, "TESTPATHS", False),
        ({"lf": True}, "TESTPATHS", False),
    ],
)
def test_only_a_whole_run_is_held_to_it(options, source, whole):
    nothing = {"keyword": "", "markexpr": "", "deselect": None, "ignore": None, "maxfail": 0, "lf": False}
    option = SimpleNamespace(**(nothing | options))
    config: Any = SimpleNamespace(option=option, args_source=pytest.Config.ArgsSource[source])
    assert lines.is_whole(config) is whole
