"""What every test shares: people of each role. Tests connect as the database's owner; a test that must prove what the
run-time role may not do says `SET LOCAL ROLE`."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from core.choices import Role
from core.models import User
from tests.chromium import chromium
from tests.factories import UserFactory
from tests.harness.databases import own_database

__all__ = ["chromium"]


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


@pytest.fixture(autouse=True)
def no_second_factor(settings) -> None:
    """Most tests sign people in by hand. What the second factor demands is tested with it switched on."""
    settings.SECOND_FACTOR_ROLES = []


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
