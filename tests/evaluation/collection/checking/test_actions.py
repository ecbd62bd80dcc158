"""Accepting, agreeing, returning: who may, what is refused, what history keeps, two checkers at once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from core.errors import Refusal
from demo.fresh import accept_figures, approve_not_applicable, return_figure
from evaluation.collection.actions import checking
from evaluation.collection.models import SubmissionReceipt, SubmittedFigure
from tests.evaluation.collection.checking.figures import handed_in, handed_in_again, locked_period, submission_of
from tests.factories import PlatformFactory, UserFactory
from tests.harness.races import at_once

RATIO = {"numerator": "3", "denominator": "4"}


@pytest.fixture
def figure(quarter) -> SubmittedFigure:
    return handed_in(quarter.submission, "B13", RATIO, by=quarter.clerk)


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def status_of(figure) -> str:
    return SubmittedFigure.objects.values_list("status", flat=True).get(pk=figure.pk)


def history_of(figure) -> list[Any]:
    model = SubmittedFigure.pgh_event_model
    rows = model.objects.filter(pgh_obj_id=figure.pk).order_by("pgh_id").select_related("pgh_context")
    return [(row.status, row.value, row.return_reason, row.pgh_context and row.pgh_context.metadata) for row in rows]


def test_accepting_names_the_checker_and_leaves_history(figure, city_platform_user):
    (accepted,) = accept_figures(figures=[figure], by=city_platform_user)
    assert (accepted.status, accepted.checked_by) == ("accepted", city_platform_user)
    assert accepted.checked_at is not None and abs(accepted.checked_at - timezone.now()) < timedelta(minutes=1)
    assert history_of(figure)[-1] == ("accepted", RATIO, "", {"user": city_platform_user.pk, "reason": ""})


def test_many_are_accepted_all_or_none(quarter, figure, city_platform_user):
    whole = handed_in(quarter.submission, "K5", "3", by=quarter.clerk)
    claimed = handed_in(quarter.submission, "K7", by=quarter.clerk, not_applicable="本季度没有对接活动")
    with pytest.raises(Refusal, match="K7报送为“不适用”"):
        accept_figures(figures=[figure, claimed, whole], by=city_platform_user)
    assert {status_of(each) for each in (figure, whole, claimed)} == {"handed_in"}
    assert len(accept_figures(figures=[whole, figure], by=city_platform_user)) == 2


def test_every_fault_is_said_at_once(quarter, figure, city_platform_user):
    accept_figures(figures=[figure], by=city_platform_user)
    claimed = handed_in(quarter.submission, "K7", by=quarter.clerk, not_applicable="本季度没有对接活动")
    with pytest.raises(Refusal) as refused:
        accept_figures(figures=[figure, claimed], by=city_platform_user)
    assert [fault.message.rpartition("的指标")[2] or fault.message for fault in refused.value.faults]
    assert len(refused.value.faults) == 2


def test_nothing_chosen_is_said(city_platform_user):
    with pytest.raises(Refusal, match="请至少选择一项"):
        accept_figures(figures=[], by=city_platform_user)


def test_not_applicable_is_agreed_to_on_its_own(quarter, figure, city_platform_user):
    claimed = handed_in(quarter.submission, "K7", by=quarter.clerk, not_applicable="本季度没有对接活动")
    (agreed,) = approve_not_applicable(figures=[claimed], by=city_platform_user)
    assert agreed.status == "not_applicable"
    with pytest.raises(Refusal, match="报送了数据,不是“不适用”"):
        approve_not_applicable(figures=[figure], by=city_platform_user)


def test_returning_opens_that_figure_alone_and_keeps_what_was(quarter, figure, city_platform_user):
    other = handed_in(quarter.submission, "K5", "3", by=quarter.clerk)
    returned = return_figure(
        figure=figure, reason="附件缺第3户回访记录", return_due_on=tomorrow(), by=city_platform_user
    )
    assert (returned.status, returned.is_open, status_of(other)) == ("returned", True, "handed_in")
    assert (returned.return_reason, returned.return_due_on) == ("附件缺第3户回访记录", tomorrow())
    again = handed_in_again(figure, {"numerator": "4", "denominator": "4"}, by=quarter.clerk)
    accept_figures(figures=[again], by=city_platform_user)
    told = [(status, value) for status, value, _, _ in history_of(figure)]
    assert told[-4:] == [
        ("handed_in", RATIO),
        ("returned", RATIO),
        ("handed_in", {"numerator": "4", "denominator": "4"}),
        ("accepted", {"numerator": "4", "denominator": "4"}),
    ]
    again.refresh_from_db()
    assert (again.return_reason, again.return_due_on) == ("", None)


def test_an_accepted_figure_can_still_be_returned(figure, city_platform_user):
    accept_figures(figures=[figure], by=city_platform_user)
    returned = return_figure(
        figure=figure, reason="核对时发现重复计算", return_due_on=tomorrow(), by=city_platform_user
    )
    assert returned.status == "returned"


@pytest.mark.parametrize(
    ("reason", "days", "messages"),
    [
        (" ", 1, ["退回须写明理由"]),
        ("少", -1, ["重报截止日期已过"]),
        ("长" * 501, None, ["退回理由有501字", "退回须写明重报截止日期"]),
    ],
)
def test_returning_needs_a_reason_and_a_day_to_come(figure, city_platform_user, reason, days, messages):
    due = None if days is None else timezone.localdate() + timedelta(days=days)
    with pytest.raises(Refusal) as refused:
        return_figure(figure=figure, reason=reason, return_due_on=due, by=city_platform_user)
    assert [fault.message for fault in refused.value.faults] == messages
    assert status_of(figure) == "handed_in"


def attempts(figure, by):
    due = timezone.localdate()
    return (
        lambda: accept_figures(figures=[figure], by=by),
        lambda: approve_not_applicable(figures=[figure], by=by),
        lambda: return_figure(figure=figure, reason="不行", return_due_on=due, by=by),
    )


@pytest.mark.parametrize("role", ["window", "county", "auditor", "bureau"])
def test_only_the_city_platform_checks_windows(figure, role):
    for attempt in attempts(figure, UserFactory.create(role=role)):
        with pytest.raises(PermissionDenied):
            attempt()
    assert status_of(figure) == "handed_in"


def test_the_city_platform_never_checks_its_own(quarter, bureau, city_platform_user):
    own = handed_in(quarter.city_submission, "B32", "1", by=quarter.city_clerk)
    for by in (city_platform_user, quarter.city_clerk):
        for attempt in attempts(own, by):
            with pytest.raises(PermissionDenied):
                attempt()
    assert accept_figures(figures=[own], by=bureau)[0].checked_by == bureau


def test_whoever_wrote_or_handed_in_does_not_check(quarter, figure):
    """An account that changed sides is still the preparer of what it prepared."""
    quarter.clerk.role = "city_platform"
    quarter.clerk.save()
    with pytest.raises(PermissionDenied):
        accept_figures(figures=[figure], by=quarter.clerk)
    hander = UserFactory.create(role="city_platform")
    SubmissionReceipt.objects.create(
        submission=quarter.submission,
        version=1,
        number="JB-1",
        received_at=timezone.now(),
        is_late=False,
        document="{}",
        sha256="0" * 64,
        submitted_by=hander,
    )
    with pytest.raises(Refusal, match="由您提交;应为:由另一人审核"):
        accept_figures(figures=[figure], by=hander)
    figure.refresh_from_db()
    figure.accept()
    figure.checked_at, figure.checked_by = timezone.now(), hander
    with pytest.raises(IntegrityError, match="two people: whoever handed"), transaction.atomic():
        figure.save()


def test_the_database_knows_that_preparers_do_not_approve(figure):
    figure.accept()
    figure.checked_at, figure.checked_by = timezone.now(), figure.saved_by
    with pytest.raises(IntegrityError, match="checked_by_another"), transaction.atomic():
        figure.save()


def test_nothing_changes_after_the_lock(quarter, figure, city_platform_user):
    waiting = handed_in(quarter.submission, "K5", "3", by=quarter.clerk)
    accept_figures(figures=[figure], by=city_platform_user)
    locked_period(quarter.submission.period)
    before = list(SubmittedFigure.objects.order_by("pk").values())
    for each in (figure, waiting):
        for attempt in attempts(each, city_platform_user):
            with pytest.raises(Refusal, match="已锁定"):
                attempt()
    for change in ({"status": "accepted"}, {"remark": "改"}, {"return_reason": "改"}, {"checked_at": timezone.now()}):
        with pytest.raises((IntegrityError, InternalError), match=r"frozen|no move"), transaction.atomic():
            SubmittedFigure.objects.filter(pk=waiting.pk).update(**change)
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        SubmittedFigure.objects.filter(pk=waiting.pk).delete()
    assert list(SubmittedFigure.objects.order_by("pk").values()) == before


def test_control_without_the_locks_trigger_a_locked_figure_would_change(quarter, figure, city_platform_user):
    """Shows that the test above can fail: it is the trigger that holds."""
    locked_period(quarter.submission.period)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE evaluation_submittedfigure DISABLE TRIGGER USER")
    SubmittedFigure.objects.filter(pk=figure.pk).update(remark="改")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE evaluation_submittedfigure ENABLE TRIGGER USER")
    figure.refresh_from_db()
    assert figure.remark == "改"


def test_the_run_time_role_can_check(quarter, figure, city_platform_user, as_app):
    accept_figures(figures=[figure], by=city_platform_user)
    assert status_of(figure) == "accepted"


def race(quarter, figure) -> list[object]:
    """One checker accepts while another returns the same figure."""
    one, other = UserFactory.create(role="city_platform"), UserFactory.create(role="city_platform")
    return at_once(
        lambda: accept_figures(figures=[figure], by=one),
        lambda: accept_figures(figures=[figure], by=other),
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_checkers_one_decides_and_the_other_is_told(quarter, figure):
    for _ in range(5):
        results = race(quarter, figure)
        refusals = [result for result in results if isinstance(result, Refusal)]
        assert len(refusals) == 1
        assert "当前为“已接受”,不能接受" in str(refusals[0])
        figure.refresh_from_db()
        by = UserFactory.create(role="city_platform")
        return_figure(figure=figure, reason="再报", return_due_on=tomorrow(), by=by)
        figure = handed_in_again(figure, RATIO, by=quarter.clerk)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_row_locks_both_believe_they_decided(quarter, figure, monkeypatch):
    """Shows that the test above can fail."""
    meeting = threading.Barrier(2)

    def unheld(figures):
        found = list(checking._figures(figures).order_by("pk"))
        meeting.wait(timeout=30)
        return found

    monkeypatch.setattr(checking, "_hold_periods", lambda figures: [])
    monkeypatch.setattr(checking, "_hold", unheld)
    assert [result for result in race(quarter, figure) if isinstance(result, Refusal)] == []


@pytest.mark.django_db(transaction=True)
def test_two_bulk_steps_in_opposite_order_never_block_each_other(quarter):
    other = submission_of(PlatformFactory.create(), quarter.system)
    many = [handed_in(s, code, "1", by=quarter.clerk) for s in (quarter.submission, other) for code in ("K5", "K7")]
    one, two = UserFactory.create(role="city_platform"), UserFactory.create(role="city_platform")
    results = at_once(lambda: accept_figures(figures=many, by=one), lambda: accept_figures(figures=many[::-1], by=two))
    assert sorted(isinstance(result, Refusal) for result in results) == [False, True]
    assert {status_of(figure) for figure in many} == {"accepted"}
