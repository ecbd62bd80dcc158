"""Public pages in a real browser: reachable for everybody, readable on a phone, no policy broken, no script needed."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.axe import violations
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def found_by_axe(page):
    return [(v["id"], [node["html"] for node in v["nodes"]][:3]) for v in violations(page, STANDARDS)]


def test_axe_finds_nothing_on_any_page(live_server, site, desktop, complaints):
    for address in [*site.addresses, "/no-such-page/"]:
        desktop.goto(live_server.url + address)
        assert found_by_axe(desktop) == [], address
    assert [text for text in complaints if "404" not in text] == []


def test_axe_finds_nothing_on_a_phone(live_server, site, phone):
    assert site.addresses
    for address in site.addresses:
        phone.goto(live_server.url + address)
        assert found_by_axe(phone) == [], address


def test_no_page_is_wider_than_a_phone(live_server, site, phone):
    assert site.addresses
    for address in site.addresses:
        phone.goto(live_server.url + address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_no_number_of_a_bulletin_hides_beside_a_phone(live_server, site, phone):
    phone.goto(f"{live_server.url}/bulletins/2025Q1/")
    hidden = "[...document.querySelectorAll('.table-scroll')].filter(box => box.scrollWidth > box.clientWidth).length"
    assert phone.evaluate(hidden) == 0
    assert phone.locator(".bulletin-body td.name").first.bounding_box()["x"] < 30


def test_a_printed_system_begins_on_its_first_sheet(live_server, site, desktop):
    desktop.goto(f"{live_server.url}/indicator-systems/county_window-2025/v1/")
    first = PdfReader(BytesIO(desktop.pdf(prefer_css_page_size=True))).pages[0].extract_text()
    assert "A11" in first


def test_content_keeps_its_distance_from_the_footer(live_server, site, desktop):
    desktop.goto(f"{live_server.url}/rankings/")
    assert desktop.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).paddingBottom)") > 40


def test_from_the_home_page_to_the_reason_of_a_score_without_script(live_server, site, page_without_script):
    page = page_without_script
    page.goto(live_server.url)
    page.click("text=查看2025年度县")
    page.click(f"text={site.platforms[0].name}")
    assert "8 × min(1, 300 ÷ 600) = 4.00" in page.inner_text("#A16")
    page.click("#A16 a")
    assert page.url.endswith("/policy/#R3-1-2")


def test_the_keyboard_alone_reaches_the_content(live_server, site, desktop):
    desktop.goto(live_server.url)
    desktop.keyboard.press("Tab")
    assert desktop.evaluate("document.activeElement.textContent") == "跳到正文"
    desktop.keyboard.press("Enter")
    assert desktop.evaluate("document.activeElement.id") == "main"


def test_signing_in_by_keyboard_leads_to_the_password_page(live_server, office, bureau, desktop, complaints):
    desktop.goto(f"{live_server.url}/accounts/login/?next=/accounts/password/change/")
    desktop.fill("#id_login", bureau.username)
    desktop.fill("#id_password", PASSWORD)
    desktop.keyboard.press("Enter")
    desktop.wait_for_url(f"{live_server.url}/accounts/password/change/")
    assert found_by_axe(desktop) == []
    desktop.goto(f"{live_server.url}/components/")
    assert found_by_axe(desktop) == []
    desktop.click("text=退出登录")
    assert desktop.url == f"{live_server.url}/"
    assert complaints == []
