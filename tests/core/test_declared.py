"""What does not fit together in the declarations is refused at start, each fault by name."""

from dataclasses import replace

import pytest
from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured
from rules.permissions import permissions
from rules.predicates import predicate

from core.choices import Role
from core.declared import Answer, Condition, Declared, JobKind, MenuEntry, Permission, Question, Sight, collect, house
from core.declared.faults import faults_of, page_faults
from core.jobs import handlers
from core.models import Office
from evaluation.bulletin.registry import issued_bulletins
from evaluation.freezing import PUBLISHED
from evaluation.permissions import obstacle
from evaluation.ranking.registry import published_rankings
from tests.factories import UserFactory
from zhuzhou_sme.menu import GROUPS, check_pages
from zhuzhou_sme.registry import HOUSE

ENTRY = MenuEntry("year", 999, "新页面", "desk_new", "core.view_roles")


def nothing(arguments, report):
    return dict


@predicate
def is_on_duty(user):
    return False


def faults(**declared) -> list[str]:
    """Of the house with one slice more."""
    return faults_of((*HOUSE, Declared("tests.slice", **declared)), groups=GROUPS)


def without(owner: str, **fields) -> list[str]:
    """Of the house with something of one declaration left out."""
    assert owner in [one.owner for one in HOUSE]
    return faults_of([replace(one, **fields) if one.owner == owner else one for one in HOUSE], groups=GROUPS)


def test_the_house_fits_together():
    assert faults_of(HOUSE, groups=GROUPS) == []
    assert check_pages() == []
    assert faults(menu=(ENTRY,)) == []


TAKEN = house().menu_of("year")[0]


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ({"menu": (replace(ENTRY, page=TAKEN.page),)}, "menu entry declared twice: desk_systems"),
        ({"menu": (replace(ENTRY, place=TAKEN.place),)}, "place in the menu declared twice: ('year', 10)"),
        ({"menu": (replace(ENTRY, group="month"),)}, "tests.slice: the menu has no group month for 新页面"),
        ({"menu": (replace(ENTRY, permission="core.view_moon"),)}, "nobody declares the permission core.view_moon"),
        ({"menu": (replace(ENTRY, add="core.moon"),)}, "tests.slice: nobody declares who sees core.moon"),
        ({"sights": (Sight(Office, frozenset({Role.BUREAU})),)}, "sight declared twice: core.office"),
        (
            {"permissions": (house().permissions["core.view_roles"],)},
            "permission declared twice: core.view_roles",
        ),
        ({"conditions": (house().conditions["is_bureau"],)}, "condition declared twice: is_bureau"),
        ({"conditions": (Condition(is_on_duty, "值班"),)}, "no permission asks the predicate is_on_duty"),
        (
            {"workflows": (next(flow for flow in house().workflows if flow.title == "指标体系"),)},
            "workflow declared twice: 指标体系",
        ),
        ({"jobs": (house().jobs["rewards.write_letter"],)}, "job kind declared twice: rewards.write_letter"),
        ({"jobs": (JobKind("tests.new", "新任务", None),)}, "tests.slice: no handler for tests.new"),
        ({"answers": (Answer(PUBLISHED, issued_bulletins),)}, "answer declared twice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_is_told_alone(declared, told):
    found = faults(**declared)
    assert found
    assert all(told in fault or "declared twice" in fault for fault in found), found
    assert any(told in fault for fault in found), found


def test_a_slice_collected_twice_is_told():
    assert "owner declared twice: core" in faults_of((*HOUSE, HOUSE[0]), groups=GROUPS)


def test_a_status_without_a_declared_workflow_is_told():
    assert without("evaluation.ranking", workflows=()) == [
        "evaluation.Ranking: its status has no workflow in any registry"
    ]


def test_a_predicate_without_words_is_told():
    assert without("platforms", conditions=()) == [
        f"no condition says what the predicate {name} asks"
        for name in ("is_own_platform", "is_own_regions", "keeps_own_people")
    ]


def test_a_predicate_of_a_new_permission_needs_words():
    new = Permission("core.answer_the_phone", house().permissions["core.view_roles"].rule & is_on_duty)
    assert faults(permissions=(new,)) == ["no condition says what the predicate is_on_duty asks"]
    assert faults(permissions=(new,), conditions=(Condition(is_on_duty, "值班"),)) == []


def test_every_declared_permission_is_asked_by_its_rule():
    assert {name: each.rule for name, each in house().permissions.items()} == dict(permissions)


def test_a_step_tells_who_takes_it(db):
    auditor = UserFactory.create(role=Role.AUDITOR)
    told = {name: each.taken_by for name, each in house().permissions.items() if each.taken_by}
    assert {name: obstacle(auditor, name) for name in told} == told
    with pytest.raises(LookupError, match=r"evaluation\.plan_year"):
        obstacle(auditor, "evaluation.plan_year")


def test_a_permission_of_a_model_that_nobody_shows_is_told():
    assert "core: nobody declares the permission core.view_office" in without("core", sights=())


def test_a_handler_without_a_declared_kind_is_told(monkeypatch):
    monkeypatch.setattr(handlers, "_handlers", {**handlers._handlers, "evaluation.forgotten": nothing})
    assert faults() == ["a handler of no declared kind: evaluation.forgotten"]


def test_every_fault_is_told_at_once_and_the_house_stays_as_it_was():
    before = house()
    bad = Declared("tests.slice", menu=(replace(ENTRY, group="month", permission="core.view_moon"),))
    with pytest.raises(ImproperlyConfigured) as refused:
        collect((*HOUSE, bad), groups=GROUPS)
    assert "month" in str(refused.value) and "core.view_moon" in str(refused.value)
    assert house() is before


def test_nobody_is_asked_before_everything_is_collected(monkeypatch):
    monkeypatch.setattr("core.declared.collected._HOUSE", [])
    with pytest.raises(AppRegistryNotReady):
        house()


@pytest.mark.parametrize(
    "declared",
    [
        Declared("tests.slice", menu=(ENTRY,)),
        Declared("tests.slice", jobs=(JobKind("tests.new", "新任务", nothing, start_page="desk_new"),)),
        Declared("tests.slice", jobs=(JobKind("tests.new", "新任务", nothing, "desk_new", "number"),)),
    ],
)
def test_a_page_without_an_address_is_told(declared):
    assert page_faults([declared]) == ["tests.slice: no page is called desk_new"]


def test_answers_come_from_the_bottom_up():
    """Whoever locks rankings and bulletins keeps this order."""
    assert house().answers_to(PUBLISHED) == [published_rankings, issued_bulletins]
    assert house().answers_to(Question[type](PUBLISHED.name)) == [], "a question is known by itself, not by its words"


def test_a_kind_that_nobody_declares_any_more_is_called_by_its_name():
    kind = house().job_kind("evaluation.long_gone")
    assert (kind.label, kind.start_address()) == ("evaluation.long_gone", "")
