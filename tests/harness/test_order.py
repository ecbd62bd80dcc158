"""The shuffle: whatever gives no order is shuffled, whatever gives one is left as it is."""

from typing import Any

import pytest
from django.db.models import Count

from core.models import Office, User
from platforms.models import Platform
from tests.factories import UserFactory
from tests.harness.order import shuffled


@pytest.mark.parametrize(
    ("sql", "ordered"),
    [
        ('SELECT "a" FROM "b"', 'SELECT "a" FROM "b" ORDER BY RANDOM()'),
        ('SELECT "a" FROM "b" LIMIT 2', 'SELECT "a" FROM "b" ORDER BY RANDOM() LIMIT 2'),
        ('SELECT "a" FROM "b" FOR UPDATE', 'SELECT "a" FROM "b" ORDER BY RANDOM() FOR UPDATE'),
        ('SELECT "a" FROM "b" ORDER BY "a" ASC', 'SELECT "a" FROM "b" ORDER BY "a" ASC'),
        (
            'SELECT (SELECT "c" FROM "d" ORDER BY "c" LIMIT 1) FROM "b"',
            'SELECT (SELECT "c" FROM "d" ORDER BY "c" LIMIT 1) FROM "b" ORDER BY RANDOM()',
        ),
        (
            'SELECT "a" FROM "b" WHERE "c" = \' ORDER BY (\'',
            'SELECT "a" FROM "b" WHERE "c" = \' ORDER BY (\' ORDER BY RANDOM()',
        ),
        (
            'SELECT DISTINCT "a" FROM "b"',
            'SELECT * FROM (SELECT DISTINCT "a" FROM "b") rows_in_no_order ORDER BY RANDOM()',
        ),
        (
            '(SELECT "a" FROM "b") UNION (SELECT "c" FROM "d")',
            'SELECT * FROM ((SELECT "a" FROM "b") UNION (SELECT "c" FROM "d")) rows_in_no_order ORDER BY RANDOM()',
        ),
    ],
)
def test_statements(sql, ordered):
    assert shuffled(sql) == ordered


@pytest.fixture
def people(db):
    return [UserFactory.create().pk for _ in range(12)]


def orders(rows) -> set[tuple[Any, ...]]:
    """The different orders in which the same query gave its rows, ten times."""
    return {tuple(rows.all()) for _ in range(10)}


def test_rows_without_an_order_come_in_several(people):
    everybody = User.objects.order_by()
    for rows in (
        everybody.values_list("pk", flat=True),
        everybody.values_list("pk", flat=True).distinct(),
        everybody.values_list("pk").annotate(Count("pk")),
        everybody.filter(pk__in=people[:6])
        .values_list("pk")
        .union(everybody.filter(pk__in=people[6:]).values_list("pk")),
    ):
        found = orders(rows)
        assert len(found) > 1
        assert len({tuple(sorted(each)) for each in found}) == 1


def test_an_order_that_is_given_stays(people):
    assert orders(User.objects.order_by("pk").values_list("pk", flat=True)) == {tuple(people)}
    assert orders(User.objects.order_by("-pk").values_list("pk", flat=True)[:3]) == {tuple(people[:-4:-1])}


def test_questions_with_one_answer_are_left_alone(people, django_assert_num_queries):
    with django_assert_num_queries(3) as asked:
        assert User.objects.order_by().count() == len(people)
        assert not Platform.objects.order_by().exists()
        assert Office.objects.order_by().first() is None
    assert not any("RANDOM" in query["sql"] for query in asked.captured_queries)
