"""A database of its own for a benchmark: migrated at the start, dropped at the end. Connects as the owner."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import setup_databases, teardown_databases


@contextmanager
def scratch_database() -> Iterator[str]:
    """Everything inside runs on an empty migrated copy; yields its name."""
    old = setup_databases(verbosity=0, interactive=False)
    try:
        yield str(connection.settings_dict["NAME"])
    finally:
        teardown_databases(old, verbosity=0)


def owner_url() -> str:
    """Address of the scratch database, for a child process."""
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**connection.settings_dict)
