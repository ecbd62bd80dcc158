"""Reporting periods on the desk: opened, completed, closed, locked and unlocked by whoever keeps them."""

import uuid

import pytest
from django.urls import reverse

from core.choices import Role
from demo.fresh import hand_in, save_figures
from evaluation.collection.checks.typed_figures import Entry
from evaluation.collection.models import ReportingPeriod
from tests.evaluation.collection.conftest import quarter, window_in
from tests.factories import MembershipFactory
from tests.forms import press

__all__ = ["quarter"]


def step(client, period, move, **data):
    address = reverse("desk_period_step", args=[period.pk, move])
    return press(client, address, {"submission": uuid.uuid4(), **data}, follow=True).content.decode()


@pytest.fixture
def client(quarter, signed_in):
    return signed_in(quarter.city)


def test_a_quarter_is_opened_with_the_tenth_working_day_or_another(client, quarter):
    page = client.post(reverse("desk_period_open"), {"year": 2026, "quarter": 2}, follow=True).content.decode()
    assert "已发起2026年第二季度报送,截止日期2026-07-14" in page
    client.post(reverse("desk_period_open"), {"year": 2026, "quarter": 3, "due_on": "2026-10-30"})
    assert ReportingPeriod.objects.filter(quarter=3, due_on="2026-10-30").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"year": 2026, "quarter": 1}, "已经发起"),
        ({"year": 2026, "quarter": 2, "due_on": "2026-06-01"}, "不在2026年第二季度结束之后"),
        ({"year": 2098, "quarter": 4}, "2099年的节假日安排尚未收录"),
        ({"year": 2025, "quarter": 4}, "2025年度没有施行的指标体系"),
        ({"year": "", "quarter": 1}, "必填"),
    ],
)
def test_what_cannot_be_opened_is_explained_beside_the_form(client, fields, words):
    response = client.post(reverse("desk_period_open"), fields)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert ReportingPeriod.objects.count() == 1


def test_the_page_counts_every_platforms_figures_by_status(client, quarter):
    save_figures(submission=quarter.own, entries={"K5": Entry({"value": "5"})}, by=quarter.window)
    hand_in(submission=quarter.own, by=quarter.window)
    page = client.get(reverse("desk_period", args=[quarter.period.pk])).content.decode()
    row = page[page.index("CNT-91") :]
    assert [cell.split("</td>")[0] for cell in row.split('<td class="number">')[1:4]] == ["7", "0", "1"]


def test_every_step_of_a_period(client, quarter):
    late = window_in()
    assert "参加报送的平台已补齐" in step(client, quarter.period, "complete")
    assert late.submissions.exists()
    save_figures(submission=quarter.own, entries={"K5": Entry({"value": "5"})}, by=quarter.window)
    hand_in(submission=quarter.own, by=quarter.window)
    assert "已截止报送" in step(client, quarter.period, "close")
    assert "K5 融资担保与上市辅导:已报送,尚未审核" in step(client, quarter.period, "lock")
    figure = quarter.figure("K5")
    figure.accept()
    figure.save()
    assert "已锁定" in step(client, quarter.period, "lock")
    assert "解除锁定须写明理由" in step(client, quarter.period, "unlock")
    step(client, quarter.period, "unlock", reason="演示更正")
    quarter.period.refresh_from_db()
    assert quarter.period.status == "closed"
    assert quarter.figure("K5").status == "accepted"


def test_an_auditor_reads_and_is_told_who_takes_the_steps(quarter, people, signed_in):
    auditor = signed_in(people[Role.AUDITOR])
    page = auditor.get(reverse("desk_period", args=[quarter.period.pk])).content.decode()
    assert "由市工信局或市平台工作人员办理" in page and "补充参加平台" not in page
    address = reverse("desk_period_step", args=[quarter.period.pk, "close"])
    assert press(auditor, address, {"submission": uuid.uuid4()}).status_code == 403


def test_the_city_platforms_own_people_find_their_workspace_in_the_menu(quarter, signed_in):
    menu = signed_in(quarter.city).get("/admin/").content.decode()
    assert 'href="/my/"' not in menu
    city = quarter.period.submissions.exclude(pk=quarter.own.pk).get().platform
    MembershipFactory.create(user=quarter.city, platform=city)
    assert 'href="/my/"' in signed_in(quarter.city).get("/admin/").content.decode()
