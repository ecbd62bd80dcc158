"""A platform's quarter in its workspace: home, grid, evidence, receipts; one's own alone, and without script."""

import hashlib
import html
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.paper.punctuation import full_width
from evaluation.collection.actions import close_period, lock_period
from evaluation.collection.models import Evidence, SubmissionReceipt, SubmittedFigure
from tests.core.files.uploads.build import docx_bytes
from tests.evaluation.collection.conftest import quarter
from tests.factories import MembershipFactory
from tests.forms import Browser, sent

__all__ = ["quarter"]

GRID = "/my/submissions/2026Q1/"
FIELDS = {"K5.cell.value": "5", "B13.cell.numerator": "11", "B13.cell.denominator": "12", "C21.remark": ""}


def signed_in(user) -> Client:
    client = Browser()
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    return client


def text(response) -> str:
    return html.unescape(response.content.decode())


def test_the_home_page_says_what_is_due_and_until_when(quarter):
    page = text(signed_in(quarter.window).get("/my/"))
    assert full_width("2026年第一季度数据报送") in page
    assert "还有8项没有报送" in page
    assert full_width("截止时间:2026年4月15日24时(北京时间)") in page


def test_asked_rows_have_cells_and_the_rest_says_who_supplies_it(quarter):
    page = text(signed_in(quarter.window).get(GRID))
    assert (
        'name="K5.cell.value"' in page and 'name="B13.cell.denominator"' in page and 'name="C13.cell.national"' in page
    )
    for code in ("A11", "K2", "A18", "A19"):
        assert f'id="row-{code}"' in page and f'name="{code}.cell' not in page
    assert full_width("由省枢纽平台提供,无需填报") in page
    assert full_width("由企业认定名单和服务记录统计,无需填报") in page


def test_without_script_one_form_saves_and_hands_in(quarter):
    client = signed_in(quarter.window)
    saved = sent(client, GRID, {**FIELDS, "step": "save"}, follow=True)
    assert "已保存" in text(saved)
    assert 'value="5"' in text(saved)
    assert quarter.figure("K5").status == "expected"
    handed_in = sent(client, GRID, {**FIELDS, "step": "hand_in"}, follow=True)
    receipt = SubmissionReceipt.objects.get()
    assert handed_in.redirect_chain == [(f"/my/submission-receipts/{receipt.number}/", 302)]
    for words in (receipt.number, receipt.sha256, quarter.own.platform.name, "11 ÷ 12", "第1次报送"):
        assert words in text(handed_in)
    assert quarter.figure("K5").status == "handed_in"
    assert 'name="K5.cell.value"' not in text(client.get(GRID))
    assert receipt.number in text(client.get("/my/"))


def test_the_downloaded_receipt_has_the_digest_that_the_page_names(quarter):
    client = signed_in(quarter.window)
    sent(client, GRID, {**FIELDS, "step": "hand_in"})
    receipt = SubmissionReceipt.objects.get()
    response = client.get(f"/my/submission-receipts/{receipt.number}/receipt.json")
    assert hashlib.sha256(response.content).hexdigest() == receipt.sha256
    assert response["Content-Disposition"].startswith("attachment;")


def test_every_fault_is_named_sound_rows_are_kept_and_nothing_is_handed_in(quarter):
    client = signed_in(quarter.window)
    wrong = {**FIELDS, "B13.cell.denominator": "", "K7.cell.value": "六项", "step": "hand_in"}
    response = sent(client, GRID, wrong)
    page = text(response)
    assert response.status_code == 400
    assert full_width("B13 服务效果跟踪率:还缺分母") in page
    assert 'value="六项"' in page, "what was typed stays"
    assert full_width("没有报送;下列各项没有保存,其余已保存") in page
    assert quarter.figure("K5").value == "5"
    assert not SubmissionReceipt.objects.exists()


def test_an_empty_grid_is_not_handed_in(quarter):
    client = signed_in(quarter.window)
    for fields, words in (({}, "没有收到填报的数据"), ({"K5.cell.value": " "}, "没有可以报送的数据")):
        response = client.post(GRID, {"platform": quarter.own.platform.code, **fields, "step": "hand_in"})
        assert response.status_code == 400
        assert words in text(response)


def test_the_script_saves_what_changed_and_learns_the_time_and_every_fault(quarter):
    client = signed_in(quarter.window)
    answer = sent(
        client, GRID, {"K5.cell.value": "5", "K7.cell.value": "-1", "C22.reason": "没有评选"}, to=f"{GRID}save"
    ).json()
    assert answer["faults"] == [
        {
            "row": "K7",
            "field": "K7.cell.value",
            "message": full_width("应为不小于0的数字(整数至多12位,小数至多6位,不带单位),现为“-1”"),
        }
    ]
    assert len(answer["saved_at"]) == 8
    assert (quarter.figure("K5").value, quarter.figure("C22").not_applicable_reason) == ("5", "没有评选")


