"""Completeness and guidance on the desk and at /my/: scope, what a county may and may not do, texts and 签收."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from core.paper.punctuation import full_width
from evaluation.collection.models import SubmittedFigure
from platforms.models import Guidance
from tests.evaluation.completeness.conftest import figure_of, put, quarter
from tests.factories import MembershipFactory, UserFactory

__all__ = ["quarter"]

CODE = "2026Q1"
TOKEN = "00000000-0000-0000-0000-000000000001"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    return client


def text(response) -> str:
    return html.unescape(response.content.decode())


def address(name: str, *arguments: object) -> str:
    return reverse(name, args=arguments)


def test_every_number_leads_to_as_many_rows(quarter):
    put(quarter.own, "B13", "accepted")
    put(quarter.own, "C13", "returned")
    client = signed_in(quarter.bureau)
    page = client.get(address("desk_completeness"))
    tables = page.context["tables"]
    assert any(number for table in tables for line in table.lines for _, number in line.counts)
    assert tables[0].totals
    for table in tables:
        for line in table.lines:
            for group, number in line.counts:
                listed = client.get(
                    address("desk_completeness_figures", CODE), {"platform": line.platform.code, "state": group.code}
                )
                assert listed.context["rows"].paginator.count == number, (line.platform, group)
    for group, by_column, total in tables[0].totals:
        code, number = by_column[0]
        asked = {"type": tables[0].platform_type, "indicator": code, "state": group.code}
        assert client.get(address("desk_completeness_figures", CODE), asked).context["rows"].paginator.count == number
        asked.pop("indicator")
        assert client.get(address("desk_completeness_figures", CODE), asked).context["rows"].paginator.count == total


def test_cells_say_in_words_what_their_sign_means(quarter):
    put(quarter.own, "B13", "accepted")
    page = text(signed_in(quarter.bureau).get(address("desk_completeness_of", CODE)))
    assert '<span aria-hidden="true">✓</span><span class="heat-word">已接受</span>' in page
    assert "不要求报送" in page and "待报" in page


@pytest.mark.parametrize("name", ["desk_completeness_of", "desk_completeness_figures", "desk_reminder_list"])
def test_a_county_reads_its_own_region_alone(quarter, name):
    page = text(signed_in(quarter.county).get(address(name, CODE)))
    assert "甲县演示平台" in page
    assert "乙县演示平台" not in page and "22222222" not in page


def test_the_countys_first_page_lists_its_own_platforms(quarter):
    page = text(signed_in(quarter.county).get("/admin/"))
    assert "本地平台的报送" in page and "甲县演示平台" in page and "乙县演示平台" not in page


def test_an_auditor_reads_the_list_without_phones_and_texts(quarter):
    client = signed_in(UserFactory.create(role="auditor"))
    page = text(client.get(address("desk_reminder_list", CODE)))
    assert "甲县演示平台" in page
    assert "0731-11111111" not in page and "<textarea" not in page
    assert client.post(address("desk_remind", CODE)).status_code == 403


def test_a_window_never_sees_these_pages(quarter):
    client = signed_in(quarter.window)
    for name in ("desk_completeness_of", "desk_completeness_figures", "desk_reminder_list", "desk_reminder_workbook"):
        assert client.get(address(name, CODE)).status_code == 302, name
    assert client.get(address("desk_platform_guidance", quarter.own.code)).status_code == 302


def test_the_ready_text_stands_in_a_field_one_can_copy(quarter):
    page = text(signed_in(quarter.county).get(address("desk_reminder_list", CODE)))
    assert "readonly>演示甲您好:甲县演示平台2026年第一季度有" in page
    assert 'href="tel:0731-11111111"' in page


def test_reminding_all_reaches_the_platforms_own_page_and_is_signed_for_there(quarter):
    county, window = signed_in(quarter.county), signed_in(quarter.window)
    assert "已向1个平台发出催报提醒" in text(county.post(address("desk_remind", CODE), follow=True))
    assert "另有1个平台今天已提醒过" in text(county.post(address("desk_remind", CODE), follow=True))
    guidance = Guidance.objects.get()
    home = text(window.get("/my/"))
    assert full_width("演示甲您好:甲县演示平台") in home and "签收" in home
    window.post(address("my_guidance_acknowledge", guidance.pk))
    guidance.refresh_from_db()
    assert guidance.acknowledged_by == quarter.window
    assert full_width("演示甲您好") not in text(window.get("/my/"))
    assert quarter.window.full_name in text(county.get(address("desk_platform_guidance", quarter.own.code)))


def test_signing_twice_keeps_the_first_and_nobody_signs_for_another(quarter):
    note = Guidance.objects.create(platform=quarter.own, kind="note", text="演示", written_by=quarter.county)
    other = signed_in(MembershipFactory.create(platform=quarter.other).user)
    assert other.post(address("my_guidance_acknowledge", note.pk)).status_code == 404
    for user in (quarter.county, quarter.bureau):
        assert signed_in(user).post(address("my_guidance_acknowledge", note.pk)).status_code == 404
    own = signed_in(quarter.window)
    own.post(address("my_guidance_acknowledge", note.pk))
    note.refresh_from_db()
    first = note.acknowledged_at
    signed_in(MembershipFactory.create(platform=quarter.own).user).post(address("my_guidance_acknowledge", note.pk))
    note.refresh_from_db()
    assert (note.acknowledged_at, note.acknowledged_by) == (first, quarter.window)


def test_a_county_writes_to_its_own_platforms_only(quarter):
    client = signed_in(quarter.county)
    own, other = (address("desk_platform_guidance", each.code) for each in (quarter.own, quarter.other))
    assert client.post(other, {"kind": "note", "text": "演示"}).status_code == 404
    empty = client.post(own, {"kind": "order", "text": " "})
    assert empty.status_code == 400
    assert "请选择类别" in text(empty) and "请写明指导或提醒的内容" in text(empty)
    client.post(own, {"kind": "note", "text": "请核对服务记录"})
    assert [(each.platform, each.written_by) for each in Guidance.objects.all()] == [(quarter.own, quarter.county)]
    auditor = signed_in(UserFactory.create(role="auditor"))
    assert auditor.post(own, {"kind": "note", "text": "演示"}).status_code == 403


WRITING: dict[str, list[object]] = {
    "my_submission": [CODE],
    "my_submission_save": [CODE],
    "my_figure": [CODE, "B13"],
    "my_evidence_remove": [CODE, "B13", 1],
}


def test_a_county_edits_no_figure_anywhere(quarter):
    client = signed_in(quarter.county)
    put(quarter.own, "B13", "handed_in")
    before = list(SubmittedFigure.objects.order_by("pk").values())
    for name, arguments in WRITING.items():
        answer = client.post(address(name, *arguments), {"step": "hand_in", "B13.cell.numerator": "9"})
        assert answer.status_code in {403, 404}, name
    figure = figure_of(quarter.own, "B13")
    pk, submission = figure.pk, figure.submission_id
    checking = [
        address("desk_check_accept", submission),
        *(address("desk_check_step", pk, step) for step in ("accept", "return_to_platform", "approve_not_applicable")),
        address("desk_marking", 2026, "county_window"),
        address("desk_period_step", quarter.period.pk, "close"),
    ]
    for path in checking:
        answer = client.post(path, {"reason": "演示", "due_on": "2026-12-01", "figures": [pk], "submission": TOKEN})
        assert answer.status_code in {403, 404}, path
    for model in ("submission", "submittedfigure"):
        answer = client.post(f"/admin/evaluation/{model}/{pk}/change/", {"value": "9"})
        assert answer.status_code in {403, 404}, model
    assert list(SubmittedFigure.objects.order_by("pk").values()) == before


def test_unknown_quarters_are_not_there(quarter):
    client = signed_in(quarter.bureau)
    for code in ("2026Q3", "2026Q9", "x"):
        assert client.get(address("desk_completeness_of", code)).status_code == 404
