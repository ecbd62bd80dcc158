"""Assessors on the desk: appointing, marking blind, handing in, comparing; no address leads around the blindness."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.choices import Role
from evaluation.marking.models import AssessorAppointment, AssessorMark
from tests.evaluation.marking.test_actions import appointed, bureau_user, city_user, platforms
from tests.factories import PlatformFactory, RecognitionFactory, UserFactory
from tests.forms import press

__all__ = ["platforms"]
TYPE = [2025, "county_window"]
MARKS, COMPARISON = reverse("desk_marking", args=TYPE), reverse("desk_marks_compared", args=TYPE)
OVERVIEW = reverse("desk_assessors") + "?year=2025"
SECRET = "只有我知道的理由"


def form(platforms, **changes) -> dict[str, object]:
    """A complete sheet; `changes` by field."""
    fields: dict[str, object] = {}
    for platform in platforms[:2]:
        fields[f"value-{platform.pk}-A19"] = ["website"]
        fields[f"reason-{platform.pk}-A19"] = f"{SECRET}{platform.code}"
    return fields | changes


def hand_in(client, platforms):
    return press(client, MARKS, form(platforms, step="hand_in"), follow=True)


@pytest.fixture
def three(platforms, signed_in):
    """Two assessors of the city platform and one of the bureau, signed in."""
    people = [city_user(), city_user(), bureau_user()]
    for each in people:
        appointed(each)
    return [signed_in(each) for each in people]


def test_appointing_and_dismissing(platforms, people, signed_in):
    chosen, city = bureau_user(), signed_in(people[Role.CITY_PLATFORM])
    address = reverse("desk_assessor_appoint", args=TYPE)
    assert f"已指定{chosen}" in city.post(address, {"assessor": chosen.pk}, follow=True).content.decode()
    assert str(chosen) in city.get(OVERVIEW).content.decode()
    assert city.post(address, {"assessor": UserFactory.create(role="window").pk}, follow=True).status_code == 200
    assert city.post(address, {"assessor": "999999"}).status_code == 404
    found = AssessorAppointment.objects.get()
    dismiss = reverse("desk_assessor_dismiss", args=[found.pk])
    assert signed_in(people[Role.BUREAU]).post(dismiss).status_code == 403
    assert signed_in(people[Role.AUDITOR]).post(dismiss).status_code == 403
    assert "已撤销" in city.post(dismiss, follow=True).content.decode()
    assert not AssessorAppointment.objects.exists()


def test_the_city_platform_knows_nothing_of_its_own_assessors(platforms, people, signed_in):
    appointed(bureau_user(), by=bureau_user(), year=2025, platform_type="city_platform")
    city = signed_in(people[Role.CITY_PLATFORM])
    found = AssessorAppointment.objects.get()
    shown = [progress.sheet.platform_type for progress, _ in city.get(OVERVIEW).context["rows"]]
    assert shown == ["cluster_window", "county_window"]
    assert city.get(reverse("desk_marks_compared", args=[2025, "city_platform"])).status_code == 404
    assert city.post(reverse("desk_assessor_dismiss", args=[found.pk])).status_code == 404
    appoint = reverse("desk_assessor_appoint", args=[2025, "city_platform"])
    assert city.post(appoint, {"assessor": bureau_user().pk}).status_code == 403


def test_a_sheet_is_there_for_its_assessor_alone(three, people, signed_in):
    for client in three:
        assert client.get(MARKS).status_code == 200
    for role in (Role.BUREAU, Role.CITY_PLATFORM, Role.AUDITOR):
        assert signed_in(people[role]).get(MARKS).status_code == 404
        assert press(signed_in(people[role]), MARKS, {"step": "hand_in"}).status_code == 404
    assert three[0].get(reverse("desk_marking", args=[2025, "cluster_window"])).status_code == 404
    assert three[0].get(reverse("desk_marking", args=[2025, "innovation_base"])).status_code == 404


def test_a_draft_is_kept_and_a_faulty_one_is_given_back(three, platforms):
    client, key = three[0], f"{platforms[0].pk}-A19"
    answer = press(client, MARKS, form(platforms, step="save", **{f"reason-{key}": ""}))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "没有写理由" in page and f"{SECRET}CNT-02" in page
    assert not AssessorMark.objects.exists()
    assert "已保存,共2项" in press(client, MARKS, form(platforms, step="save"), follow=True).content.decode()
    assert f"{SECRET}CNT-01" in client.get(MARKS).content.decode()
    assert "已提交2项评分" in hand_in(client, platforms).content.decode()
    assert press(client, MARKS, form(platforms, step="save", **{f"reason-{key}": "改"})).status_code == 400


def test_no_page_shows_anothers_mark_before_all_have_handed_in(three, platforms, people, signed_in):
    hand_in(three[0], platforms)
    press(three[1], MARKS, form(platforms, step="save"))
    others = [three[2], *(signed_in(people[role]) for role in (Role.BUREAU, Role.CITY_PLATFORM, Role.AUDITOR))]
    for client in others:
        for address in (OVERVIEW, COMPARISON, MARKS):
            assert SECRET not in client.get(address).content.decode(), address
    assert "还有2位评委没有提交" in others[0].get(COMPARISON).content.decode()
    assert SECRET not in three[0].get(COMPARISON).content.decode()
    for client in three[1:]:
        hand_in(client, platforms)
    for client in [*three, *others]:
        page = client.get(COMPARISON).content.decode()
        assert f"{SECRET}CNT-01" in page
    for role in (Role.WINDOW, Role.COUNTY):
        assert signed_in(people[role]).get(COMPARISON).status_code in {302, 403}


def test_a_mark_for_another_platform_is_not_read_from_the_form(three, platforms):
    stranger = PlatformFactory.create()
    extra = {f"value-{stranger.pk}-A19": ["website"], f"reason-{stranger.pk}-A19": "混入"}
    press(three[0], MARKS, form(platforms, step="save", **extra))
    assert set(AssessorMark.objects.values_list("platform__code", flat=True)) == {"CNT-01", "CNT-02"}


def test_as_many_questions_for_one_row_as_for_three(three, platforms):
    def counts() -> list[int]:
        found = []
        for address in (OVERVIEW, MARKS, COMPARISON):
            with CaptureQueriesContext(connection) as queries:
                assert three[0].get(address).status_code == 200
            found.append(len(queries))
        return found

    for client in three:
        hand_in(client, platforms)
    counts()
    before = counts()
    later = [PlatformFactory.create(code=code) for code in ("CNT-03", "CNT-04")]
    for platform in later:
        RecognitionFactory.create(platform=platform)
    assert "还有3位评委没有提交" in three[0].get(COMPARISON).content.decode()
    for client in three:
        assert "已提交2项评分" in hand_in(client, later).content.decode()
    assert counts() == before
