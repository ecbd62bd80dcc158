"""Two people with the same page open in two browsers, and one person whose session ends while typing; with script and
without."""

import os
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from platforms.models import Platform, ServiceRecord
from tests.browser.test_public_pages import found_by_axe
from tests.browser.test_workspace import sign_in
from tests.evaluation.collection.conftest import quarter
from tests.factories import PASSWORD, MembershipFactory, PlatformFactory, UserFactory
from tests.factories.collection import credit_code

__all__ = ["quarter"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GRID = "/my/submissions/2026Q1/"
K7 = "[name='K7.cell.value']"
NOTE = "[data-grid-note]"
SHOTS = os.environ.get("SCREENSHOTS", "")


def shot(page, name: str) -> None:
    """For whoever wants to look: SCREENSHOTS names a folder outside of the repository."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


@pytest.fixture
def colleague(quarter):
    return MembershipFactory.create(platform=quarter.own.platform, user__full_name="李同事").user


def opened(chromium, live_server, user, address: str, **options):
    """A browser of one's own with the page open."""
    page = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900}, **options).new_page()
    sign_in(page, live_server, user)
    page.wait_for_load_state()
    page.goto(live_server.url + address)
    return page


def typed(page, field: str, text: str) -> None:
    page.fill(field, text)
    expect(page.locator(NOTE)).to_contain_text("已保存", timeout=20_000)


def test_the_later_of_two_is_told_and_decides_by_keyboard(chromium, live_server, quarter, colleague):
    mine, theirs = (opened(chromium, live_server, user, GRID) for user in (quarter.window, colleague))
    typed(theirs, K7, "6")
    typed(mine, "[name='K5.cell.value']", "5")
    assert (quarter.figure("K7").value, quarter.figure("K5").value) == ("6", "5")
    mine.fill(K7, "7")
    box = mine.locator("[data-row=K7] [data-conflict]")
    expect(box).to_contain_text("李同事", timeout=20_000)
    expect(box).to_contain_text("现有：6项")
    expect(box).to_contain_text("您填的：7")
    assert quarter.figure("K7").value == "6"
    shot(mine, "conflict-with-script")
    assert found_by_axe(mine) == []
    mine.focus(K7)
    for _ in range(3):  # the fold with reason and remark, then the two buttons
        mine.keyboard.press("Tab")
    assert mine.evaluate("document.activeElement.textContent") == "用我的"
    mine.keyboard.press("Enter")
    expect(mine.locator(NOTE)).to_contain_text("已保存", timeout=20_000)
    assert (quarter.figure("K7").value, quarter.figure("K7").saved_by) == ("7", quarter.window)
    theirs.fill(K7, "8")
    expect(theirs.locator("[data-row=K7] [data-conflict]")).to_contain_text("现有：7项", timeout=20_000)
    theirs.click("text=保留现有")
    expect(theirs.locator(K7)).to_have_value("7")
    assert quarter.figure("K7").value == "7"
    for page in (mine, theirs):
        page.context.close()


def test_the_same_without_script(chromium, live_server, quarter, colleague):
    mine = opened(chromium, live_server, quarter.window, GRID, java_script_enabled=False)
    theirs = opened(chromium, live_server, colleague, GRID)
    typed(theirs, K7, "6")
    mine.fill(K7, "7")
    mine.click("button[value=save]")
    box = mine.locator("[data-row=K7] fieldset")
    expect(box).to_contain_text("李同事")
    expect(box).to_contain_text("您填的：7")
    expect(mine.locator(K7)).to_have_value("7")
    shot(mine, "conflict-without-script")
    mine.check("[data-row=K7] [value=mine]")
    mine.click("button[value=save]")
    expect(mine.locator("main")).to_contain_text("已保存")
    assert (quarter.figure("K7").value, quarter.figure("K7").saved_by) == ("7", quarter.window)
    for page in (mine, theirs):
        page.context.close()


