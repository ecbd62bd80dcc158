"""The heat map's numbers are the rows one can list; late by the clock, scoped, and as many queries for many."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.files.uploads.gate import PDF
from core.files.uploads.storage import store
from evaluation.collection.actions import complete_period
from evaluation.collection.choices import SubmittedStatus
from evaluation.completeness.checks import GROUPS, SIGNS, cell_of, summary_state
from evaluation.completeness.queries.quarter import completeness_rows, heat_maps
from evaluation.deadlines import end_of_day, summary_deadline
from evaluation.summaries.models import AnnualSummary
from tests.evaluation.collection.conftest import window_in
from tests.evaluation.completeness.conftest import AFTER, BEFORE, DUE_ON, put
from tests.factories import UserFactory


def lines(quarter, user, now=AFTER):
    rows = completeness_rows(quarter.period, user, now)
    return {line.platform.code: line for table in heat_maps(quarter.period, rows, now) for line in table.lines}


def counts(line) -> dict[str, int]:
    return {group.code: number for group, number in line.counts if number}


@pytest.mark.parametrize(
    ("status", "handed_in_at", "return_due_on", "now", "late"),
    [
        ("expected", None, None, end_of_day(DUE_ON) - timedelta(microseconds=1), False),
        ("expected", None, None, end_of_day(DUE_ON), True),
        ("missing", None, None, end_of_day(DUE_ON), True),
        ("handed_in", end_of_day(DUE_ON) - timedelta(microseconds=1), None, AFTER, False),
        ("handed_in", end_of_day(DUE_ON), None, AFTER, True),
        ("accepted", end_of_day(DUE_ON), date(2026, 5, 8), AFTER, False),
        ("returned", BEFORE, date(2026, 4, 20), AFTER, False),
        ("returned", BEFORE, date(2026, 4, 19), AFTER, True),
    ],
)
def test_late_is_what_the_day_that_held_then_says(status, handed_in_at, return_due_on, now, late):
    cell = cell_of(status=status, period_due_on=DUE_ON, return_due_on=return_due_on, handed_in_at=handed_in_at, now=now)
    assert cell.is_late is late
    assert cell.sign.endswith("!") is late
    assert ("逾期" in cell.label) is late


def test_every_status_has_its_own_sign_and_stands_in_one_group():
    assert set(SIGNS) == set(SubmittedStatus.values)
    assert len({sign for sign, _ in SIGNS.values()}) == len(SIGNS)
    grouped = [status for group in GROUPS for status in group.statuses]
    assert sorted(grouped) == sorted(SubmittedStatus.values)


@pytest.mark.parametrize(
    ("received", "hours", "is_past", "code", "label"),
    [
        (False, 0, False, "expected", "待报"),
        (False, 0, True, "missing", "未报送"),
        (True, 0, True, "handed_in", "已报送"),
        (True, 27, True, "late", "已报送,逾期27小时"),
    ],
)
def test_a_summary_is_in_late_by_hours_or_missing(received, hours, is_past, code, label):
    state = summary_state(received=received, hours_late=hours, is_past=is_past)
    assert (state.code, state.label) == (code, label)


def test_counts_of_a_platform_in_every_state(quarter):
    put(quarter.own, "B13", "accepted")
    put(quarter.own, "C13", "returned")
    put(quarter.own, "C21", "not_applicable")
    put(quarter.own, "C22", "handed_in", at=AFTER)
    line = lines(quarter, quarter.bureau)["CNT-91"]
    asked = len(line.cells)
    assert counts(line) == {
        "open": asked - 4,
        "late": asked - 4 + 2,  # those open, the one handed in after its day, the one returned whose day has passed
        "returned": 1,
        "handed_in": 1,
        "accepted": 1,
        "not_applicable": 1,
    }
    assert counts(lines(quarter, quarter.bureau, BEFORE)["CNT-91"])["open"] == asked - 4


def test_a_county_sees_its_own_region_and_a_window_nothing_of_others(quarter):
    assert list(lines(quarter, quarter.county)) == ["CNT-91"]
    assert list(lines(quarter, quarter.window)) == ["CNT-91"]
    assert list(lines(quarter, quarter.bureau)) == ["CITY-91", "CNT-91", "CNT-92"]


def test_totals_are_the_sums_of_the_lines(quarter):
    put(quarter.own, "B13", "accepted")
    put(quarter.other, "B13", "handed_in")
    rows = completeness_rows(quarter.period, quarter.bureau, AFTER)
    tables = list(heat_maps(quarter.period, rows, AFTER))
    assert any(total for table in tables for _, _, total in table.totals)
    for table in tables:
        for group, by_column, total in table.totals:
            own = sum(dict(line.counts)[group] for line in table.lines)
            assert own == total == sum(number for _, number in by_column)


def test_summaries_are_counted_for_windows_alone(quarter, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    by = UserFactory.create()
    file = store(name="总结.pdf", content=b"%PDF-1.4 demo", media_type=PDF, by=by)
    received_at = summary_deadline(2026) + timedelta(hours=2, minutes=5)
    AnnualSummary.objects.create(
        platform=quarter.own,
        year=2026,
        version=1,
        attachment=file,
        receipt_number="ZJ2026-1",
        received_at=received_at,
        is_late=True,
        submitted_by=by,
    )
    now = received_at + timedelta(days=1)
    found = lines(quarter, quarter.bureau, now)
    assert found["CNT-91"].summary.label == "已报送,逾期3小时"
    assert found["CNT-92"].summary.code == "missing"
    assert found["CITY-91"].summary is None
    tables = heat_maps(quarter.period, completeness_rows(quarter.period, quarter.bureau, now), now)
    assert [table.summaries for table in tables if table.summaries is not None] == [(1, 2)], "late is handed in"


def test_as_many_queries_for_many_platforms(quarter):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            rows = completeness_rows(quarter.period, quarter.bureau, timezone.now())
            heat_maps(quarter.period, rows, timezone.now())
        return len(queries)

    few = asked()
    for number in range(5):
        window_in(code=f"CNT-8{number}")
    complete_period(period=quarter.period, by=quarter.city)
    assert asked() == few == 3
