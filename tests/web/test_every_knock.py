"""Every address × role × GET, HEAD and POST × own and foreign thing × state: nothing differs from what is written."""

import pytest
from django.db import transaction

from tests.web.access import EXPECTED
from tests.web.answers import REWRITING, Answers, write, written
from tests.web.knocking import Visitor
from tests.web.others import others
from tests.web.states import REASON, STATES
from tests.web.world import ROLES, World, build_world, every_name


@pytest.fixture
def world(site, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build_world(site)


def own_knocks(world: World, visitors: list[Visitor]) -> Answers:
    """A bare POST."""
    found: Answers = {"POST own": {}}
    for name in every_name():
        arguments = world.samples.get(name, [])
        found["POST own"][name] = " ".join(each.knock("POST", name, arguments) for each in visitors)
    return found


def foreign_knocks(world: World, visitors: list[Visitor]) -> Answers:
    found: Answers = {"GET foreign": {}, "POST foreign": {}}
    with transaction.atomic():
        for name, arguments in others(world).items():
            for method in ("GET", "POST"):
                row = " ".join(each.knock(method, name, arguments, _data(method)) for each in visitors)
                found[f"{method} foreign"][name] = row
        transaction.set_rollback(True)
    return found


def knocks_by_state(world: World, visitors: list[Visitor]) -> Answers:
    found: Answers = {}
    for state in STATES:
        with transaction.atomic():
            for label, arguments in state.reach(world).items():
                name = label.partition(" ")[0]
                for method in ("GET", "POST"):
                    row = " ".join(each.knock(method, name, arguments, _data(method)) for each in visitors)
                    found.setdefault(f"{method} {state.of} {state.name}", {})[label] = row
            transaction.set_rollback(True)
    return found


def _data(method: str) -> dict[str, str]:
    return REASON if method == "POST" else {}


def differences(found: Answers, table: Answers) -> list[str]:
    return [
        f"{section} {name}: {rows.get(name)}, not {table.get(section, {}).get(name)}"
        for section, rows in found.items()
        for name in sorted(rows.keys() | table.get(section, {}).keys())
        if rows.get(name) != table.get(section, {}).get(name)
    ]


def visitors_to(world: World) -> list[Visitor]:
    return [Visitor(world, role) for role in ROLES]


def head_differences(world: World) -> list[str]:
    """What HEAD says is what the table of GETs says."""
    visitors = visitors_to(world)
    found = {n: [each.knock("HEAD", n, world.samples.get(n, [])) for each in visitors] for n in every_name()}
    return [f"HEAD {name}: {said}, not {EXPECTED[name]}" for name, said in found.items() if said != EXPECTED[name]]


def test_head_says_what_get_says_and_writes_nothing(world):
    assert head_differences(world) == []


@pytest.mark.parametrize("knocks", [own_knocks, foreign_knocks, knocks_by_state])
def test_each_knock_is_answered_as_it_is_written(world, knocks):
    found = knocks(world, visitors_to(world))
    if REWRITING:
        write({**written(), **found}, ", ".join(ROLES))
    assert differences(found, written()) == []


def test_every_section_that_is_written_is_knocked_at():
    """A state that nobody reaches any more would stay in the table for ever."""
    states = {f"{method} {state.of} {state.name}" for state in STATES for method in ("GET", "POST")}
    assert written().keys() == states | {"POST own", "GET foreign", "POST foreign"}
