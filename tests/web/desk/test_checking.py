"""Checking on the desk: whose queue holds what, what stands beside a figure, what a checker's buttons do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html as markup

from core.choices import Role
from core.files.uploads.gate import PDF
from core.files.uploads.storage import store
from evaluation.collection.models import Evidence, ReportingPeriod, SubmittedFigure
from tests.evaluation.collection.checking.conftest import quarter
from tests.evaluation.collection.checking.figures import (
    clerk_of,
    handed_in,
    handed_in_again,
    locked_period,
    submission_of,
)
from tests.factories import MembershipFactory, PlatformFactory, RegionFactory
from tests.forms import form_on, send, sent

__all__ = ["quarter"]
RATIO = {"numerator": "3", "denominator": "4"}


@pytest.fixture
def figure(quarter) -> SubmittedFigure:
    return handed_in(quarter.submission, "B13", RATIO, by=quarter.clerk)


@pytest.fixture
def checker(people, signed_in):
    return signed_in(people[Role.CITY_PLATFORM])


def address(figure) -> str:
    return reverse("desk_check", args=[figure.submission_id])


def step(client, figure, name: str, **fields):
    to = reverse("desk_check_step", args=[figure.pk, name])
    return sent(client, address(figure), fields, to=to, follow=True)


def status_of(figure) -> str:
    return SubmittedFigure.objects.values_list("status", flat=True).get(pk=figure.pk)


def queued(client, **asked) -> list[str]:
    answer = client.get(reverse("desk_checks"), asked)
    assert answer.status_code == 200
    return [f"{f.submission.platform.code} {f.indicator}" for f, _, _ in answer.context["lines"]]


def evidence_of(figure, by, name="回访记录.pdf") -> Evidence:
    attachment = store(name=name, content=b"%PDF-1.4 demo", media_type=PDF, by=by)
    return Evidence.objects.create(figure=figure, attachment=attachment, added_by=by)


def test_each_checker_has_a_queue_of_their_own(quarter, figure, people, signed_in):
    handed_in(quarter.city_submission, "B32", "1", by=quarter.city_clerk)
    found = {role: queued(signed_in(people[role])) for role in (Role.BUREAU, Role.CITY_PLATFORM, Role.AUDITOR)}
    assert found == {
        Role.BUREAU: ["CITY-01 B32"],
        Role.CITY_PLATFORM: ["CNT-01 B13"],
        Role.AUDITOR: ["CNT-01 B13", "CITY-01 B32"],
    }
    assert queued(signed_in(quarter.city_clerk)) == ["CNT-01 B13"]


def test_the_longest_waiting_comes_first_and_what_is_decided_leaves(quarter, figure, checker):
    day_before = timezone.now() - timedelta(days=1)
    older = handed_in(quarter.submission, "K5", "3", by=quarter.clerk, at=day_before)
    other = submission_of(PlatformFactory.create(code="CNT-02"), quarter.system, 2)
    handed_in(other, "K7", "1", by=quarter.clerk, at=day_before - timedelta(days=1))
    assert queued(checker) == ["CNT-02 K7", "CNT-01 K5", "CNT-01 B13"]
    assert queued(checker, period=other.period_id) == ["CNT-02 K7"]
    assert queued(checker, platform=quarter.window.pk) == ["CNT-01 K5", "CNT-01 B13"]
    assert queued(checker, period="x", platform="999999999") == []
    step(checker, older, "accept")
    assert queued(checker) == ["CNT-02 K7", "CNT-01 B13"]


def test_everything_a_checker_needs_stands_beside_the_figure(quarter, figure, checker, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    shown = evidence_of(figure, quarter.clerk)
    gone = evidence_of(figure, quarter.clerk, "旧文件.pdf")
    gone.removed_at, gone.removed_by = timezone.now(), quarter.clerk
    gone.save()
    earlier = submission_of(quarter.window, quarter.system, 2)
    handed_in(earlier, "B13", {"numerator": "7", "denominator": "8"}, by=quarter.clerk)
    later = handed_in(submission_of(quarter.window, quarter.system, 3), "B13", RATIO, by=quarter.clerk)
    page = checker.get(address(later)).content.decode()
    assert "3 ÷ 4" in page and "7 ÷ 8" in page and "2025Q2" in page
    first = checker.get(address(figure)).content.decode()
    assert "回访记录.pdf" in first and "旧文件.pdf" not in first
    assert "应附:活动后30日内回访或成效记录" in first
    answer = checker.get(reverse("desk_evidence_file", args=[shown.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_ticked_are_accepted_together(quarter, figure, checker):
    other = handed_in(quarter.submission, "K5", "3", by=quarter.clerk)
    page = checker.get(address(figure)).context
    bulk = reverse("desk_check_accept", args=[figure.submission_id])
    answer = checker.post(bulk, {"figure": [figure.pk, other.pk], "seen": page["seen"]}, follow=True)
    assert "已接受2项数据" in answer.content.decode()
    assert {status_of(figure), status_of(other)} == {"accepted"}
    assert "请至少选择一项" in checker.post(bulk, follow=True).content.decode()


def test_a_figure_of_another_submission_is_not_ticked_in_this_one(quarter, figure, checker):
    other = submission_of(PlatformFactory.create(), quarter.system)
    bulk = reverse("desk_check_accept", args=[other.pk])
    assert checker.post(bulk, {"figure": [figure.pk]}).status_code == 404
    assert status_of(figure) == "handed_in"


def test_returning_shows_the_reason_and_what_was_there(quarter, figure, checker):
    faulty = step(checker, figure, "return_to_platform", reason="", due_on="1.5.")
    assert "退回须写明理由" in faulty.content.decode()
    assert "退回须写明重报截止日期" in faulty.content.decode()
    due = timezone.localdate() + timedelta(days=3)
    answer = step(checker, figure, "return_to_platform", reason="缺第3户<回访>", due_on=due.isoformat())
    page = answer.content.decode()
    assert status_of(figure) == "returned"
    assert "缺第3户&lt;回访&gt;" in page
    figure.refresh_from_db()
    figure.value = {"numerator": "9", "denominator": "9"}  # the platform is writing: nobody else reads it yet
    figure.save()
    assert "3 ÷ 4" in checker.get(address(figure)).content.decode()
    assert "9 ÷ 9" not in checker.get(address(figure)).content.decode()
    handed_in_again(figure, {"numerator": "4", "denominator": "4"}, by=quarter.clerk)
    (line,) = checker.get(address(figure)).context["lines"]
    assert [(entry.status, entry.value) for entry in line.history] == [
        ("已报送", "4 ÷ 4"),
        ("已退回", "3 ÷ 4"),
        ("已报送", "3 ÷ 4"),
        ("待报", ""),
    ]


def test_not_applicable_has_a_button_of_its_own(quarter, checker):
    claimed = handed_in(quarter.submission, "K7", by=quarter.clerk, not_applicable="本季度没有对接活动")
    page = checker.get(address(claimed)).content.decode()
    assert "同意不适用" in page and "不适用:本季度没有对接活动" in page
    assert 'type="checkbox"' not in page
    step(checker, claimed, "approve_not_applicable")
    assert status_of(claimed) == "not_applicable"


def test_after_the_lock_there_are_no_buttons(quarter, figure, checker):
    step(checker, figure, "accept")
    locked_period(quarter.submission.period)
    page = checker.get(address(figure)).content.decode()
    assert "已锁定,数据不再改变" in page
    assert "退回这一项" not in page
    assert "已锁定" in step(checker, figure, "return_to_platform", reason="改", due_on="2099-01-01").content.decode()
    assert status_of(figure) == "locked"


CONTROLS = "//form[contains(@action, '/checks/')] | //input[@type='checkbox'] | //*[@form='bulk']"


def controls(client, figure) -> int:
    """Everything on the page by which a figure could be ticked or decided."""
    return len(markup.fromstring(client.get(address(figure)).content.decode()).xpath(CONTROLS))


def test_only_who_may_check_finds_anything_to_tick_or_press(quarter, figure, people, signed_in):
    """And nobody once it is decided, nor after the lock. The page itself is there for all of them."""
    county = MembershipFactory.create(user__role=Role.COUNTY, platform=None, region=quarter.window.region).user
    readers = [signed_in(person) for person in (people[Role.BUREAU], people[Role.AUDITOR], county)]
    checker = signed_in(people[Role.CITY_PLATFORM])
    assert controls(checker, figure) >= 4
    assert [controls(reader, figure) for reader in readers] == [0, 0, 0]
    step(checker, figure, "accept")
    assert 0 < controls(checker, figure) < 4, "an accepted figure can still be returned, not ticked"
    assert [controls(reader, figure) for reader in readers] == [0, 0, 0]
    locked_period(quarter.submission.period)
    assert [controls(person, figure) for person in (checker, *readers)] == [0, 0, 0, 0]


def test_a_figure_that_waits_when_the_period_is_locked_cannot_be_ticked(quarter, figure, checker):
    """What the lock leaves as it is, the page leaves as well."""
    ReportingPeriod.objects.filter(pk=quarter.submission.period_id).update(status="closed")
    assert controls(checker, figure) >= 4
    ReportingPeriod.objects.filter(pk=quarter.submission.period_id).update(status="locked")
    assert status_of(figure) == "handed_in"
    assert controls(checker, figure) == 0


@pytest.mark.parametrize("role", [Role.BUREAU, Role.AUDITOR])
def test_who_oversees_reads_and_is_told_who_checks(figure, people, signed_in, role):
    client = signed_in(people[role])
    page = client.get(address(figure)).content.decode()
    assert "窗口平台的数据由市平台审核" in page
    assert "退回这一项" not in page
    assert step(client, figure, "accept").status_code == 403
    assert status_of(figure) == "handed_in"


def test_the_city_platform_cannot_check_itself(quarter, people, signed_in):
    own = handed_in(quarter.city_submission, "B32", "1", by=quarter.city_clerk)
    for person in (quarter.city_clerk, people[Role.CITY_PLATFORM]):
        client = signed_in(person)
        assert step(client, own, "accept").status_code == 403
        bulk = reverse("desk_check_accept", args=[own.submission_id])
        assert client.post(bulk, {"figure": [own.pk]}).status_code == 403
    assert status_of(own) == "handed_in"


def test_what_one_may_not_see_is_not_there(quarter, figure, signed_in, settings, tmp_path):
    """A county reads its own platforms; another county's ids lead nowhere, a window's at the desk neither."""
    settings.MEDIA_ROOT = tmp_path
    shown = evidence_of(figure, quarter.clerk)
    pages = [address(figure), reverse("desk_evidence_file", args=[shown.pk])]
    own = MembershipFactory.create(user__role=Role.COUNTY, platform=None, region=quarter.window.region).user
    stranger = MembershipFactory.create(user__role=Role.COUNTY, platform=None, region=RegionFactory.create()).user
    assert [signed_in(own).get(each).status_code for each in pages] == [200, 200]
    assert [signed_in(stranger).get(each).status_code for each in pages] == [404, 404]
    assert queued(signed_in(stranger)) == []
    for person, status in ((own, 403), (stranger, 403), (clerk_of(quarter.window), 302)):
        answer = signed_in(person).post(reverse("desk_check_step", args=[figure.pk, "accept"]))
        assert answer.status_code == status
    assert status_of(figure) == "handed_in"


def test_unknown_ids_and_steps(figure, checker):
    assert checker.get(reverse("desk_check", args=[999999])).status_code == 404
    assert checker.post(reverse("desk_check_step", args=[999999, "accept"])).status_code == 404
    assert checker.post(reverse("desk_check_step", args=[figure.pk, "lock"])).status_code == 404


def test_as_many_questions_for_one_row_as_for_three(quarter, figure, checker, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    evidence_of(figure, quarter.clerk)
    pages = [reverse("desk_checks"), address(figure)]

    def counts() -> list[int]:
        found = []
        for each in pages:
            with CaptureQueriesContext(connection) as queries:
                assert checker.get(each).status_code == 200
            found.append(len(queries))
        return found

    counts()
    before = counts()
    for code in ("K5", "K7"):
        evidence_of(handed_in(quarter.submission, code, "1", by=quarter.clerk), quarter.clerk)
        handed_in(submission_of(PlatformFactory.create(), quarter.system), code, "1", by=quarter.clerk)
    assert counts() == before


def test_a_reason_typed_about_what_came_in_anew_is_on_the_page_again(quarter, figure, checker):
    opened = checker.get(address(figure))
    to = reverse("desk_check_step", args=[figure.pk, "return_to_platform"])
    due = f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}"
    sent(checker, address(figure), {"reason": "先退一次", "due_on": due}, to=to)
    handed_in_again(figure, {"numerator": "9", "denominator": "9"}, by=quarter.clerk)
    told = send(checker, opened, address(figure), {"reason": "分母不对", "due_on": due}, to=to, follow=True)
    page = told.content.decode()
    assert "在您打开页面之后有改动" in page and status_of(figure) == "handed_in"
    assert form_on(told, address(figure), to)["reason"] == "分母不对"


def test_without_a_version_nothing_is_decided(figure, checker):
    to = reverse("desk_check_step", args=[figure.pk, "accept"])
    for fields in ({}, {"seen": ""}, {"seen": "x"}, {"seen": f"{figure.pk}=0"}):
        assert "在您打开页面之后有改动" in checker.post(to, fields, follow=True).content.decode()
    bulk = reverse("desk_check_accept", args=[figure.submission_id])
    assert "在您打开页面之后有改动" in checker.post(bulk, {"figure": [figure.pk]}, follow=True).content.decode()
    assert status_of(figure) == "handed_in"
