"""A year's key work in a real browser without script: copied, refused with each fault beside its field, changed,
given a target of its own, published by a second person, read by the public."""

import pytest
from playwright.sync_api import expect

from core.choices import Role
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from tests.browser.test_desk import found_by_axe, sign_in
from tests.evaluation.systems.plans import last_year
from tests.factories import PlatformFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(db):
    return UserFactory.create_batch(2, role=Role.BUREAU)


@pytest.fixture
def source(people):
    PlatformFactory.create(name="演示小县窗口平台")
    return last_year(people[0])


def test_a_year_is_planned_and_published_without_script(live_server, page_without_script, people, source):
    page = page_without_script
    sign_in(page, live_server, people[0])
    page.goto(f"{live_server.url}/admin/plans/")
    page.fill("#id_year", "2027")
    page.select_option("#id_system", str(source.pk))
    page.click("text=复制为草案")
    expect(page.locator("h1")).to_contain_text("2027年度县(市、区)综合窗口平台重点工作与目标")
    page.fill("#id_K1-points", "十五")
    page.fill("#id_K2-base_document", "")
    page.fill("#id_A11-rule_target", "80")
    page.click("text=保存草案")
    expect(page.locator(".errornote")).to_contain_text("共2处问题")
    expect(page.locator("#id_K1-points")).to_have_value("十五")
    expect(page.locator("#id_K1-points_error")).to_contain_text("不小于0的数")
    expect(page.locator("#id_K2-base_document_error")).to_contain_text("请填写依据文件")
    page.fill("#id_K1-points", "15")
    page.fill("#id_K2-base_document", "演示文件〔2027〕2号")
    page.click("text=保存草案")
    expect(page.locator(".messagelist")).to_contain_text("已保存")
    page.click("ul.object-tools >> text=平台单独目标")
    page.get_by_label("演示小县窗口平台 K1").fill("60")
    page.click("text=保存单独目标")
    expect(page.locator(".messagelist")).to_contain_text("单独目标已保存")
    publish_by(page, live_server, people[1])
    read_in_public(page, live_server)


def publish_by(page, live_server, second) -> None:
    """Whoever prepared reads why not; the second person reads what it means and presses the button."""
    draft = IndicatorSystem.objects.get(code="county_window-2027")
    page.goto(f"{live_server.url}/admin/plans/{draft.pk}/publish/")
    expect(page.locator("#content")).to_contain_text("须由另一人审核施行")
    page.click("#logout-form button")
    sign_in(page, live_server, second)
    page.goto(f"{live_server.url}/admin/plans/{draft.pk}/differences/")
    expect(page.locator("#content")).to_contain_text("的目标由60条改为80条。")
    page.goto(f"{live_server.url}/admin/plans/{draft.pk}/publish/")
    page.click("text=确认发布施行")
    expect(page.locator(".messagelist")).to_contain_text("已施行")
    assert IndicatorSystem.objects.get(pk=draft.pk).status == SystemStatus.IN_FORCE


def read_in_public(page, live_server) -> None:
    page.goto(f"{live_server.url}/indicator-systems/county_window-2027/v1/")
    expect(page.locator("main")).to_contain_text("演示文件〔2027〕2号")
    expect(page.locator("main")).to_contain_text("演示小县窗口平台")
    expect(page.locator("main")).to_contain_text("60家次")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_refused_form_is_readable_for_everybody(live_server, request, people, source, size, complaints):
    page = request.getfixturevalue(size)
    sign_in(page, live_server, people[0])
    page.goto(f"{live_server.url}/admin/plans/")
    page.fill("#id_year", "2027")
    page.select_option("#id_system", str(source.pk))
    page.click("text=复制为草案")
    page.fill("#id_K1-points", "十五")
    page.fill("#id_K3-name", "")
    page.click("text=保存草案")
    expect(page.locator(".errornote")).to_contain_text("共2处问题")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    assert [text for text in complaints if "400" not in text] == []
    assert found_by_axe(page) == []  # which itself tries styles that the policy refuses
    complaints.clear()
    page.goto(f"{live_server.url}/indicator-systems/{source.code}/v1/")
    assert complaints == []
    assert found_by_axe(page) == []
