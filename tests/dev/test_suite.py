"""What `make test` tells pytest: two processes where they pay, the report of the slowest with the whole suite."""

import pytest

from dev import suite

PARALLEL = ["--numprocesses=2", "--dist=loadgroup"]
REPORTS = ["--durations=20", "-p", "tests.harness.measuring"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], [*PARALLEL, *REPORTS]),
        (["-k", "ranking"], [*PARALLEL, *REPORTS]),
        (["tests/evaluation", "-q"], PARALLEL),
        (["tests/dev/test_suite.py"], []),
        (["tests/dev/test_suite.py::test_pytest_is_told", "-x"], []),
        (["tests/documents", "-k", "fonts"], []),
    ],
)
def test_pytest_is_told(arguments, told):
    assert suite.options(arguments) == told