def test_after_the_lock_nothing_is_taken(quarter):
    close_period(period=quarter.period, by=quarter.city)
    lock_period(period=quarter.period, by=quarter.city)
    client = signed_in(quarter.window)
    assert "已锁定" in text(client.get(GRID))
    answer = sent(client, GRID, FIELDS, to=f"{GRID}save")
    assert (answer.status_code, "已锁定" in answer.json()["refused"][0]) == (400, True)
    assert sent(client, GRID, {**FIELDS, "step": "hand_in"}).status_code == 400
    assert quarter.figure("K5").value is None


def test_another_platforms_quarter_receipt_and_files_are_not_there(quarter):
    client = signed_in(quarter.window)
    client.post(f"{GRID}figures/K5/", {"file": SimpleUploadedFile("证明.docx", docx_bytes())})
    sent(client, GRID, {**FIELDS, "step": "hand_in"})
    receipt, evidence = SubmissionReceipt.objects.get(), Evidence.objects.get()
    elsewhere = MembershipFactory.create()
    stranger = signed_in(elsewhere.user)
    addresses = (
        GRID,
        f"{GRID}figures/K5/",
        f"{GRID}figures/K5/evidence/{evidence.pk}",
        f"/my/submission-receipts/{receipt.number}/",
        f"/my/submission-receipts/{receipt.number}/receipt.json",
    )
    for address in addresses:
        assert client.get(address).status_code == 200, address
        assert stranger.get(address).status_code == 404, address
    for address in (GRID, f"{GRID}save", f"{GRID}figures/K5/", f"{GRID}figures/K5/evidence/{evidence.pk}/remove"):
        fields = {**FIELDS, "platform": elsewhere.platform.code}
        assert stranger.post(address, fields).status_code == 404, address


def test_a_platform_or_an_unasked_indicator_named_in_the_form_changes_nothing_else(quarter):
    other = quarter.period.submissions.exclude(pk=quarter.own.pk).get()
    fields = {
        **FIELDS,
        "submission": other.pk,
        "A11.cell.value": "99",
        "status": "accepted",
    }
    answer = sent(signed_in(quarter.window), GRID, fields, to=f"{GRID}save").json()
    assert [fault["row"] for fault in answer["faults"]] == ["A11"]
    assert not SubmittedFigure.objects.filter(submission=other, value__isnull=False).exists()
    assert not SubmittedFigure.objects.filter(indicator="A11").exists()


@pytest.mark.parametrize("code", ["2026Q2", "2026Q5", "2026q1", "x", "2026Q1x"])
def test_quarters_that_are_not_asked_are_not_there(quarter, code):
    assert signed_in(quarter.window).get(f"/my/submissions/{code}/").status_code == 404


def test_the_city_platforms_own_people_fill_in_its_quarter(quarter):
    city = quarter.period.submissions.exclude(pk=quarter.own.pk).get()
    MembershipFactory.create(user=quarter.city, platform=city.platform)
    client = signed_in(quarter.city)
    assert city.platform.name in text(client.get("/my/"))
    assert sent(client, GRID, {"B32.cell.value": "2", "step": "hand_in"}).status_code == 302
    assert city.figures.get(indicator="B32").status == "handed_in"
    assert quarter.figure("K5").status == "expected"
    assert client.get("/my/summaries/2026/").status_code == 404, "the annual summary is the windows' (细则 R4.3)"


def test_evidence_comes_goes_and_is_refused_with_the_reason(quarter):
    client, address = signed_in(quarter.window), f"{GRID}figures/K5/"
    page = client.post(address, {"file": SimpleUploadedFile("证明.docx", docx_bytes())}, follow=True)
    assert "证明.docx" in text(page)
    refused = client.post(address, {"file": SimpleUploadedFile("证明.docx", b"MZ\x90\x00")})
    assert (refused.status_code, "可执行程序" in text(refused)) == (400, True)
    evidence = Evidence.objects.get()
    sent(client, address, to=f"{address}evidence/{evidence.pk}/remove")
    assert "还没有佐证文件" in text(client.get(address))
    assert Evidence.objects.get().removed_by == quarter.window


def test_a_returned_figure_alone_opens_and_its_history_shows_what_was_handed_in(quarter):
    client = signed_in(quarter.window)
    sent(client, GRID, {**FIELDS, "step": "hand_in"})
    figure = quarter.figure("K5")
    figure.return_to_platform()
    figure.return_reason, figure.return_due_on = "合同缺第二页", date(2026, 4, 25)
    figure.save()
    assert "合同缺第二页" in text(client.get("/my/"))
    page = text(client.get(GRID))
    assert 'name="K5.cell.value"' in page and "B13.cell" not in page
    sent(client, GRID, {"K5.cell.value": "4", "step": "hand_in"})
    history = text(client.get(f"{GRID}figures/K5/"))
    assert history.index("4笔") < history.index("5笔")
    assert "合同缺第二页" in history
    assert "5" in SubmissionReceipt.objects.get(version=1).document, "the first receipt stays as it was"
