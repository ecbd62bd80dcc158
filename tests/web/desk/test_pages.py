"""What every page of the desk keeps: no script or style in its markup, Chinese alone, the demonstration's mark, as many
queries for one row as for three; and the first page that leads a clerk through a quarter."""

import re
import uuid
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from core.choices import JobState, Role
from core.declared import house
from core.jobs.handlers import handler_of
from core.models import Job
from core.periods import Quarter
from evaluation.home.queries import quarter_work, year_work
from tests.web.desk.test_access import GET, addresses
from zhuzhou_sme.menu import GROUPS

# Names of formats, codes and product words that stand on the pages as they are.
KNOWN = re.compile(
    r"https?://\S+|\S+\*{6,}|[A-Za-z\d.-]*\.(?:xlsx|csv|json|pdf)|(?:city|cluster|county)_[a-z]+-\d+|ZZ-JKQ|[0-9a-f]{8}-[0-9a-f-]{27}"
    r"|[0-9a-f]{32,}"
    r"|(?<![A-Za-z])(?:PDF|CSV|JSON|XLSX|SHA|ICP|GB|MB|UTF|WPS|Excel|argon2\w*|user\d+|[A-Z]+-?[A-Z]*\d[A-Z\d-]*)(?![A-Za-z])"
)


class Reader(HTMLParser):
    """Visible words, and whatever a strict policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.refused: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        self.refused += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names and names.get("type") != "application/json"):
            self.refused.append(tag)
        if tag in {"script", "style", "textarea", "code"}:
            self._inside.append(tag)
        self.words += [names[name] for name in ("title", "placeholder", "alt", "aria-label") if names.get(name)]

    def handle_endtag(self, tag):
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data):
        if not self._inside:
            self.words.append(data)


def read(answer) -> Reader:
    reader = Reader()
    reader.feed(answer.content.decode())
    return reader


def pages(world) -> dict[str, str]:
    found = {name: address for name, address in addresses(world).items() if name in GET}
    for model in ("platforms_platform", "platforms_operator", "platforms_recognition", "rewards_rewardstandard"):
        found[model] = reverse(f"admin:{model}_changelist")
    found["user"] = reverse("admin:core_user_change", args=[world.people["county"].pk])
    found["office"] = reverse("admin:core_office_change", args=[1])
    found["card"] = reverse("admin:evaluation_scorecard_change", args=[world.card.pk])
    found["consequences"] = reverse("desk_consequences")
    return {name: address for name, address in found.items() if name not in {"desk_summary_file", "desk_bulletin_pdf"}}


def test_no_markup_that_the_policy_refuses_and_no_english(world, signed_in):
    client = signed_in(world.people[Role.BUREAU])
    refused, english = {}, {}
    for name, address in pages(world).items():
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        reader = read(answer)
        left = [
            word.strip() for text in reader.words for word in re.findall(r"[A-Za-z]{2,}[A-Za-z ]*", KNOWN.sub("", text))
        ]
        refused |= {name: reader.refused} if reader.refused else {}
        english |= {name: left} if left else {}
    assert refused == {}
    assert english == {}


def test_every_page_carries_the_policy_and_forbids_frames(world, signed_in):
    answer = signed_in(world.people[Role.BUREAU]).get(reverse("admin:index"))
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_demonstration_is_marked_on_every_page(world, signed_in, monkeypatch):
    client = signed_in(world.people[Role.BUREAU])
    monkeypatch.setattr(settings, "DEMO_MODE", True)
    for name, address in pages(world).items():
        answer = client.get(address, follow=True)
        assert "演示数据(虚构)" in answer.content.decode(), name
    popup = client.get(reverse("admin:platforms_region_add") + "?_popup=1").content.decode()
    assert "演示数据(虚构)" in popup


OF_A_UNIT = {"platforms.keep_people", "evaluation.fill_own_figures"}
"""A unit's own work: the bureau belongs to none."""


def test_each_role_finds_in_its_menu_what_it_may_open_and_nothing_else(world, signed_in):
    for role in (Role.BUREAU, Role.CITY_PLATFORM, Role.COUNTY, Role.AUDITOR):
        client = signed_in(world.people[role])
        answer = client.get(reverse("admin:index"))
        listed = {entry["admin_url"] for group in answer.context["app_list"] for entry in group["models"]}
        assert listed
        for address in listed:
            assert client.get(address, follow=True).status_code == 200, (role, address)
    every = {
        reverse(entry.page) for group in GROUPS for entry in house().menu_of(group) if entry.permission not in OF_A_UNIT
    }
    bureau = signed_in(world.people[Role.BUREAU]).get(reverse("admin:index"))
    assert {entry["admin_url"] for group in bureau.context["app_list"] for entry in group["models"]} == every


