"""Write the tables of every app anew, as the models have them now: until the first installation migrations are remade
(docs/decisions/0011-migrations-remade.md). What is written by hand stands in `0001_initial.py` and stays."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import models
from django.db.migrations.serializer import serializer_factory
from django.db.migrations.state import ModelState

APPS = ("core", "platforms", "evaluation", "rewards")
KEPT = {"__init__.py", "_tables.py", "0001_initial.py", "0002_sign_in.py"}
# One of each on a line, so that a change shows in a diff as what it is.
LISTED = ("constraints", "indexes", "triggers")


class Command(BaseCommand):
    help = "Write every app's migrations/_tables.py from the models."
    requires_system_checks = ()

    @no_translations  # the libraries' words stand in English, as `makemigrations` compares them
    def handle(self, *args: object, **options: object) -> None:
        folders = [(app, Path(app.path, "migrations")) for app in map(apps.get_app_config, APPS)]
        later = [path for _, folder in folders for path in folder.glob("*.py") if path.name not in KEPT]
        if later:
            names = "\n".join(f"  {path}" for path in sorted(later))
            raise CommandError(f"先把这些迁移中手写的内容并入各自的 0001_initial.py,再删除它们:\n{names}")
        for app, folder in folders:
            (folder / "_tables.py").write_text(source(app), encoding="utf-8")
            self.stdout.write(f"{folder / '_tables.py'}")


def source(app: AppConfig) -> str:
    """The module that lists this app's tables, by name: their order means nothing to `CreateTables`."""
    written = Source()
    states = sorted((ModelState.from_model(model) for model in app.get_models()), key=lambda state: state.name)
    borrowed = borrowing(states)
    lists = {"TABLES": [state for state in states if state not in borrowed], "TABLES_ON_OTHERS": borrowed}
    body = [line for name, tables in lists.items() if tables for line in written.listing(name, tables, app)]
    imports = sorted(written.imports | {"from django.db import migrations, models"}, key=lambda each: each.split()[1])
    return "\n".join(('"""Made by `manage.py remake_migrations`; not edited by hand."""', "", *imports, *body, ""))


def borrowing(states: list[ModelState]) -> list[ModelState]:
    """Proxies of another app's models and what points at them: that app's tables stand on our users, so these wait."""
    found: set[str] = set()
    while True:
        more = {state.name_lower for state in states if state.name_lower not in found and _borrows(state, found)}
        if not more:
            return [state for state in states if state.name_lower in found]
        found |= more


def _borrows(state: ModelState, found: set[str]) -> bool:
    own = {f"{state.app_label}.{name}" for name in found}
    bases = [base.lower() for base in state.bases if isinstance(base, str)]
    targets = [field.deconstruct()[3].get("to", "") for field in state.fields.values() if field.remote_field]
    foreign = any(not base.startswith(f"{state.app_label}.") for base in bases)
    return foreign or any(target.lower() in own for target in (*bases, *targets))


class Source:
    """Python source of model states, and the imports that it needs."""

    def __init__(self) -> None:
        self.imports: set[str] = set()

    def value(self, value: Any) -> str:
        text, imports = serializer_factory(value).serialize()
        self.imports |= set(imports) - {"from django.db import models"}
        return text

    def listing(self, name: str, tables: Iterable[ModelState], app: AppConfig) -> Iterator[str]:
        yield from ("", f"{name} = [")
        yield from (f"    {line}" for state in tables for line in self.table(state, app.get_model(state.name)))
        yield "]"

    def table(self, state: ModelState, model: type[models.Model]) -> Iterator[str]:
        """One CreateModel. Historical models need nothing of ours, so bases that are no models are left out."""
        options = dict(state.options)
        if "triggers" in options:
            options["triggers"] = [trigger.compile(model) for trigger in options["triggers"]]
        yield "migrations.CreateModel("
        yield f"    name={state.name!r},"
        yield "    fields=["
        yield from (f"        ({name!r}, {self.value(field)})," for name, field in state.fields.items())
        yield "    ],"
        yield "    options={"
        yield from (f"        {line}" for name in sorted(options) for line in self.option(name, options[name]))
        yield "    },"
        if bases := tuple(base for base in state.bases if isinstance(base, str)):
            yield f"    bases={bases!r},"
        if state.managers:
            yield f"    managers={self.value(state.managers)},"
        yield "),"

    def option(self, name: str, value: Any) -> Iterable[str]:
        if name in LISTED and not value:
            return []
        if name not in LISTED:
            return [f"{name!r}: {self.value(value)},"]
        return [f"{name!r}: [", *(f"    {self.value(each)}," for each in value), "],"]
