"""Every address × role × GET, HEAD and POST × own and foreign thing × state: nothing differs from what is written.

GET of one's own stands in access.py and is held by test_access.py; HEAD says the same; the rest stands in answers.txt.
"""

from collections.abc import Callable, Mapping

import pytest
from django.db import transaction

from tests.web.access import EXPECTED
from tests.web.answers import REWRITING, Answers, write, written
from tests.web.knocking import Visitor
from tests.web.others import others
from tests.web.states import SENT, STATES
from tests.web.world import ROLES, World, build_world, every_name

Wanted = Callable[[str], bool]
"""Which addresses: all of them, or the one that a seeded fault is looked for at."""


@pytest.fixture
def world(site, settings, tmp_path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build_world(site)


def visitors_to(world: World) -> list[Visitor]:
    return [Visitor(world, role) for role in ROLES]


def everywhere(_: str) -> bool:
    return True


def own_knocks(world: World, visitors: list[Visitor], method: str, wanted: Wanted = everywhere) -> dict[str, str]:
    names = [name for name in every_name() if wanted(name)]
    return {name: _row(visitors, method, name, world.samples.get(name, []), {}) for name in names}


def own_posts(world: World, visitors: list[Visitor]) -> Answers:
    """Bare ones."""
    return {"POST own": own_knocks(world, visitors, "POST")}


def foreign_knocks(world: World, visitors: list[Visitor], wanted: Wanted = everywhere) -> Answers:
    found: Answers = {"GET foreign": {}, "POST foreign": {}}
    with transaction.atomic():
        for name, arguments in others().items():
            if wanted(name):
                for method in ("GET", "POST"):
                    found[f"{method} foreign"][name] = _row(visitors, method, name, arguments, SENT)
        transaction.set_rollback(True)
    return found


def knocks_by_state(world: World, visitors: list[Visitor], wanted: Wanted = everywhere) -> Answers:
    found: Answers = {}
    for state in STATES:
        with transaction.atomic():
            for label, arguments in state.reach(world).items():
                if wanted(label):
                    for method in ("GET", "POST"):
                        rows = found.setdefault(f"{method} {state.of} {state.name}", {})
                        rows[label] = _row(visitors, method, label.partition(" ")[0], arguments, SENT)
            transaction.set_rollback(True)
    return found


def _row(visitors: list[Visitor], method: str, name: str, arguments: list[object], data: Mapping[str, str]) -> str:
    sent = data if method == "POST" else {}
    return " ".join(each.knock(method, name, arguments, sent) for each in visitors)


def differences(found: Answers, table: Answers) -> list[str]:
    return [
        f"{section} {name}: {row}, not {table.get(section, {}).get(name)}"
        for section, rows in found.items()
        for name, row in rows.items()
        if row != table.get(section, {}).get(name)
    ]


def differences_at(world: World, visitors: list[Visitor], knock: str, address: str) -> list[str]:
    """What one kind of knock finds at one address, against the tables."""
    kinds: dict[str, Callable[[Wanted], Answers]] = {
        "foreign": lambda wanted: foreign_knocks(world, visitors, wanted),
        "state": lambda wanted: knocks_by_state(world, visitors, wanted),
        **{
            f"own {method}": lambda wanted, method=method: {  # type: ignore[misc]
                f"{method} own": own_knocks(world, visitors, method, wanted)
            }
            for method in ("GET", "HEAD", "POST")
        },
    }
    found = kinds[knock](lambda name: name == address)
    assert any(found.values())
    return differences(found, table())


def table() -> Answers:
    """Everything that is written, access.py included."""
    own = {name: " ".join(row) for name, row in EXPECTED.items()}
    return {**written(), "GET own": own, "HEAD own": own}


def test_head_says_what_get_says_and_writes_nothing(world):
    assert differences({"HEAD own": own_knocks(world, visitors_to(world), "HEAD")}, table()) == []


@pytest.mark.parametrize("knocks", [own_posts, foreign_knocks, knocks_by_state])
def test_each_knock_is_answered_as_it_is_written(world, knocks):
    found = knocks(world, visitors_to(world))
    if REWRITING:
        write({**written(), **found}, ", ".join(ROLES))
    assert differences(found, written()) == []
    assert {section: rows.keys() for section, rows in found.items()} == {
        section: rows.keys() for section, rows in written().items() if section in found
    }


def test_every_section_that_is_written_is_knocked_at():
    """A state that nobody reaches any more would stay in the table for ever."""
    states = {f"{method} {state.of} {state.name}" for state in STATES for method in ("GET", "POST")}
    assert written().keys() == states | {"POST own", "GET foreign", "POST foreign"}
