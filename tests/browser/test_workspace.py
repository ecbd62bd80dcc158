"""A window's year in a real browser: sign in, hand in the summary, keep the receipt; on a phone and without script."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from evaluation.summaries.models import AnnualSummary
from tests.browser.test_public_pages import found_by_axe
from tests.core.files.uploads.build import docx_bytes
from tests.factories import PASSWORD, MembershipFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEAR = timezone.localdate().year


@pytest.fixture
def own(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return MembershipFactory.create(platform=site.platforms[0])


def sign_in(page, live_server, user, password=PASSWORD):
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("#id_login", user.username)
    page.fill("#id_password", password)
    page.click("main button[type=submit]")


def hand_in(page, live_server, content, name="总结(一).docx"):
    page.goto(f"{live_server.url}/my/summaries/{YEAR}/")
    page.set_input_files("#id_file", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.click("text=报送并取得回执")


def journey(page, live_server, own):
    """Refused first, taken in then; the receipt's number is on the next pages."""
    sign_in(page, live_server, own.user)
    page.wait_for_url(f"{live_server.url}/my/")
    hand_in(page, live_server, b"MZ\x90\x00")
    expect(page.locator("[role=alert]")).to_contain_text("可执行程序")
    hand_in(page, live_server, docx_bytes())
    page.wait_for_url(f"{live_server.url}/my/receipts/*/")
    summary = AnnualSummary.objects.get()
    expect(page.locator(".receipt")).to_contain_text(summary.receipt_number)
    expect(page.locator(".receipt")).to_contain_text(summary.attachment.sha256)
    expect(page.locator(".receipt")).to_contain_text("总结(一).docx")
    with page.expect_download() as download:
        page.click(".receipt a")
    assert download.value.path().read_bytes()[:2] == b"PK"


def test_signing_in_handing_in_and_the_receipt(live_server, own, desktop, complaints):
    journey(desktop, live_server, own)
    number = AnnualSummary.objects.get().receipt_number
    for address in ("/my/", f"/my/summaries/{YEAR}/", f"/my/summaries/{YEAR - 1}/", f"/my/receipts/{number}/"):
        desktop.goto(live_server.url + address)
        assert found_by_axe(desktop) == [], address
    assert [text for text in complaints if "400" not in text] == []


def test_the_same_without_script(live_server, own, page_without_script):
    journey(page_without_script, live_server, own)
    assert AnnualSummary.objects.get().submitted_by == own.user


def test_on_a_phone_no_page_is_wider_than_the_screen(live_server, own, phone):
    journey(phone, live_server, own)
    number = AnnualSummary.objects.get().receipt_number
    for address in ("/my/", f"/my/summaries/{YEAR}/", f"/my/receipts/{number}/"):
        phone.goto(live_server.url + address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, address
        assert found_by_axe(phone) == [], address


def test_too_many_wrong_passwords_lock_the_account_out_in_chinese(live_server, own, desktop):
    for _ in range(5):
        sign_in(desktop, live_server, own.user, password="错误的密码")
    sign_in(desktop, live_server, own.user)
    expect(desktop.locator("h1")).to_have_text("暂停登录")
    assert found_by_axe(desktop) == []
