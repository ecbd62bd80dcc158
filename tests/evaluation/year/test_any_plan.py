"""What is published does not depend on the plan of the day: any plan, analysed or not, in any order on disk.

Scored on Monday, analysed by the database at night, published on Tuesday.
"""

from itertools import product

import pytest
from django.db import connection

from core.choices import Role
from evaluation.intake.queries.annual_figures import annual_figures, year_batches
from evaluation.ranking.actions.publications import publish_ranking
from evaluation.ranking.documents.bundle import bundle_draft, sources_text
from evaluation.scoring.canonical import digest
from tests.evaluation.year.demo import load_year, scored
from tests.factories import UserFactory
from tests.harness.plans import WAYS

COMBINATIONS = [dict(zip(WAYS, each, strict=True)) for each in product(("on", "off"), repeat=len(WAYS))]


def sql(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def plan(ways):
    sql(*(f"SET LOCAL {name} = {value}" for name, value in ways.items()))


def move_rows_on_disk():
    """Every figure is written again, the last one first."""
    sql(
        "SET CONSTRAINTS ALL IMMEDIATE",
        "CREATE TEMPORARY TABLE moved ON COMMIT DROP AS SELECT * FROM evaluation_figure",
        "DELETE FROM evaluation_figure",
        "INSERT INTO evaluation_figure SELECT * FROM moved ORDER BY id DESC",
        "DROP TABLE moved",
        "SET CONSTRAINTS ALL DEFERRED",
    )


@pytest.fixture
def ranking(bureau):
    load_year(bureau)
    return scored()


def texts(ranking):
    draft = bundle_draft(year=2025, platform_type="county_window", system=ranking.system, is_demo=True)
    return digest(draft.document), draft.sources


def test_bundle_and_sources_are_the_same_under_every_plan(ranking):
    expected = texts(ranking)
    assert expected[1]
    for is_moved in (False, True):
        if is_moved:
            move_rows_on_disk()
        for ways in COMBINATIONS:
            plan(ways)
            assert texts(ranking) == expected, (is_moved, ways)
            sql("ANALYZE evaluation_figure")


def test_the_plans_do_differ(ranking):
    """The control: without the order that the query asks for, these settings do change it."""
    seen = set()
    for ways in COMBINATIONS:
        plan(ways)
        with connection.cursor() as cursor:
            cursor.execute("SELECT indicator FROM evaluation_figure GROUP BY indicator")
            seen.add(tuple(cursor.fetchall()))
    assert len(seen) > 1


def test_indicators_come_in_the_order_of_their_bytes(ranking):
    """Which is no collation's: two servers may differ in theirs."""
    indicators = ranking.system.rules.indicators
    platforms = list(ranking.scorecards.values_list("platform_id", flat=True).order_by("platform_id"))
    read = list(annual_figures(batches=year_batches(2025), platforms=platforms, indicators=indicators))
    assert [platform for platform, _ in read] == platforms
    for _, reported in read:
        assert list(reported) == sorted(reported)
    assert sources_text(year_batches(2025), {}) == "{}"


@pytest.mark.parametrize("ways", [COMBINATIONS[0], COMBINATIONS[-1]])
def test_a_ranking_scored_before_the_tables_were_analysed_is_published_after(ranking, ways):
    move_rows_on_disk()
    sql("ANALYZE")
    plan(ways)
    assert publish_ranking(ranking=ranking, by=UserFactory.create(role=Role.BUREAU), is_demo=True).pk
