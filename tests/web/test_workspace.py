"""The window's workspace: own platform, annual summary with receipt and history, own results; nobody else's."""

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.paper.punctuation import full_width
from evaluation.deadlines import BEIJING, summary_years
from evaluation.summaries.models import AnnualSummary
from platforms.models import Membership
from tests.core.files.uploads.build import docx_bytes, pdf_bytes
from tests.factories import MembershipFactory, UserFactory
from tests.factories.published import published_ranking
from tests.forms import Browser

THIS_YEAR = timezone.localdate().year


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def own(db) -> Membership:
    return MembershipFactory.create(platform__code="CNT-08")


def signed_in(membership: Membership) -> Client:
    client = Browser()
    client.force_login(membership.user, backend="core.identity.roles.RoleBackend")
    return client


def hand_in(client: Client, *, year=THIS_YEAR, name="总结.docx", content=None, stamped=None, follow=True):
    files = {"file": SimpleUploadedFile(name, docx_bytes() if content is None else content)}
    if stamped is not None:
        files["stamped"] = SimpleUploadedFile("盖章.pdf", stamped)
    return client.post(f"/my/summaries/{year}/", files, follow=follow)


def text(response) -> str:
    return response.content.decode()


def test_home_names_what_is_due_and_until_when(own):
    response = signed_in(own).get("/my/")
    assert own.platform.name in text(response)
    assert f"报送{THIS_YEAR}年度工作总结" in text(response)
    assert full_width(f"{THIS_YEAR}年12月10日24时(北京时间)") in text(response)


def test_handing_in_leads_to_a_receipt_with_number_time_digest_and_lateness(own):
    response = hand_in(signed_in(own))
    summary = AnnualSummary.objects.get()
    assert response.redirect_chain == [(f"/my/receipts/{summary.receipt_number}/", 302)]
    received_at = timezone.localtime(summary.received_at)
    for words in (
        summary.receipt_number,
        summary.attachment.sha256,
        f"{received_at:%H:%M:%S}",
        "逾期" if summary.is_late else "未逾期",
        own.user.full_name,
        own.platform.name,
    ):
        assert words in text(response)


def test_last_years_summary_is_taken_in_and_marked_late(own):
    response = hand_in(signed_in(own), year=THIS_YEAR - 1)
    assert AnnualSummary.objects.get().is_late
    assert "标为逾期" in text(response)
    assert full_width("已报送,逾期") in text(signed_in(own).get("/my/"))


@pytest.mark.parametrize("year", [2024, 2099])
def test_years_that_are_not_taken_in_are_not_there(own, year):
    assert year not in summary_years(timezone.localdate())
    client = signed_in(own)
    assert client.get(f"/my/summaries/{year}/").status_code == 404
    assert hand_in(client, year=year).status_code == 404
    assert not AnnualSummary.objects.exists()


def test_every_version_stays_and_is_listed_newest_first(own):
    client = signed_in(own)
    hand_in(client)
    hand_in(client, stamped=pdf_bytes())
    page = text(client.get(f"/my/summaries/{THIS_YEAR}/"))
    assert page.index("第2次") < page.index("第1次")
    assert "盖章.pdf" in page and "总结.docx" in page


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("总结.docx", b"", "文件是空的"),
        ("总结.docx", b"MZ\x90\x00", "可执行程序"),
        ("总结.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版"),
        ("<b>总结</b>.docx", b"plain words", "不是.docx文档中的任何一种"),
        ("总结.pdf", pdf_bytes(), "这里只接收.docx文档"),
    ],
)
def test_a_refused_file_is_explained_on_the_same_page_and_changes_nothing(own, name, content, message):
    response = hand_in(signed_in(own), name=name, content=content)
    assert response.status_code == 400
    assert message in text(response)
    assert "<b>总结" not in text(response)
    assert not AnnualSummary.objects.exists()


def test_no_file_and_a_long_name_are_explained(own):
    client = signed_in(own)
    assert "请选择要上传的文件" in text(client.post(f"/my/summaries/{THIS_YEAR}/"))
    assert "文件名过长" in text(hand_in(client, name="长" * 230 + ".docx"))


def test_an_oversized_file_is_refused_before_it_is_read(own, monkeypatch):
    monkeypatch.setattr("core.files.uploads.quarantine.MAX_BYTES", 10)
    assert "予接收" in text(hand_in(signed_in(own)))
    assert not AnnualSummary.objects.exists()


