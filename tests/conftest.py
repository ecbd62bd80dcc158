"""What every test shares: people of each role. Tests connect as the database's owner; a test that must prove what the
run-time role may not do says `SET LOCAL ROLE`."""

from collections.abc import Callable, Iterator
from io import BytesIO

import factory
import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.http import FileResponse
from django.test import override_settings

from core.choices import Role
from core.identity import slots
from core.models import User
from tests.chromium import chromium
from tests.factories import UserFactory
from tests.harness.databases import own_database
from tests.harness.order import no_order_promised
from tests.harness.variables import undefined_variables

__all__ = ["chromium"]

# How long an example takes depends on what else the machine does; no test says anything of it by itself.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker) -> Iterator[None]:
    """In place of pytest-django's: a clone of the template."""
    with django_db_blocker.unblock(), own_database():
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that kill servers run one after the other, in one of the processes."""
    for item in items:
        if item.get_closest_marker("faults"):
            item.add_marker(pytest.mark.xdist_group("faults"))


@pytest.fixture(autouse=True, scope="session")
def rows_in_no_order() -> Iterator[None]:
    with no_order_promised():
        yield


@pytest.fixture(autouse=True, scope="session")
def asked_in_vain() -> Iterator[list[str]]:
    with undefined_variables() as found:
        yield found


@pytest.fixture(autouse=True)
def every_variable_is_defined(asked_in_vain: list[str]) -> Iterator[None]:
    """Also in what the threads of the browser's server rendered."""
    asked_in_vain.clear()
    yield
    assert not asked_in_vain, "\n".join(sorted(set(asked_in_vain)))


@pytest.fixture(autouse=True)
def sent_files_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As the web server does once a response is sent; the test client leaves open what a test does not read."""
    closers: list[Callable[[], object]] = []

    set_headers = FileResponse.set_headers

    def noted(response: FileResponse, file: BytesIO) -> None:
        closers.append(file.close)
        set_headers(response, file)

    monkeypatch.setattr(FileResponse, "set_headers", noted)
    yield
    for close in closers:
        close()


@pytest.fixture(autouse=True, scope="session")
def static_files_from_their_source() -> Iterator[None]:
    """What `make run` has gathered is as old as that run, and every client would walk through all of it.

    For the whole run, because the browser's server starts before the first test: on a new machine nothing is gathered.
    """
    with override_settings(STATIC_ROOT=None):
        yield


@pytest.fixture(autouse=True)
def counting_from_anew() -> None:
    """W998, W999, W1000 do not sort by number: what a test is given does not depend on how many ran before it."""
    waiting = factory.Factory.__subclasses__()
    for kind in waiting:
        waiting += kind.__subclasses__()
        if not kind._meta.abstract:
            kind.reset_sequence(force=True)


@pytest.fixture(autouse=True)
def no_second_factor(settings) -> None:
    """Most tests sign people in by hand. What the second factor demands is tested with it switched on."""
    settings.SECOND_FACTOR_ROLES = []


@pytest.fixture(autouse=True)
def no_queue_for_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests sign more people in than a bureau has, all of them strangers; the queue has tests of its own."""
    monkeypatch.setattr(slots.SLOTS, "_wait_as_stranger", slots.SLOTS._wait_as_known)
    monkeypatch.setattr(slots.SLOTS, "turn_away", lambda: None)


@pytest.fixture
def bureau(db: None) -> User:
    return UserFactory.create(role=Role.BUREAU)


@pytest.fixture
def second_bureau(db: None) -> User:
    return UserFactory.create(role=Role.BUREAU)


@pytest.fixture
def city_platform_user(db: None) -> User:
    return UserFactory.create(role=Role.CITY_PLATFORM)


@pytest.fixture
def auditor(db: None) -> User:
    return UserFactory.create(role=Role.AUDITOR)


@pytest.fixture
def as_app(db: None):
    """Run the rest of this test's transaction as the run-time role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