def test_a_session_that_ends_while_typing_loses_nothing(chromium, live_server, quarter):
    page = opened(chromium, live_server, quarter.window, GRID)
    Session.objects.all().delete()
    page.fill(K7, "7")
    expect(page.locator(NOTE)).to_contain_text("登录已过期", timeout=20_000)
    shot(page, "session-ended-grid")
    assert quarter.figure("K7").value is None
    with page.context.expect_page() as other:
        page.click(f"{NOTE} a")
    again = other.value
    sign_in(again, live_server, quarter.window)
    again.wait_for_url(f"{live_server.url}/my/")
    again.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator(NOTE)).to_contain_text("已保存", timeout=20_000)
    expect(page.locator(K7)).to_have_value("7")
    assert quarter.figure("K7").value == "7"
    page.click("text=保存并报送")
    page.wait_for_url("**/my/submission-receipts/*/")
    page.context.close()


ADD = "/my/services/add/"
VISIT = {"enterprise_name": "演示甲公司", "credit_code": credit_code(1), "activity": "演示活动"}


def fill_visit(page) -> None:
    for name, text in VISIT.items():
        page.fill(f"[name={name}]", text)
    page.fill("[name=served_on]", "2026-03-05")
    page.select_option("[name=kind]", "policy")


def test_a_form_of_many_fields_stays_while_one_signs_in_elsewhere(chromium, live_server, quarter):
    page = opened(chromium, live_server, quarter.window, ADD)
    fill_visit(page)
    Session.objects.all().delete()
    page.click("main button[type=submit]")
    expect(page.locator("[data-kept]")).to_contain_text("登录已过期")
    shot(page, "session-ended-form")
    assert found_by_axe(page) == []
    with page.context.expect_page() as other:
        page.click("[data-kept] a")
    sign_in(other.value, live_server, quarter.window)
    other.value.wait_for_url(f"{live_server.url}/my/")
    page.click("main button[type=submit]")
    page.wait_for_url(f"{live_server.url}/my/services/")
    assert ServiceRecord.objects.get().enterprise.name == "演示甲公司"
    page.context.close()


def test_a_network_that_is_down_keeps_the_form(chromium, live_server, quarter):
    page = opened(chromium, live_server, quarter.window, ADD)
    fill_visit(page)
    page.context.set_offline(True)
    page.click("main button[type=submit]")
    expect(page.locator("[data-kept]")).to_contain_text("网络不通")
    page.context.set_offline(False)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{live_server.url}/my/services/")
    page.context.close()


def test_without_script_the_words_are_back_after_signing_in(chromium, live_server, quarter):
    page = opened(chromium, live_server, quarter.window, ADD, java_script_enabled=False)
    fill_visit(page)
    Session.objects.all().delete()
    page.click("main button[type=submit]")
    page.wait_for_url("**/accounts/login/**")
    page.fill("#id_login", quarter.window.username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{live_server.url}{ADD}")
    expect(page.locator(".kept-note")).to_contain_text("已放回下面的表单")
    expect(page.locator("[name=enterprise_name]")).to_have_value("演示甲公司")
    shot(page, "kept-without-script")
    page.click("main form[novalidate] button[type=submit]")
    page.wait_for_url(f"{live_server.url}/my/services/")
    assert ServiceRecord.objects.exists()
    page.context.close()


def test_the_second_of_two_at_an_admin_form_is_told_what_changed_and_by_whom(chromium, live_server, office):
    platform = PlatformFactory.create(contact_person="张三")
    address = f"/admin/platforms/platform/{platform.pk}/change/"
    people = (UserFactory.create(role="bureau", full_name="王科员"), UserFactory.create(role="bureau"))
    theirs, mine = (opened(chromium, live_server, user, address) for user in people)
    theirs.fill("[name=contact_person]", "李四")
    theirs.click("[name=_save]")
    theirs.wait_for_url("**/admin/platforms/platform/")
    mine.fill("[name=contact_phone]", "13900000000")
    mine.click("[name=_save]")
    note = mine.locator(".errorlist.nonfield")
    expect(note).to_contain_text("王科员修改了")
    expect(note).to_contain_text("由“张三”改为“李四”")
    expect(mine.locator("[name=contact_phone]")).to_have_value("13900000000")
    expect(mine.locator("[name=contact_person]")).to_have_value("李四")
    shot(mine, "admin-second")
    assert (Platform.objects.get().contact_person, Platform.objects.get().contact_phone) == ("李四", "")
    mine.click("[name=_save]")
    mine.wait_for_url("**/admin/platforms/platform/")
    assert (Platform.objects.get().contact_person, Platform.objects.get().contact_phone) == ("李四", "13900000000")
    for page in (mine, theirs):
        page.context.close()