def test_the_file_comes_back_as_a_download_that_no_browser_opens(own):
    client = signed_in(own)
    content = docx_bytes("甲")
    hand_in(client, name="总结<svg onload=1>.docx", content=content)
    summary = AnnualSummary.objects.get()
    response = client.get(f"/my/receipts/{summary.receipt_number}/file")
    assert response.getvalue() == content
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_the_stamped_scan_is_optional_named_on_the_receipt_and_comes_back_as_a_download(own):
    client = signed_in(own)
    assert "还没有盖章扫描件" in text(hand_in(client))
    scan = pdf_bytes()
    receipt = text(hand_in(client, stamped=scan))
    summary = AnnualSummary.objects.latest().get()
    assert summary.stamped is not None
    assert "还没有盖章扫描件" not in receipt and summary.stamped.sha256 in receipt
    assert client.get(f"/my/receipts/{summary.receipt_number}/stamped").getvalue() == scan
    first = AnnualSummary.objects.get(version=1)
    assert client.get(f"/my/receipts/{first.receipt_number}/stamped").status_code == 404


def test_missing_headings_are_named_on_the_receipt_and_the_text_can_be_read(own):
    client = signed_in(own)
    receipt = text(hand_in(client, content=docx_bytes("一、平台基本情况", "<b>场地</b>300平方米")))
    assert "没有找到下列标题" in receipt and "八、对省、市平台和工信部门的意见建议" in receipt
    assert "<li>一、平台基本情况</li>" not in receipt
    number = AnnualSummary.objects.get().receipt_number
    page = text(client.get(f"/my/receipts/{number}/text/"))
    assert "<h3>一、平台基本情况</h3>" in page and "&lt;b&gt;场地&lt;/b&gt;300平方米" in page


def test_another_platforms_receipt_and_file_are_not_there(own):
    hand_in(signed_in(own), stamped=pdf_bytes())
    number = AnnualSummary.objects.get().receipt_number
    stranger = signed_in(MembershipFactory.create())
    receipt = f"/my/receipts/{number}/"
    for address in (
        receipt,
        f"{receipt}file",
        f"{receipt}stamped",
        f"{receipt}text/",
        f"/my/summaries/{THIS_YEAR - 2}/",
    ):
        assert stranger.get(address).status_code == 404, address
    assert number not in text(stranger.get(f"/my/summaries/{THIS_YEAR}/"))


def test_a_platform_named_in_the_form_is_ignored(own):
    """Whoever hands in hands in for the own platform; no field of the request says otherwise."""
    other = MembershipFactory.create().platform
    file = SimpleUploadedFile("总结.docx", docx_bytes())
    fields = {"file": file, "platform": other.pk, "is_late": "0", "received_at": "2020-01-01"}
    signed_in(own).post(f"/my/summaries/{THIS_YEAR}/", fields)
    summary = AnnualSummary.objects.get()
    assert summary.platform == own.platform
    assert summary.received_at.year == THIS_YEAR


def test_desk_roles_are_led_to_the_desk_and_find_no_workspace(bureau, auditor):
    for user in (bureau, auditor):
        client = Browser()
        client.force_login(user, backend="core.identity.roles.RoleBackend")
        assert client.get("/my/")["Location"] == "/admin/"
        assert client.get(f"/my/summaries/{THIS_YEAR}/").status_code == 404


def test_an_account_without_a_platform_learns_whom_to_ask(db):
    client = Browser()
    client.force_login(UserFactory.create(role="window"), backend="core.identity.roles.RoleBackend")
    assert "请联系市工信局的系统管理员" in text(client.get("/my/"))
    assert client.get(f"/my/summaries/{THIS_YEAR}/").status_code == 404


def test_own_published_results_only_with_the_way_to_their_reasons(site):
    own, other = site.platforms[0], site.platforms[1]
    membership = MembershipFactory.create(platform=own)
    page = text(signed_in(membership).get("/my/"))
    assert f'href="/rankings/2025/county_window/{own.code}/"' in page
    assert f'href="/rankings/2024/county_window/{own.code}/"' in page
    assert other.name not in page


def test_a_total_keeps_the_decimals_that_were_published(own):
    published_ranking([own.platform], visits={own.platform.code: 565})
    assert ">82.00<" in text(signed_in(own).get("/my/"))


def test_a_platform_that_took_no_part_reads_so(site):
    page = text(signed_in(MembershipFactory.create(platform=site.newcomer)).get("/my/"))
    assert "不参评" in page and "2025年度不参评的原因" in page


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 12, 9, 12, tzinfo=BEIJING), "还有1天"),
        (datetime(2026, 12, 10, 23, 59, 59, tzinfo=BEIJING), "今天是最后一天"),
        (datetime(2026, 12, 11, tzinfo=BEIJING), "已过;现在报送会标为逾期"),
    ],
)
def test_the_days_left_are_counted_in_beijing(own, monkeypatch, now, words):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    page = text(signed_in(own).get("/my/summaries/2026/"))
    assert full_width(words) in page
