"""Everything that was declared, put together once at start and only read afterwards."""

from collections.abc import Collection, Iterable
from typing import Any

import rules
from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured

from core import jobs
from core.declared.faults import faults_of
from core.declared.forms import Asked, Condition, Declared, JobKind, MenuEntry, Permission, Question, Sight, Workflow


class House:
    """The declarations from the bottom up, each kind in one place."""

    def __init__(self, declared: Iterable[Declared]) -> None:
        self.declared = tuple(declared)
        self.sights: dict[str, Sight] = {each.name: each for one in self.declared for each in one.sights}
        self.permissions: dict[str, Permission] = {each.name: each for one in self.declared for each in one.permissions}
        self.conditions: dict[str, Condition] = {c.predicate.name: c for one in self.declared for c in one.conditions}
        self.workflows: tuple[Workflow, ...] = tuple(each for one in self.declared for each in one.workflows)
        self.jobs: dict[str, JobKind] = {each.kind: each for one in self.declared for each in one.jobs}
        self.schedules: tuple[jobs.Schedule, ...] = tuple(each for one in self.declared for each in one.schedules)
        self.answers: tuple[Any, ...] = tuple(each for one in self.declared for each in one.answers)

    def menu_of(self, group: str) -> list[MenuEntry]:
        """The entries of a group, by their places."""
        entries = (entry for one in self.declared for entry in one.menu if entry.group == group)
        return sorted(entries, key=lambda entry: entry.place)

    def job_kind(self, kind: str) -> JobKind:
        """A job of a kind that nobody declares any more is called by the kind's own name."""
        return self.jobs.get(kind) or JobKind(kind, kind, handler=None)

    def seen_by(self, role: str) -> frozenset[str]:
        """The models (`app.model`) that a role sees."""
        return frozenset(name for name, sight in self.sights.items() if role in sight.seen_by)

    def changed_by(self, role: str) -> frozenset[str]:
        """The models whose rows a role adds, changes, deletes and imports."""
        return frozenset(name for name, sight in self.sights.items() if role in sight.changed_by)

    def answers_to(self, question: Question[Asked]) -> list[Asked]:
        """Every answer, the lowest slice's first."""
        return [answer.given for answer in self.answers if answer.question is question]


_HOUSE: list[House] = []


def collect(declared: Iterable[Declared], *, groups: Collection[str]) -> House:
    """Put everything together, refuse what does not fit, hand the rules and the handlers on. Called once, at start.

    ImproperlyConfigured tells every fault found; `groups` are the codes of the menu's groups.
    """
    everything = tuple(declared)
    if faults := faults_of(everything, groups=groups):
        raise ImproperlyConfigured("\n".join(faults))
    for permission in (each for one in everything for each in one.permissions):
        rules.add_perm(permission.name, permission.rule)
    for kind in (each for one in everything for each in one.jobs):
        assert kind.handler is not None  # noqa: S101  faults_of has refused those without
        jobs.handler(kind.kind)(kind.handler)
    _HOUSE[:] = [House(everything)]
    return _HOUSE[0]


def house() -> House:
    """What was collected at start."""
    if not _HOUSE:
        raise AppRegistryNotReady("nothing has been collected yet: the portal, the last app, does so when it is ready")
    return _HOUSE[0]
