"""The desk in a real browser: a clerk's quarter through a real worker, nothing that the policy forbids, readable on a
phone and for everybody, no script needed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from core import jobs
from core.choices import Role
from core.models import Job
from evaluation.intake.models import ImportBatch
from tests.browser.axe import violations
from tests.evaluation.intake.workbooks import demo_content, edited
from tests.evaluation.year.demo import load_registry
from tests.factories import PASSWORD, UserFactory
from tests.faults.conftest import broker, idle_worker
from tests.web.desk.conftest import people, world
from tests.web.desk.test_pages import pages

__all__ = ["broker", "idle_worker", "people", "world"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def sign_in(page, live_server, user) -> None:
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_login", user.username)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/admin/")


def choose(page, content: bytes) -> None:
    file = {"name": "2025Q1.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("#id_file", files=[file])
    page.click("text=上传并检查")


def found_by_axe(page):
    """Serious and critical findings."""
    serious = [v for v in violations(page, STANDARDS) if v["impact"] in {"serious", "critical"}]
    return [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in serious]


@pytest.fixture
def clerk(live_server, desktop):
    load_registry()
    user = UserFactory.create(role=Role.CITY_PLATFORM)
    sign_in(desktop, live_server, user)
    return desktop


def test_a_clerk_imports_a_quarter_through_the_worker(live_server, clerk, idle_worker, complaints):
    clerk.click("text=导入省枢纽数据")
    clerk.fill("#id_year", "2025")
    clerk.select_option("#id_quarter", "1")
    choose(clerk, edited({"E4": "十二", "F6": -3}))
    faults = clerk.locator("table.faults tbody tr")
    expect(faults).to_have_count(2)
    expect(faults.first).to_contain_text("十二")
    choose(clerk, demo_content("2025Q1"))
    expect(clerk.locator("#content")).to_contain_text("尚未写入")
    clerk.click("text=确认导入")
    clerk.wait_for_url("**/admin/jobs/**")
    expect(clerk.locator("progress")).to_be_visible()
    clerk.reload()
    expect(clerk.locator("progress")).to_be_visible()
    expect(clerk.locator("#job")).to_contain_text("排队中")
    idle_worker.start()
    expect(clerk.locator("#job")).to_contain_text("已完成", timeout=60_000)
    clerk.reload()
    clerk.click("text=查看结果")
    expect(clerk.locator("h1")).to_contain_text("2025Q1.xlsx")
    assert ImportBatch.objects.get().row_count > 0
    assert [text for text in complaints if "400" not in text] == []


def test_an_import_without_script(live_server, page_without_script, broker):
    page = page_without_script
    load_registry()
    sign_in(page, live_server, UserFactory.create(role=Role.CITY_PLATFORM))
    page.goto(f"{live_server.url}{reverse('desk_import_hub')}?period=2025Q1")
    choose(page, demo_content("2025Q1"))
    page.click("text=确认导入")
    expect(page.locator("progress")).to_be_visible()
    jobs.run(Job.objects.get().pk)
    page.click("text=刷新进度")
    expect(page.locator("#job")).to_contain_text("已完成")


def test_a_second_person_publishes_a_ranking(live_server, world, desktop, broker, settings):
    settings.DEMO_MODE = True  # as when it was scored
    bureau = world.people[Role.BUREAU]
    sign_in(desktop, live_server, bureau)
    desktop.goto(live_server.url + reverse("desk_ranking", args=[world.scored.pk]))
    desktop.click("form.step button:has-text('发布')")
    expect(desktop.locator("#job")).to_be_visible()
    jobs.run(Job.objects.get(kind="evaluation.publish_ranking").pk)
    expect(desktop.locator("#job")).to_contain_text("已完成")
    desktop.click("text=查看结果")
    expect(desktop.locator("#content")).to_contain_text("结果已发布并冻结")


def test_axe_and_the_policy_find_nothing_on_any_page(live_server, world, desktop, complaints):
    sign_in(desktop, live_server, world.people[Role.BUREAU])
    found, refused = {}, {}
    for name, address in pages(world).items():
        complaints.clear()
        answer = desktop.goto(live_server.url + address)
        assert answer is not None
        said = [text for text in complaints if "403" not in text]
        refused |= {name: said} if said else {}
        if answer.status == 200:
            found |= {name: serious} if (serious := found_by_axe(desktop)) else {}
    assert found == {}
    assert refused == {}


def test_dark_colours_keep_their_contrast(live_server, world, desktop):
    desktop.emulate_media(color_scheme="dark")
    sign_in(desktop, live_server, world.people[Role.BUREAU])
    names = ["admin:index", "desk_rankings", "desk_ranking", "desk_scorecard", "desk_bulletin", "desk_job"]
    found = {}
    for name in names:
        desktop.goto(live_server.url + pages(world)[name])
        found |= {name: serious} if (serious := found_by_axe(desktop)) else {}
    assert found == {}


def test_no_page_is_wider_than_a_phone(live_server, world, phone):
    sign_in(phone, live_server, world.people[Role.BUREAU])
    wide = {}
    for name, address in pages(world).items():
        phone.goto(live_server.url + address)
        width = phone.evaluate("document.documentElement.scrollWidth")
        wide |= {name: width} if width > 390 else {}
    assert wide == {}
