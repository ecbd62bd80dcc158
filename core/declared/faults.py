"""What does not fit together in the declarations. Asked at start, when every app's models are known;
pages are asked for by `manage.py check`, when the addresses are known too."""

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator

from django.apps import apps
from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from core.declared.forms import Declared
from core.jobs import Days
from core.jobs.handlers import kinds
from core.workflow import StatusField, Transitions

VERBS = frozenset({"view", "export", "add", "change", "delete", "import"})
_NAME = re.compile(r"\w+")


def faults_of(declared: Iterable[Declared], *, groups: Collection[str]) -> list[str]:
    """Every fault, one sentence each; none when everything fits."""
    everything = tuple(declared)
    return [
        *_declared_twice(everything),
        *_unknown_places(everything, groups),
        *_unknown_permissions(everything),
        *_handlers(everything),
        *_undeclared_workflows(everything),
        *_conditions(everything),
    ]


def page_faults(declared: Iterable[Declared]) -> list[str]:
    """Pages that the menu or a job kind names and no address answers to."""
    found = []
    for one in declared:
        asked: list[tuple[str, list[int]]] = [(entry.page, []) for entry in one.menu]
        for job in one.jobs:
            asked += [(job.start_page, []), (job.result_page, [1])]
        found += [f"{one.owner}: no page is called {page}" for page, args in asked if page and not _is_page(page, args)]
    return found


def _declared_twice(declared: tuple[Declared, ...]) -> Iterator[str]:
    entries = [entry for one in declared for entry in one.menu]
    keys: dict[str, Iterable[Hashable]] = {
        "owner": (one.owner for one in declared),
        "menu entry": (entry.page for entry in entries),
        "place in the menu": ((entry.group, entry.place) for entry in entries),
        "job kind": (job.kind for one in declared for job in one.jobs),
        "schedule": (schedule.key for one in declared for schedule in one.schedules),
        "sight": (sight.name for one in declared for sight in one.sights),
        "permission": (permission.name for one in declared for permission in one.permissions),
        "condition": (condition.predicate.name for one in declared for condition in one.conditions),
        "workflow": (workflow.title for one in declared for workflow in one.workflows),
        "workflow table": (workflow.table for one in declared for workflow in one.workflows),
        "answer": ((answer.question, answer.given) for one in declared for answer in one.answers),
    }
    for kind, found in keys.items():
        yield from (f"{kind} declared twice: {key}" for key, count in Counter(found).items() if count > 1)


def _unknown_places(declared: tuple[Declared, ...], groups: Collection[str]) -> Iterator[str]:
    for one in declared:
        for entry in one.menu:
            if entry.group not in groups:
                yield f"{one.owner}: the menu has no group {entry.group} for {entry.label}"


def _unknown_permissions(declared: tuple[Declared, ...]) -> Iterator[str]:
    permissions = {permission.name for one in declared for permission in one.permissions}
    models = {sight.name for one in declared for sight in one.sights}
    for one in declared:
        asked = [entry.permission for entry in one.menu]
        asked += [move.permission for workflow in one.workflows for move in workflow.table.moves]
        for permission in asked:
            if permission not in permissions and _model_of(permission) not in models:
                yield f"{one.owner}: nobody declares the permission {permission}"
        for entry in one.menu:
            if entry.add and entry.add not in models:
                yield f"{one.owner}: nobody declares who sees {entry.add}"


def _handlers(declared: tuple[Declared, ...]) -> Iterator[str]:
    declared_kinds = {job.kind for one in declared for job in one.jobs}
    for one in declared:
        yield from (f"{one.owner}: no handler for {job.kind}" for job in one.jobs if job.handler is None)
    for one in declared:
        for schedule in one.schedules:
            if schedule.kind not in declared_kinds:
                yield f"{one.owner}: the schedule {schedule.key} asks for an unknown kind of job, {schedule.kind}"
            if schedule.key != schedule.key.replace(":", "") or (schedule.days == Days.YEARLY) != bool(schedule.dates):
                yield f"{one.owner}: the schedule {schedule.key} has no plain key, or its dates and days disagree"
    yield from (f"a handler of no declared kind: {kind}" for kind in sorted(kinds() - declared_kinds))


def _undeclared_workflows(declared: tuple[Declared, ...]) -> Iterator[str]:
    tables = {workflow.table for one in declared for workflow in one.workflows}
    for model in apps.get_models():
        for table in status_tables(model):
            if table not in tables:
                yield f"{model._meta.label}: its status has no workflow in any registry"


def status_tables(model: type[Model]) -> list[Transitions | None]:
    """The table of each status that the model stores; None for a status that nothing moves."""
    return [field.table for field in model._meta.local_fields if isinstance(field, StatusField)]


def _conditions(declared: tuple[Declared, ...]) -> Iterator[str]:
    """A permission is written `a & (b | c)`: every predicate in it has its words, and words are there for no other."""
    rules = [permission.rule for one in declared for permission in one.permissions]
    asked = {name for rule in rules for name in _NAME.findall(rule.name)}
    worded = {condition.predicate.name for one in declared for condition in one.conditions}
    yield from (f"no condition says what the predicate {name} asks" for name in sorted(asked - worded))
    yield from (f"no permission asks the predicate {name}" for name in sorted(worded - asked))


def _model_of(permission: str) -> str:
    """`app.model` for a permission over whole models such as `app.view_model`, else ''."""
    app, _, codename = permission.partition(".")
    verb, _, model = codename.partition("_")
    return f"{app}.{model}" if verb in VERBS else ""


def _is_page(page: str, args: list[int]) -> bool:
    try:
        reverse(page, args=args)
    except NoReverseMatch:
        return False
    return True
