"""An annual summary in a real browser: the outline taken, handed in, late for last year, replaced with the stamped
scan; read and found by the scorer (细则 R4.3)."""

import io

import docx
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core.choices import Role
from evaluation.deadlines import is_summary_late
from evaluation.summaries.models import AnnualSummary
from tests.browser.test_desk import sign_in as sign_in_at_the_desk
from tests.browser.test_public_pages import found_by_axe
from tests.browser.test_workspace import sign_in
from tests.core.files.uploads.build import pdf_bytes
from tests.factories import MembershipFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
YEAR = timezone.localdate().year
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def own(site, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return MembershipFactory.create(platform=site.platforms[0])


def written(outline: bytes, sentence: str) -> bytes:
    document, target = docx.Document(io.BytesIO(outline)), io.BytesIO()
    document.add_paragraph(sentence)
    document.save(target)
    return target.getvalue()


def hand_in(page, live_server, year, content, stamped=None):
    page.goto(f"{live_server.url}/my/summaries/{year}/")
    page.set_input_files("#id_file", {"name": "总结.docx", "mimeType": DOCX, "buffer": content})
    if stamped:
        page.set_input_files("#id_stamped", {"name": "盖章.pdf", "mimeType": "application/pdf", "buffer": stamped})
    page.click("text=报送并取得回执")
    page.wait_for_url(f"{live_server.url}/my/receipts/*/")


def test_a_summary_on_time_late_and_replaced(live_server, own, desktop):
    sign_in(desktop, live_server, own.user)
    desktop.wait_for_url(f"{live_server.url}/my/")
    desktop.goto(f"{live_server.url}/my/summaries/{YEAR}/")
    with desktop.expect_download() as download:
        desktop.click("text=下载总结提纲")
    outline = download.value.path().read_bytes()

    hand_in(desktop, live_server, YEAR, written(outline, "演示句子甲:为企业改造产线。"))
    lateness = "逾期" if is_summary_late(year=YEAR, received_at=timezone.now()) else "未逾期"
    expect(desktop.locator(".receipt")).to_contain_text(lateness)
    expect(desktop.locator("main")).to_contain_text("总结提纲的标题齐全")
    assert found_by_axe(desktop) == []

    hand_in(desktop, live_server, YEAR - 1, written(outline, "演示句子乙。"))
    expect(desktop.locator(".receipt")).to_contain_text("逾期")
    assert AnnualSummary.objects.get(year=YEAR - 1).hours_late > 0

    hand_in(desktop, live_server, YEAR, written(outline, "演示句子丙:补充满意度调查。"), stamped=pdf_bytes())
    expect(desktop.locator(".receipt")).to_contain_text("盖章.pdf")
    desktop.click("text=在浏览器中查看正文")
    expect(desktop.locator(".summary-text")).to_contain_text("演示句子丙")
    assert found_by_axe(desktop) == []
    desktop.goto(f"{live_server.url}/my/summaries/{YEAR}/")
    expect(desktop.locator("table")).to_contain_text("第1次")
    expect(desktop.locator("table")).to_contain_text("第2次")


def test_the_scorer_finds_the_newest_version_by_its_words(live_server, own, desktop, page_without_script):
    sign_in(page_without_script, live_server, own.user)
    page_without_script.goto(f"{live_server.url}/my/summaries/{YEAR}/")
    with page_without_script.expect_download() as download:
        page_without_script.click("text=下载总结提纲")
    outline = download.value.path().read_bytes()
    hand_in(page_without_script, live_server, YEAR, written(outline, "演示句子丁:企业诉求全部办结。"))
    sign_in_at_the_desk(desktop, live_server, UserFactory.create(role=Role.CITY_PLATFORM))
    desktop.goto(f"{live_server.url}/admin/summaries/?year={YEAR}")
    desktop.fill("#q", "企业诉求全部")
    desktop.click("button:has-text('查找')")
    expect(desktop.locator("main")).to_contain_text("演示句子丁")
    desktop.click(f"h3 >> text={own.platform.name}")
    expect(desktop.locator(".summary-text")).to_contain_text("演示句子丁")
    assert found_by_axe(desktop) == []
