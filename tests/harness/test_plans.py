"""Other plans: the settings hold for connections old and new, tables are analysed and moved, then all is as before."""

import pytest
from django.db import connection

from platforms.models import Region
from tests.factories import RegionFactory
from tests.harness.plans import WAYS, other_plans

pytestmark = pytest.mark.rows_stay


def settings_now():
    found = {}
    with connection.cursor() as cursor:
        for way in WAYS:
            cursor.execute(f"SHOW {way}")
            found[way] = cursor.fetchone()[0]
    return found


def places():
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM platforms_region ORDER BY id")
        return cursor.fetchall()


def test_different_seeds_choose_differently_and_the_usual_comes_back(db):
    seen = set()
    for seed in range(12):
        with other_plans(f"{seed}", is_alone=True) as chosen:
            assert settings_now() == chosen
            seen.add(tuple(chosen.values()))
        assert settings_now() == dict.fromkeys(WAYS, "on")
    assert len(seen) > 5


@pytest.mark.django_db(transaction=True)
def test_a_connection_opened_meanwhile_has_them_too():
    with other_plans("2", is_alone=False) as chosen:
        connection.close()
        assert settings_now() == chosen


def test_rows_are_moved_and_the_tables_analysed(db):
    RegionFactory.create_batch(20)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE platforms_region SET name = name || '甲' WHERE id % 2 = 0")
    before = places()
    with other_plans("1", is_alone=True):
        for _ in range(60):
            assert Region.objects.count() == 20
    assert places() != before
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'platforms_region'::regclass")
        assert cursor.fetchone() == (20,)


def test_nothing_is_moved_where_others_are_connected(db):
    RegionFactory.create_batch(20)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE platforms_region SET name = name || '甲' WHERE id % 2 = 0")
    before = places()
    with other_plans("1", is_alone=False):
        for _ in range(60):
            assert Region.objects.count() == 20
    assert places() == before


def test_what_the_database_refuses_is_undone_and_the_test_goes_on(db, as_app):
    """The run-time role owns no table."""
    RegionFactory.create()
    with other_plans("1", is_alone=True):
        for _ in range(60):
            assert Region.objects.count() == 1
