"""Who did something and when stand together: no row knows one without the other. A pair is found by its names, so a
new one is asked too; the database must hold it, by two columns that are never empty or by a CHECK constraint."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from pghistory.models import Event

from core.models import Attachment
from evaluation.bulletin.models import Bulletin
from rewards.models import Reward

Pair = tuple[type[models.Model], str, str]

APPS = ("core", "platforms", "evaluation", "rewards")

# The program itself may do these: the time is always there (asked below), a person only where one asked for it.
PROGRAM_MAY_ACT = {
    ("core.ChangeRequest", "asked_at"): "the first accounts are made by the server's own command",
    ("core.Job", "created_at"): "the beat enqueues in nobody's name",
    (
        "platforms.RecognitionList",
        "imported_at",
    ): "`manage.py import_recognitions` runs on the command line",
    ("evaluation.IndicatorSystem", "imported_at"): "`manage.py import_system` may prepare a draft in nobody's name",
    ("evaluation.ImportBatch", "imported_at"): "`manage.py import_hub` and `import_figures` run on the command line",
}
# Names that look like a pair and are none.
NOT_A_PAIR = {
    (
        "core.ChangeRequest",
        "decided_at",
    ): "the server decides in nobody's name; `two_people` holds the rest",
    (
        "evaluation.Bulletin",
        "issued_on",
    ): "the date on the paper, set when it is compiled; the pair is issued_at",
}


def pairs() -> list[Pair]:
    """Every moment or day that has a person of the same name; the tables of the history copy their model's."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in APPS or issubclass(model, Event):
            continue
        names = {field.name for field in model._meta.local_fields}
        found += [
            (model, name, f"{name[:-3]}_by")
            for name in sorted(names)
            if name.endswith(("_at", "_on")) and f"{name[:-3]}_by" in names
        ]
    return found


def key(pair: Pair) -> tuple[str, str]:
    return pair[0]._meta.label, pair[1]


ALL = pairs()
HELD = [pair for pair in ALL if key(pair) not in PROGRAM_MAY_ACT and key(pair) not in NOT_A_PAIR]


def atoms(condition: models.Q) -> Iterator[tuple[str, Any]]:
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from atoms(child)
        else:
            yield _atom(child)


def _atom(child: Any) -> tuple[str, str]:
    if isinstance(child, tuple):
        return child[0], repr(child[1])
    return "expression", repr(child)


def holds(condition: models.Q, truth: dict[tuple[str, Any], bool]) -> bool:
    parts = [holds(c, truth) if isinstance(c, models.Q) else truth[_atom(c)] for c in condition.children]
    joined = any(parts) if condition.connector == models.Q.OR else all(parts)
    return joined != condition.negated


def refuses_half(constraint: models.BaseConstraint, moment: str, person: str) -> bool:
    """Whether the condition is false for one without the other, whatever the row's other columns say."""
    if not isinstance(constraint, models.CheckConstraint) or not isinstance(constraint.condition, models.Q):
        return False
    condition = constraint.condition
    about = {(f"{name}__isnull", repr(empty)): (name, empty) for name in (moment, person) for empty in (True, False)}
    others = sorted({atom for atom in atoms(condition) if atom not in about})
    for is_empty in ({moment: True, person: False}, {moment: False, person: True}):
        own = {atom: is_empty[name] == empty for atom, (name, empty) in about.items()}
        for values in product((True, False), repeat=len(others)):
            if holds(condition, own | dict(zip(others, values, strict=True))):
                return False
    return True


def is_held(model: type[models.Model], moment: str, person: str) -> bool:
    if not any(model._meta.get_field(name).null for name in (moment, person)):
        return True
    return any(refuses_half(constraint, moment, person) for constraint in model._meta.constraints)


@pytest.mark.parametrize("pair", HELD, ids=lambda pair: ".".join(key(pair)))
def test_the_database_holds_a_moment_and_its_person_together(pair: Pair) -> None:
    model, moment, person = pair

    assert is_held(model, moment, person), (
        f"{model._meta.label}: {moment} and {person} need a CHECK that both are set or none"
    )


@pytest.mark.parametrize("pair", sorted(PROGRAM_MAY_ACT), ids=".".join)
def test_what_the_program_may_do_has_its_time(pair: tuple[str, str]) -> None:
    model = apps.get_model(pair[0])

    assert not model._meta.get_field(pair[1]).null


def test_every_exception_is_still_needed() -> None:
    found = {key(pair): pair for pair in ALL}
    exceptions = PROGRAM_MAY_ACT | NOT_A_PAIR

    assert exceptions.keys() <= found.keys()
    assert [name for name in exceptions if is_held(*found[name])] == []


def test_pairs_are_found_and_a_constraint_is_read_as_the_database_reads_it() -> None:
    """The search must not find nothing, and a constraint about something else must not count."""
    assert len(HELD) >= 20
    assert {(Attachment, "uploaded_at", "uploaded_by"), (Reward, "decided_at", "decided_by")} <= set(ALL)

    named = {constraint.name: constraint for constraint in Bulletin._meta.constraints}
    assert refuses_half(named["evaluation_bulletin_issued_pair"], "issued_at", "issued_by")
    assert not refuses_half(named["evaluation_bulletin_compiled_pair"], "issued_at", "issued_by")
    neither = models.Q(issued_at__isnull=True, issued_by__isnull=True)
    one_sided = models.CheckConstraint(condition=neither, name="x")
    loose = models.CheckConstraint(
        condition=neither | models.Q(issued_at__isnull=False), name="issued_by may stay empty"
    )
    assert refuses_half(one_sided, "issued_at", "issued_by")
    assert not refuses_half(loose, "issued_at", "issued_by")
