"""The 催报名单: who is on it, what it says, its workbook, and reminding all of them at most once a day."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from core.errors import Refusal
from demo.fresh import hand_in
from evaluation.collection.models import Submission, SubmittedFigure
from evaluation.completeness.actions import remind_all
from evaluation.completeness.documents import reminder_workbook, reminders
from evaluation.completeness.queries.quarter import completeness_rows, heat_maps
from evaluation.completeness.queries.reminder_lists import reminder_entries
from platforms.choices import GuidanceKind
from platforms.models import Guidance
from tests.evaluation.completeness.conftest import AFTER, BEFORE, put
from tests.factories import UserFactory


def listed(quarter, user, now=AFTER):
    rows = completeness_rows(quarter.period, user, now)
    return {
        each.platform.code: each
        for each in reminders(quarter.period, reminder_entries(rows, heat_maps(quarter.period, rows, now)), now)
    }


def sheet_of(quarter, found, *, with_contact: bool = True) -> Any:
    return load_workbook(io.BytesIO(reminder_workbook(quarter.period, found, with_contact=with_contact))).active


def all_in(platform) -> None:
    """Everything handed in, in time."""
    for figure in SubmittedFigure.objects.filter(submission__platform=platform):
        put(platform, figure.indicator, "handed_in")


def test_whoever_has_handed_everything_in_is_not_on_the_list(quarter):
    all_in(quarter.own)
    assert list(listed(quarter, quarter.bureau)) == ["CITY-91", "CNT-92"]


def test_a_returned_figure_counts_once_its_day_has_passed(quarter):
    all_in(quarter.own)
    figure = SubmittedFigure.objects.get(submission__platform=quarter.own, indicator="C13")
    figure.return_to_platform()
    figure.return_reason, figure.return_due_on = "缺佐证", (AFTER - timedelta(days=1)).date()
    figure.save()
    assert "CNT-91" not in listed(quarter, quarter.bureau, BEFORE)
    reminder = listed(quarter, quarter.bureau)["CNT-91"]
    assert (reminder.open_items, reminder.is_late) == ("", True)
    assert reminder.returned_items == "C13 推荐认定服务机构(平台、基地)"
    assert "1项数据已退回待重报" in reminder.text and "已过2026年4月19日期限" in reminder.text


def test_of_several_days_the_earliest_is_named(quarter):
    all_in(quarter.own)
    for code, days in (("C13", 1), ("K5", 3), ("K7", 2)):
        figure = SubmittedFigure.objects.get(submission__platform=quarter.own, indicator=code)
        figure.return_to_platform()
        figure.return_reason, figure.return_due_on = "缺佐证", (AFTER - timedelta(days=days)).date()
        figure.save()
    reminder = listed(quarter, quarter.bureau)["CNT-91"]
    assert "3项数据已退回待重报" in reminder.text
    assert "已过2026年4月17日期限" in reminder.text
    assert "4月18日" not in reminder.text and "4月19日" not in reminder.text


def test_the_text_says_who_what_and_until_when(quarter):
    put(quarter.own, "B13", "handed_in")
    before, after = listed(quarter, quarter.county, BEFORE)["CNT-91"], listed(quarter, quarter.county)["CNT-91"]
    assert before.text.startswith("演示甲您好:甲县演示平台2026年第一季度有")
    assert "C13 推荐认定服务机构(平台、基地)" in before.text and "B13" not in before.text
    assert "截止2026年4月15日24时" in before.text and not before.is_late
    assert "已过2026年4月15日期限" in after.text and after.is_late


def test_a_summary_is_owed_only_after_its_deadline(quarter):
    all_in(quarter.own)
    assert "CNT-91" not in listed(quarter, quarter.bureau, AFTER)
    reminder = listed(quarter, quarter.bureau, AFTER.replace(month=12, day=11))["CNT-91"]
    assert reminder.summary == "未报送" and "2026年度工作总结未报" in reminder.text


def test_the_workbook_runs_no_formula_and_keeps_contacts_for_whoever_may_call(quarter):
    found = list(listed(quarter, quarter.bureau).values())
    sheet = sheet_of(quarter, found)
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert "'=演示乙" in cells and "'+8673122222222" in cells
    assert all(cell.data_type != "f" for cell in cells.values())
    without = sheet_of(quarter, found, with_contact=False)
    texts = " ".join(str(cell.value) for row in without.iter_rows() for cell in row)
    assert "22222222" not in texts and "演示甲" not in texts


def test_a_countys_list_holds_nothing_of_another_county(quarter):
    found = list(listed(quarter, quarter.county).values())
    sheet = sheet_of(quarter, found)
    texts = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "甲县演示平台" in texts and "0731-11111111" in texts
    assert "乙县演示平台" not in texts and "22222222" not in texts


def test_reminding_all_writes_one_a_day_and_only_in_scope(quarter):
    written, left_out = remind_all(period=quarter.period, now=AFTER, by=quarter.county)
    assert [(each.platform, each.kind) for each in written] == [(quarter.own, GuidanceKind.REMINDER)]
    assert left_out == 0
    Guidance.objects.update(written_at=AFTER)
    everybody, left_out = remind_all(period=quarter.period, now=AFTER + timedelta(hours=1), by=quarter.bureau)
    assert {each.platform.code for each in everybody} == {"CITY-91", "CNT-92"} and left_out == 1
    Guidance.objects.update(written_at=AFTER)
    again, left_out = remind_all(period=quarter.period, now=AFTER.replace(day=21, hour=0), by=quarter.bureau)
    assert (len(again), left_out) == (3, 0)


def test_an_auditor_and_a_window_remind_nobody(quarter):
    for user in (quarter.window, UserFactory.create(role="auditor")):
        with pytest.raises(PermissionDenied):
            remind_all(period=quarter.period, now=AFTER, by=user)
    assert not Guidance.objects.exists()


def test_an_empty_list_is_refused(quarter):
    all_in(quarter.own)
    with pytest.raises(Refusal, match="催报名单是空的"):
        remind_all(period=quarter.period, now=AFTER, by=quarter.county)


def test_no_figure_is_touched_and_a_county_cannot_hand_in(quarter):
    before = list(SubmittedFigure.objects.order_by("pk").values())
    remind_all(period=quarter.period, now=AFTER, by=quarter.county)
    assert list(SubmittedFigure.objects.order_by("pk").values()) == before
    with pytest.raises(Refusal, match="只能填报本平台的数据"):
        hand_in(submission=Submission.objects.get(platform=quarter.own), by=quarter.county)
