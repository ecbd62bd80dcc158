"""Completeness, the reminder list and the provisional standing in a real browser: found sound by axe, narrow enough for
a phone, copied by a button and, without script, by selecting; a county reminds and its platform signs."""

import pytest
from playwright.sync_api import expect

from evaluation.collection.models import SubmittedFigure
from platforms.models import Guidance
from tests.browser.test_desk import found_by_axe, sign_in
from tests.browser.test_workspace import sign_in as sign_in_at_work
from tests.evaluation.completeness.conftest import put, quarter
from tests.factories import MembershipFactory

__all__ = ["quarter"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = (
    "/admin/",
    "/admin/completeness/",
    "/admin/completeness/2026Q1/figures/?state=open",
    "/admin/completeness/2026Q1/reminders/",
    "/admin/guidance/",
    "/admin/guidance/CNT-91/",
)


@pytest.fixture
def states(quarter):
    """Every state somewhere, and a note that waits for its 签收."""
    put(quarter.own, "B13", "accepted")
    put(quarter.own, "C13", "returned")
    put(quarter.own, "C21", "not_applicable")
    put(quarter.own, "C22", "handed_in")
    SubmittedFigure.objects.get(submission__platform=quarter.own, indicator="K3").mark_missing()
    Guidance.objects.create(platform=quarter.own, kind="note", text="请核对服务记录", written_by=quarter.county)
    return quarter


def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(live_server, states, desktop, phone, complaints):
    assert DESK
    for page, width in ((desktop, 1280), (phone, 390)):
        sign_in(page, live_server, states.county)
        for address in DESK:
            complaints.clear()  # axe itself makes the policy complain
            page.goto(live_server.url + address)
            assert complaints == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, address)
            assert found_by_axe(page) == [], (width, address)


def test_a_phone_reads_the_heat_map_in_words(live_server, states, phone):
    sign_in(phone, live_server, states.county)
    phone.goto(f"{live_server.url}/admin/completeness/")
    expect(phone.locator(".heat tbody tr").first).to_contain_text("已接受")
    expect(phone.locator(".heat-word:visible").first).to_be_visible()


def test_the_platforms_standing_and_its_signature(live_server, states, phone, complaints):
    sign_in_at_work(phone, live_server, MembershipFactory.create(platform=states.own).user)
    phone.wait_for_url(f"{live_server.url}/my/")
    assert found_by_axe(phone) == []
    phone.click("button:has-text('签收')")
    expect(phone.locator("text=请核对服务记录")).to_have_count(0)
    phone.goto(f"{live_server.url}/my/standing/2026/")
    expect(phone.locator("h1")).to_contain_text("暂估")
    assert found_by_axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints == []


def test_the_text_is_copied_by_a_button(live_server, states, desktop):
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(desktop, live_server, states.county)
    desktop.goto(f"{live_server.url}/admin/completeness/2026Q1/reminders/")
    desktop.click("button:has-text('复制')")
    expect(desktop.locator("[data-copy] [role=status]").first).to_have_text("已复制")
    assert desktop.evaluate("navigator.clipboard.readText()").startswith("演示甲您好:甲县演示平台")


def test_reminding_without_script(live_server, states, page_without_script):
    page = page_without_script
    sign_in(page, live_server, states.county)
    page.goto(f"{live_server.url}/admin/completeness/2026Q1/reminders/")
    expect(page.locator("textarea").first).to_have_attribute("readonly", "")
    expect(page.locator("button:has-text('复制')")).to_have_count(0)
    page.click("button:has-text('发出催报提醒')")
    expect(page.locator(".messagelist")).to_contain_text("已向1个平台发出催报提醒")
