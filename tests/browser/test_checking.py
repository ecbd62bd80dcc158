"""A checker's work in a real browser: from the queue to a decision, also without script, readable for everybody."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from core.choices import Role
from core.files.uploads.gate import PDF
from core.files.uploads.storage import store
from evaluation.collection.models import Evidence, SubmittedFigure
from tests.browser.test_desk import found_by_axe, sign_in
from tests.evaluation.collection.checking.conftest import quarter
from tests.evaluation.collection.checking.figures import handed_in
from tests.evaluation.marking.test_actions import appointed, platforms
from tests.factories import UserFactory

__all__ = ["platforms", "quarter"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def checker(quarter, settings, tmp_path):
    """Three figures wait: a ratio with its file, a count, one that does not apply."""
    settings.MEDIA_ROOT = tmp_path
    ratio = {"numerator": "3", "denominator": "4"}
    figure = handed_in(quarter.submission, "B13", ratio, by=quarter.clerk)
    attachment = store(name="回访记录.pdf", content=b"%PDF-1.4 demo", media_type=PDF, by=quarter.clerk)
    Evidence.objects.create(figure=figure, attachment=attachment, added_by=quarter.clerk)
    handed_in(quarter.submission, "K5", "3", by=quarter.clerk)
    handed_in(quarter.submission, "K7", by=quarter.clerk, not_applicable="本季度没有对接活动")
    return UserFactory.create(role=Role.CITY_PLATFORM)


def look(page, complaints) -> None:
    """Nothing that the policy forbids, nothing that axe finds; what axe itself does to the page is no complaint."""
    assert complaints == []
    assert found_by_axe(page) == []
    complaints.clear()


def statuses() -> dict[str, str]:
    return dict(SubmittedFigure.objects.order_by("indicator").values_list("indicator", "status"))


def test_a_quarter_is_checked_figure_by_figure(live_server, desktop, checker, complaints):
    sign_in(desktop, live_server, checker)
    desktop.click("text=审核报送数据")
    expect(desktop.locator("table caption", has_text="等待审核的数据")).to_be_visible()
    look(desktop, complaints)
    desktop.click("text=B13 服务效果跟踪率")
    look(desktop, complaints)
    with desktop.expect_download() as download:
        desktop.click("text=回访记录.pdf")
    assert download.value.suggested_filename == "回访记录.pdf"
    desktop.check("[aria-label^='勾选K5']")
    desktop.locator("#bulk button").click()
    expect(desktop.locator(".messagelist")).to_contain_text("已接受1项数据")
    desktop.click("text=同意不适用")
    card = desktop.locator("article#B13")
    card.locator("summary", has_text="退回B13").click()
    card.locator("textarea").fill("缺第3户回访记录")
    card.locator("input[type=date]").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    card.locator("button", has_text="退回这一项").click()
    expect(desktop.locator("article#B13")).to_contain_text("退回原因:缺第3户回访记录")
    assert statuses() == {"B13": "returned", "K5": "accepted", "K7": "not_applicable"}
    look(desktop, complaints)


def test_checking_without_script(live_server, page_without_script, checker):
    page = page_without_script
    sign_in(page, live_server, checker)
    page.goto(live_server.url + reverse("desk_checks"))
    page.click("text=K5")
    page.locator("article#K5 button", has_text="接受").click()
    expect(page.locator(".messagelist")).to_contain_text("K5:已接受")
    page.locator("article#B13 summary", has_text="退回B13").click()
    page.locator("article#B13 textarea").fill("缺第3户回访记录")
    page.locator("article#B13 button", has_text="退回这一项").click()
    assert statuses() == {"B13": "returned", "K5": "accepted", "K7": "handed_in"}


def test_an_assessor_marks_and_hands_in(live_server, desktop, platforms, complaints):
    assessor = UserFactory.create(role=Role.BUREAU)
    appointed(assessor)
    sign_in(desktop, live_server, assessor)
    desktop.goto(f"{live_server.url}{reverse('desk_assessors')}?year=2025")
    look(desktop, complaints)
    desktop.click("text=2025年度县(市、区)综合窗口平台")
    look(desktop, complaints)
    for box in desktop.get_by_label("网站").all():
        box.check()
    for reason in desktop.get_by_label("理由(必填):").all():
        reason.fill("拨测3次均可访问")
    desktop.click("text=保存并提交全部评分")
    expect(desktop.locator("#content caption")).to_contain_text("评委评分对照")
    look(desktop, complaints)
