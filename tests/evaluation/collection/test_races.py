"""Two people at once: one receipt, one refusal; nothing slips into a period while it is locked."""

import threading

import pytest
from django.db import IntegrityError
from django.utils import timezone

from core.errors import Refusal
from demo.fresh import hand_in, save_figures
from evaluation.collection.actions import close_period, handing_in, lock_period
from evaluation.collection.checks.typed_figures import Entry
from evaluation.collection.models import ReportingPeriod, Submission, SubmissionReceipt, SubmittedFigure
from tests.harness.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
FILLED = {"K5": Entry({"value": "5"}), "K7": Entry({"value": "6"})}


def handed_in_twice(quarter) -> list[object]:
    save_figures(submission=quarter.own, entries=FILLED, by=quarter.window)
    work = lambda: hand_in(submission=quarter.own, by=quarter.window)  # noqa: E731
    return at_once(work, work)


def test_two_hand_ins_at_once_give_one_receipt(quarter):
    results = handed_in_twice(quarter)
    assert sorted(type(result).__name__ for result in results) == ["Refusal", "SubmissionReceipt"]
    assert "没有可以报送的数据" in str(next(result for result in results if isinstance(result, Refusal)))
    assert SubmissionReceipt.objects.count() == 1


def test_control_without_the_locks_both_start_and_the_database_stops_one(quarter, monkeypatch):
    """Shows that the test above can fail."""
    meeting = threading.Barrier(2)

    def unheld(submission, by):
        found = Submission.objects.select_related("platform", "system", "period").get(pk=submission.pk)
        return found, timezone.now()

    def seen_by_both(submission):
        found = list(submission.figures.filter(indicator__in=FILLED))
        for figure in found:
            figure.submission, figure.kept_evidence = submission, []
        meeting.wait(timeout=30)
        return found

    monkeypatch.setattr(handing_in, "hold", unheld)
    monkeypatch.setattr(handing_in, "_open_figures", seen_by_both)
    results = handed_in_twice(quarter)
    assert [type(result) for result in results if isinstance(result, Exception)] == [IntegrityError]


def test_nothing_is_handed_in_into_a_period_that_is_being_locked(quarter):
    save_figures(submission=quarter.own, entries=FILLED, by=quarter.window)
    close_period(period=quarter.period, by=quarter.city)
    results = at_once(
        lambda: hand_in(submission=quarter.own, by=quarter.window),
        lambda: lock_period(period=quarter.period, by=quarter.city),
    )
    assert sum(isinstance(result, Refusal) for result in results) == 1
    assert not [result for result in results if isinstance(result, Exception) and not isinstance(result, Refusal)]
    is_locked = ReportingPeriod.objects.get().status == "locked"
    assert is_locked is not SubmittedFigure.objects.filter(status="handed_in").exists()


def test_an_acknowledged_save_is_never_lost(quarter):
    works = [
        lambda code=code, number=number: save_figures(
            submission=quarter.own, entries={code: Entry({"value": str(number)})}, by=quarter.window
        )
        for code, number in (("K5", 1), ("K7", 2), ("K5", 1), ("K7", 2))
    ]
    results = at_once(*works)
    assert all(not isinstance(result, Exception) for result in results), results
    assert (quarter.figure("K5").value, quarter.figure("K7").value) == ("1", "2")
