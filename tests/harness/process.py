"""One of the processes of a run, loaded before the settings are: its own Valkey database and its own upload folder.

The suite runs in two processes at once (`dev/suite.py`). Whatever both could write to is told apart here, the
databases of PostgreSQL in `databases.py`; ports are the kernel's to give.
"""

import os
import shutil
import tempfile
from urllib.parse import urlsplit

import pytest

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")  # gw0, gw1 …; empty where tests run in one process
NUMBER = int(WORKER.removeprefix("gw") or 0)
UPLOADS = tempfile.mkdtemp(prefix="zhuzhou-sme-test-uploads-")


def valkey_of(address: str, number: int) -> str:
    """The address with another database for each process: 0 and 1, 6 and 7, 15 and 14; never above what was given,
    for a server has sixteen unless it is told otherwise."""
    parts = urlsplit(address)
    given = int(parts.path.strip("/") or 0)
    return parts._replace(path=f"/{given ^ number}").geturl()


if "REDIS_URL" in os.environ:
    os.environ["REDIS_URL"] = valkey_of(os.environ["REDIS_URL"], NUMBER)
os.environ["MEDIA_ROOT"] = UPLOADS


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(UPLOADS, ignore_errors=True)