def test_every_model_of_the_desk_has_its_place_in_the_menu():
    listed = {reverse(entry.page) for group in GROUPS for entry in house().menu_of(group)}
    assert admin.site._registry
    for model in admin.site._registry:
        meta = model._meta
        assert reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") in listed, meta.label


def test_every_kind_of_job_has_a_name_that_people_know():
    assert house().jobs
    for kind in house().jobs.values():
        assert handler_of(kind.kind) is kind.handler
        assert re.search(r"[\u4e00-\u9fff]", kind.label)
        kind.start_address()


def test_the_first_page_leads_through_a_quarter(world):
    work = quarter_work(Quarter(2025, 1), earlier=1)
    assert (work.focus.next_step, work.earlier[0].next_step) == ("compile", "import")
    assert quarter_work(Quarter(2025, 2)).focus.next_step == "draft"
    assert [item.next_step for item in year_work([2025])] == ["done", "score", "publish"]
    assert {item.next_step for item in year_work([2031])} == {"system"}


def test_platforms_that_a_file_leaves_out_are_named(world):
    codes = {platform.code for platform in quarter_work(Quarter(2025, 1)).absent}
    assert codes == set()
    from tests.factories import PlatformFactory, RecognitionFactory

    newcomer = PlatformFactory.create(code="CNT-77")
    RecognitionFactory.create(platform=newcomer, recognised_on=date(2025, 3, 31))
    assert [platform.code for platform in quarter_work(Quarter(2025, 1)).absent] == ["CNT-77"]


@pytest.mark.parametrize(
    ("state", "shown", "hidden"),
    [
        (JobState.RUNNING, ["<progress", 'value="40"', "正在写入数据", "hx-get", "刷新进度"], ["查看结果"]),
        (JobState.DONE, ["已完成", "查看结果"], ["<progress", "hx-get"]),
        (JobState.DEAD, ["多次执行失败", "重新执行"], ["hx-get", "Traceback"]),
    ],
)
def test_the_page_of_a_job_in_each_state(world, signed_in, state, shown, hidden):
    fields: dict[JobState, dict[str, Any]] = {
        JobState.RUNNING: {
            "token": uuid.uuid4(),
            "lease_until": "2099-01-01T00:00Z",
            "progress_done": 2,
            "progress_total": 5,
        },
        JobState.DONE: {
            "finished_at": "2026-01-01T00:00Z",
            "result": {"batch": world.batch.pk, "notices": ["演示提示"]},
        },
        JobState.DEAD: {"finished_at": "2026-01-01T00:00Z", "error": "Traceback (most recent call last)"},
    }
    note = "正在写入数据" if state == JobState.RUNNING else ""
    Job.objects.filter(pk=world.job.pk).update(state=state, progress_note=note, **fields[state])
    client = signed_in(world.people[Role.BUREAU])
    page = client.get(reverse("desk_job", args=[world.job.pk])).content.decode()
    part = client.get(reverse("desk_job", args=[world.job.pk]), headers={"HX-Request": "true"}).content.decode()
    for text in (page, part):
        assert [word for word in shown if word not in text] == []
        assert [word for word in hidden if word in text] == []
    assert "<html" in page
    assert "<html" not in part


def test_a_stopped_job_gets_another_round_from_the_bureau_or_whoever_asked(world, signed_in):
    Job.objects.filter(pk=world.job.pk).update(state=JobState.DEAD, finished_at="2026-01-01T00:00Z")
    address = reverse("desk_job_retry", args=[world.job.pk])
    assert signed_in(world.people[Role.AUDITOR]).post(address).status_code == 403
    for role in (Role.BUREAU, Role.CITY_PLATFORM):
        Job.objects.filter(pk=world.job.pk).update(state=JobState.DEAD, finished_at="2026-01-01T00:00Z")
        assert signed_in(world.people[role]).post(address).status_code == 302
        world.job.refresh_from_db()
        assert (world.job.state, world.job.retried_by) == (JobState.QUEUED, world.people[role])
