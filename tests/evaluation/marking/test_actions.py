"""Assessors: who may be appointed, what they see of each other, what is handed in and never changes."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core.errors import Refusal
from evaluation.marking.actions import TypedMark, appoint_assessor, dismiss_assessor, hand_in_marks, save_marks
from evaluation.marking.models import AssessorAppointment, AssessorMark
from evaluation.marking.queries import Cell, compared_marks, progress_of
from tests.evaluation.year.systems import system_in_force
from tests.factories import PlatformFactory, RecognitionFactory, UserFactory

WINDOWS: dict[str, Any] = {"year": 2025, "platform_type": "county_window"}
OWN: dict[str, Any] = {"year": 2025, "platform_type": "city_platform"}


@pytest.fixture
def platforms(bureau):
    """Two windows that take part, and the city platform."""
    system_in_force(bureau)
    system_in_force(bureau, "city_platform")
    found = [PlatformFactory.create(code=code) for code in ("CNT-01", "CNT-02")]
    found.append(PlatformFactory.create(code="CITY-01", platform_type="city_platform"))
    for platform in found:
        RecognitionFactory.create(platform=platform)
    return found


def city_user():
    return UserFactory.create(role="city_platform")


def bureau_user():
    return UserFactory.create(role="bureau")


def appointed(assessor, by=None, **which):
    return appoint_assessor(**(which or WINDOWS), assessor=assessor, by=by or city_user())


def entry(platform, ticked=("website",), reason="拨测3次均可访问"):
    return TypedMark(Cell(platform.pk, "A19"), None if ticked is None else list(ticked), reason)


def save(assessor, *entries, **which):
    return save_marks(**(which or WINDOWS), entries=entries, by=assessor)


def handed_in(assessor, platforms, ticked=("website",)):
    save(assessor, *[entry(platform, ticked) for platform in platforms[:2]])
    return hand_in_marks(**WINDOWS, by=assessor)


def seen(user) -> set[tuple[int, str]]:
    return set(AssessorMark.objects.visible_to(user).values_list("assessor_id", "platform__code"))


def test_each_side_appoints_for_the_other_and_nobody_for_its_own(platforms):
    assert appointed(bureau_user(), by=bureau_user(), **OWN).platform_type == "city_platform"
    assert appointed(city_user(), by=city_user()).platform_type == "county_window"
    for by, which in ((city_user(), OWN), (bureau_user(), WINDOWS), (UserFactory.create(role="auditor"), WINDOWS)):
        with pytest.raises(PermissionDenied):
            appointed(bureau_user(), by=by, **which)


@pytest.mark.parametrize(
    ("who", "which"),
    [
        ({"role": "window"}, WINDOWS),
        ({"role": "county"}, WINDOWS),
        ({"role": "auditor"}, WINDOWS),
        ({"role": "city_platform"}, OWN),
        ({"role": "bureau", "is_active": False}, WINDOWS),
        ({"role": "bureau", "expires_on": "2020-01-01"}, WINDOWS),
    ],
)
def test_who_cannot_be_an_assessor(platforms, who, which):
    by = bureau_user() if which is OWN else city_user()
    with pytest.raises(Refusal, match="不能担任"):
        appointed(UserFactory.create(**who), by=by, **which)


def test_appointing_twice_is_said(platforms):
    person = city_user()
    appointed(person)
    with pytest.raises(Refusal, match="已是该类型的评委"):
        appointed(person)


def test_a_draft_is_seen_by_its_author_alone(platforms):
    one, two = city_user(), bureau_user()
    appointed(one), appointed(two)
    save(one, entry(platforms[0]))
    for other in (two, bureau_user(), city_user(), UserFactory.create(role="auditor")):
        assert seen(other) == set()
    assert seen(one) == {(one.pk, "CNT-01")}


def test_blind_until_one_has_handed_in_oneself(platforms):
    """Also the bureau and the auditor, as soon as they are appointed: seeing first and marking then is not blind."""
    one, two, three = city_user(), bureau_user(), UserFactory.create(role="bureau")
    for each in (one, two, three):
        appointed(each)
    handed_in(one, platforms)
    assert seen(two) == set()
    save(two, entry(platforms[0]))
    assert seen(two) == {(two.pk, "CNT-01")}
    handed_in(two, platforms)
    both = {(each.pk, code) for each in (one, two) for code in ("CNT-01", "CNT-02")}
    assert (seen(one), seen(two), seen(three)) == (both, both, set())
    assert seen(bureau_user()) == both
    assert seen(UserFactory.create(role="auditor")) == both
    assert seen(city_user()) == set()


def test_nothing_is_compared_before_the_last_has_handed_in(platforms):
    one, two = city_user(), bureau_user()
    appointed(one), appointed(two)
    handed_in(one, platforms)
    (progress,) = progress_of(year=2025, platform_types=["county_window"])
    assert ([(each.handed_in, each.expected) for each in progress.assessors], progress.waiting) == ([(2, 2), (0, 2)], 1)
    assert compared_marks(progress) == {}
    handed_in(two, platforms, ())
    (progress,) = progress_of(year=2025, platform_types=["county_window"])
    compared = compared_marks(progress)
    assert [[mark.value for mark in marks] for marks in compared.values()] == [[["website"], []]] * 2


def test_every_mark_has_a_reason_and_a_sound_value(platforms):
    person = city_user()
    appointed(person)
    stranger = PlatformFactory.create()
    faulty = (
        entry(platforms[0], reason=" "),
        entry(platforms[1], ("fax",)),
        entry(stranger),
        TypedMark(Cell(platforms[0].pk, "K5"), "3", "不是评委评定的"),
        TypedMark(Cell(platforms[1].pk, "A19"), None, "只有理由"),
    )
    with pytest.raises(Refusal) as refused:
        save(person, *faulty)
    told = [str(fault) for fault in refused.value.faults]
    assert len(told) == 5
    assert [
        word for word in ("没有写理由", "未知的项目", "不在评分范围内", "没有评分") if word not in "".join(told)
    ] == []
    assert not AssessorMark.objects.exists()


def test_a_draft_changes_and_can_be_taken_back(platforms):
    person = city_user()
    appointed(person)
    assert save(person, entry(platforms[0])) == 1
    assert save(person, entry(platforms[0], (), "网站无法访问"), entry(platforms[1])) == 2
    assert AssessorMark.objects.get(platform=platforms[0]).value == []
    assert save(person, entry(platforms[0], None, "")) == 1


def test_handing_in_wants_everything_and_is_final(platforms):
    person = city_user()
    appointed(person)
    save(person, entry(platforms[0]))
    with pytest.raises(Refusal, match="A19还没有评分"):
        hand_in_marks(**WINDOWS, by=person)
    assert handed_in(person, platforms) == 2
    save(person, entry(platforms[0]))
    with pytest.raises(Refusal, match="已提交,不能再改"):
        save(person, entry(platforms[0], ()))
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        AssessorMark.objects.update(value=[])
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        AssessorMark.objects.all().delete()


def test_only_the_appointed_mark(platforms):
    for stranger in (city_user(), bureau_user(), UserFactory.create(role="window")):
        with pytest.raises(PermissionDenied):
            save(stranger, entry(platforms[0]))
        with pytest.raises(PermissionDenied):
            hand_in_marks(**WINDOWS, by=stranger)
    own = bureau_user()
    appointed(own, by=bureau_user(), **OWN)
    with pytest.raises(PermissionDenied):
        save(own, entry(platforms[0]))


def test_dismissing_takes_drafts_along_but_never_what_was_handed_in(platforms):
    one, two = city_user(), city_user()
    first, second = appointed(one), appointed(two)
    save(one, entry(platforms[0]))
    dismiss_assessor(appointment=first, by=city_user())
    assert not AssessorMark.objects.exists()
    with pytest.raises(Refusal, match="已被撤销"):
        dismiss_assessor(appointment=first, by=city_user())
    handed_in(two, platforms)
    with pytest.raises(Refusal, match="已提交评分"):
        dismiss_assessor(appointment=second, by=city_user())
    with pytest.raises(PermissionDenied):
        dismiss_assessor(appointment=second, by=bureau_user())
    assert AssessorAppointment.objects.get() == second


def test_the_run_time_role_can_do_all_of_it(platforms, as_app):
    person = city_user()
    dismiss_assessor(appointment=appointed(person), by=city_user())
    appointed(person)
    assert handed_in(person, platforms) == 2
