"""All tables of an app in one operation, for its initial migration. Used by migrations only."""

from collections.abc import Iterator, Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class CreateTables(Operation):
    """Make the tables of these models, with their constraints, indexes and triggers, which stand in their options.

    After each operation Django renders every related model anew, and here all are related: the time grows with the
    square of the tables. This renders them once for all, so foreign keys may also point at tables further down.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # or each model added would be rendered at once
        for table in self.tables:
            table.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for table in self.tables:
            table.database_forwards(app_label, schema_editor, from_state, to_state)
        for trigger in self._triggers_of_proxies():
            trigger.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for trigger in self._triggers_of_proxies():
            trigger.database_backwards(app_label, schema_editor, from_state, from_state)
        for table in reversed(self.tables):
            table.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.tables)} tables"

    def _triggers_of_proxies(self) -> Iterator[AddTrigger]:
        """A proxy has no table to make, so making it adds none of its triggers."""
        for table in self.tables:
            if table.options.get("proxy"):
                for trigger in table.options.get("triggers", ()):
                    yield AddTrigger(model_name=table.name.lower(), trigger=trigger)
