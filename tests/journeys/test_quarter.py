"""A window's quarter in a real browser, by keyboard alone: from what is due to acceptance, with one figure returned."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from demo.fresh import accept_figures, return_figure
from evaluation.collection.models import SubmissionReceipt
from tests.browser.test_public_pages import found_by_axe
from tests.core.files.uploads.build import docx_bytes
from tests.evaluation.collection.conftest import quarter
from tests.factories import PASSWORD

__all__ = ["quarter"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RECEIPT = re.compile(r"/my/submission-receipts/[^/]+/(#.*)?$")
GRID = "/my/submissions/2026Q1/"
FOCUSED = """document.activeElement.matches("a, button, input, summary")
    ? `${document.activeElement.name} ${document.activeElement.textContent}` : "" """


def tab_to(page, words: str, at_most: int = 150) -> None:
    """Tab until the focus is on what has this name or text."""
    for _ in range(at_most):
        if words in page.evaluate(FOCUSED):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{words} is not reached by keyboard")


def sign_in(page, live_server, user) -> None:
    page.goto(f"{live_server.url}/accounts/login/?next=/my/")
    page.focus("#id_login")
    page.keyboard.type(user.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/my/")


def focused(page) -> str:
    return page.evaluate("document.activeElement.name")


def note(page):
    return page.locator("[data-grid-note]")


def test_a_quarter_from_what_is_due_to_acceptance_by_keyboard_alone(live_server, quarter, desktop, complaints):
    page = desktop
    sign_in(page, live_server, quarter.window)
    tab_to(page, "填报2026年第一季度数据")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{GRID}")
    tab_to(page, "B13.cell.numerator")
    for (text, *keys), there in (
        (["11", "ArrowRight"], "B13.cell.denominator"),
        (["12", "Enter"], "C13.cell.provincial"),
        (["2", "Home", "ArrowLeft"], "C13.cell.national"),
        (["1", "ArrowUp"], "B13.cell.numerator"),
    ):
        page.keyboard.type(text)
        for key in keys:
            page.keyboard.press(key)
        assert focused(page) == there
    tab_to(page, "K5.cell.value")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    assert focused(page) == "K7.cell.value"
    page.keyboard.type("6")
    expect(note(page)).to_contain_text("已保存", timeout=10_000)
    assert quarter.figure("C13").value == {"national": "1", "provincial": "2"}
    tab_to(page, "保存并报送")
    page.keyboard.press("Enter")
    page.wait_for_url(RECEIPT)
    expect(page.locator(".receipt")).to_contain_text(SubmissionReceipt.objects.get().sha256)
    assert found_by_axe(page) == []
    returned_and_answered(page, live_server, quarter)
    assert complaints == []


def returned_and_answered(page, live_server, quarter) -> None:
    """The checker takes three and returns one; the platform answers that one alone."""
    figures = list(quarter.own.figures.filter(status="handed_in"))
    returned = next(figure for figure in figures if figure.indicator == "K5")
    accept_figures(figures=[figure for figure in figures if figure != returned], by=quarter.city)
    due_on = timezone.localdate() + timedelta(days=5)
    return_figure(figure=returned, reason="合同缺第二页", return_due_on=due_on, by=quarter.city)
    page.goto(f"{live_server.url}/my/")
    expect(page.locator("main")).to_contain_text("合同缺第二页")
    assert found_by_axe(page) == []
    tab_to(page, "K5 融资担保与上市辅导")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{GRID}#row-K5")
    assert page.locator("[name='B13.cell.numerator']").count() == 0, "only the returned cell opens"
    tab_to(page, "K5.cell.value")
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    tab_to(page, "保存并报送")
    page.keyboard.press("Enter")
    page.wait_for_url(RECEIPT)
    accept_figures(figures=[quarter.figure("K5")], by=quarter.city)
    page.goto(f"{live_server.url}{GRID}figures/K5/")
    for words in ("已接受", "已退回", "5笔", "4笔", "合同缺第二页"):
        expect(page.locator("main")).to_contain_text(words)
    assert found_by_axe(page) == []


def test_a_fault_stands_beside_its_cell_and_the_rest_is_saved(live_server, quarter, desktop, complaints):
    page = desktop
    sign_in(page, live_server, quarter.window)
    page.goto(live_server.url + GRID)
    page.fill("[name='B13.cell.numerator']", "11")
    page.fill("[name='K5.cell.value']", "五")
    page.fill("[name='K7.cell.value']", "7")
    expect(page.locator("[id='fault-K5.cell.value']")).to_contain_text("应为不小于0的数字", timeout=10_000)
    expect(page.locator("[id='fault-B13.cell.denominator']")).to_contain_text("还缺分母")
    expect(note(page)).to_contain_text("标红的2处有误")
    assert quarter.figure("K7").value == "7"
    assert found_by_axe(page) == []
    page.fill("[name='K5.cell.value']", "5")
    expect(page.locator("[id='fault-K5.cell.value']")).to_be_empty(timeout=10_000)
    assert complaints == []


def test_a_lost_connection_is_retried_and_leaving_is_warned_of(live_server, quarter, desktop):
    page, asked = desktop, []
    sign_in(page, live_server, quarter.window)
    page.goto(live_server.url + GRID)
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.route("**/save", lambda route: route.abort())
    page.focus("[name='K5.cell.value']")
    page.keyboard.type("5")
    expect(note(page)).to_contain_text("没有保存成功", timeout=10_000)
    page.evaluate("setTimeout(() => location.assign('/my/'), 0)")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    page.unroute("**/save")
    expect(note(page)).to_contain_text("已保存", timeout=20_000)
    assert quarter.figure("K5").value == "5"


def test_a_sign_in_that_ended_meanwhile_loses_nothing(live_server, quarter, desktop):
    """The message on the page is true: sign in again in another window, come back, and it goes on saving."""
    page = desktop
    sign_in(page, live_server, quarter.window)
    page.goto(live_server.url + GRID)
    Session.objects.all().delete()
    page.fill("[name='K5.cell.value']", "5")
    page.click("text=保存并报送")
    expect(note(page)).to_contain_text("请重新登录，回到本页后会接着保存", timeout=60_000)
    sign_in(page.context.new_page(), live_server, quarter.window)
    page.fill("[name='K7.cell.value']", "7")
    expect(note(page)).to_contain_text("已保存", timeout=60_000)
    assert (quarter.figure("K5").value, quarter.figure("K7").value) == ("5", "7")
    page.click("text=保存并报送")
    page.wait_for_url(RECEIPT)


def test_on_a_phone_every_page_fits_and_is_usable(live_server, quarter, phone):
    page = phone
    sign_in(page, live_server, quarter.window)
    page.goto(live_server.url + GRID)
    assert page.locator("[name='K5.cell.value']").bounding_box()["width"] > 120
    page.fill("[name='K5.cell.value']", "5")
    page.click("text=保存并报送")
    page.wait_for_url(RECEIPT)
    for address in (page.url, f"{live_server.url}/my/", live_server.url + GRID, f"{live_server.url}{GRID}figures/K5/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        assert found_by_axe(page) == [], address


def test_the_same_without_script(live_server, quarter, page_without_script):
    page = page_without_script
    sign_in(page, live_server, quarter.window)
    page.goto(f"{live_server.url}{GRID}figures/K5/")
    page.set_input_files(
        "#id_file", {"name": "合同.docx", "mimeType": "application/octet-stream", "buffer": docx_bytes()}
    )
    page.click("text=上传佐证")
    expect(page.locator("main")).to_contain_text("合同.docx")
    page.goto(live_server.url + GRID)
    page.fill("[name='K5.cell.value']", "5")
    page.keyboard.press("Enter")
    expect(page.locator("[role=alert], .alert").first).to_contain_text("已保存")
    page.click("text=保存并报送")
    expect(page.locator(".receipt")).to_contain_text("第1次报送")
    expect(page.locator("main")).to_contain_text("合同.docx")
