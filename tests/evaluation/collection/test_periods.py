"""A quarter's collection is opened, closed, locked and unlocked."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.errors import Refusal
from core.periods import Quarter as Period
from demo.fresh import hand_in, save_figures
from evaluation.collection.actions import (
    close_period,
    complete_period,
    lock_period,
    open_period,
    suggested_due_day,
    unlock_period,
)
from evaluation.collection.checks.typed_figures import Entry
from evaluation.collection.models import ReportingPeriod, Submission, SubmittedFigure
from tests.evaluation.collection.conftest import window_in
from tests.evaluation.year.systems import system_in_force

FILLED = {"K5": Entry({"value": "3"}), "C22": Entry({"municipal": "1"})}


def test_every_platform_taking_part_is_asked_for_what_it_alone_knows(quarter):
    assert {s.platform.code for s in Submission.objects.all()} == {"CNT-91", "CITY-91"}
    asked = [figure.indicator for figure in quarter.own.figures.all()]
    assert asked == ["B13", "C13", "C21", "C22", "K3", "K5", "K7", "K8"]
    assert asked == sorted(quarter.own.system.rules.asked)
    assert set(quarter.own.figures.values_list("status", flat=True)) == {"expected"}


def test_the_due_day_is_the_tenth_working_day_unless_another_is_named(quarter):
    assert suggested_due_day(Period(2026, 2)) == date(2026, 7, 14)
    assert open_period(year=2026, quarter=2, by=quarter.city).due_on == date(2026, 7, 14)


def test_platforms_accepted_after_the_quarter_are_not_asked_and_may_be_added_later(quarter):
    late = window_in(accepted_on=date(2026, 4, 1))
    late_registered = window_in(accepted_on=date(2026, 3, 31))
    assert complete_period(period=quarter.period, by=quarter.city) == 1
    assert Submission.objects.filter(platform=late_registered).exists()
    assert not Submission.objects.filter(platform=late).exists()
    assert complete_period(period=quarter.period, by=quarter.city) == 0


@pytest.mark.parametrize("steps", [(close_period,), (close_period, lock_period)])
def test_no_platform_is_added_to_a_period_that_is_no_longer_open(quarter, steps):
    window_in(accepted_on=date(2026, 3, 31))
    for step in steps:
        step(period=quarter.period, by=quarter.city)
    before = Submission.objects.count()
    with pytest.raises(Refusal, match="不能补充平台"):
        complete_period(period=quarter.period, by=quarter.city)
    assert Submission.objects.count() == before


def test_opening_is_refused_with_the_reason(quarter, bureau):
    with pytest.raises(Refusal, match="已经发起"):
        open_period(year=2026, quarter=1, due_on=date(2026, 4, 20), by=bureau)
    with pytest.raises(Refusal, match="不在2026年第二季度结束之后"):
        open_period(year=2026, quarter=2, due_on=date(2026, 6, 30), by=bureau)
    with pytest.raises(Refusal) as refused:
        open_period(year=2025, quarter=1, due_on=date(2025, 4, 20), by=bureau)
    assert len(refused.value.faults) == 2, "each type without a system is named"
    with pytest.raises(PermissionDenied):
        open_period(year=2026, quarter=2, by=quarter.window)
    assert ReportingPeriod.objects.count() == 1


def test_opening_without_platforms_is_refused(bureau):
    system_in_force(bureau, "county_window", 2026)
    with pytest.raises(Refusal, match="没有已通过省级验收的平台"):
        open_period(year=2026, quarter=1, due_on=date(2026, 4, 20), by=bureau)
    assert not ReportingPeriod.objects.exists()


def test_closing_marks_what_is_still_expected_as_missing(quarter):
    save_figures(submission=quarter.own, entries=FILLED, by=quarter.window)
    hand_in(submission=quarter.own, by=quarter.window)
    close_period(period=quarter.period, by=quarter.city)
    statuses = dict(quarter.own.figures.values_list("indicator", "status"))
    assert statuses.pop("K5") == statuses.pop("C22") == "handed_in"
    assert set(statuses.values()) == {"missing"}


def test_locking_names_every_figure_that_waits_for_its_check(quarter):
    save_figures(submission=quarter.own, entries=FILLED, by=quarter.window)
    hand_in(submission=quarter.own, by=quarter.window)
    close_period(period=quarter.period, by=quarter.city)
    with pytest.raises(Refusal) as refused:
        lock_period(period=quarter.period, by=quarter.city)
    assert [str(f)[-30:] for f in refused.value.faults] == [
        f"{quarter.own.platform} C22 荣誉资质:已报送,尚未审核,请先接受或退回"[-30:],
        f"{quarter.own.platform} K5 融资担保与上市辅导:已报送,尚未审核,请先接受或退回"[-30:],
    ]


def accept_all(quarter):
    for figure in quarter.own.figures.filter(status="handed_in"):
        figure.accept()
        figure.save()


def test_locking_locks_accepted_figures_and_unlocking_opens_the_period_again(quarter):
    save_figures(submission=quarter.own, entries=FILLED, by=quarter.window)
    hand_in(submission=quarter.own, by=quarter.window)
    accept_all(quarter)
    with pytest.raises(Refusal, match="不能锁定"):
        lock_period(period=quarter.period, by=quarter.city)
    close_period(period=quarter.period, by=quarter.city)
    lock_period(period=quarter.period, by=quarter.bureau)
    assert quarter.figure("K5").status == "locked"
    assert quarter.figure("K7").status == "missing"
    with pytest.raises(Refusal, match="须写明理由"):
        unlock_period(period=quarter.period, reason=" ", by=quarter.bureau)
    unlock_period(period=quarter.period, reason="演示更正", by=quarter.bureau)
    assert quarter.figure("K5").status == "accepted"


def test_nothing_is_written_into_a_locked_period(quarter):
    close_period(period=quarter.period, by=quarter.city)
    lock_period(period=quarter.period, by=quarter.city)
    with pytest.raises(Refusal, match="已锁定,不能再填报"):
        save_figures(submission=quarter.own, entries=FILLED, by=quarter.window)
    with pytest.raises(Refusal, match="已锁定,不能再填报"):
        hand_in(submission=quarter.own, by=quarter.window)
    with pytest.raises(IntegrityError, match="the period is locked"), transaction.atomic():
        SubmittedFigure.objects.filter(submission=quarter.own).update(remark="绕过")
