"""Which rows a page shows, and in which form: the number of the last event that the history holds of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Model, QuerySet


@dataclass(frozen=True)
class Rows:
    """Rows of a tracked model by one column: a single one by its key, or all that hang on another row, those that were
    deleted since included."""

    model: type[Model]
    column: str
    value: object

    def events(self) -> QuerySet[Any]:
        tracked: Any = self.model
        column = "pgh_obj_id" if self.column == "pk" else self.column
        found: QuerySet[Any] = tracked.pgh_event_model.objects.filter(**{column: self.value})
        return found

    def version(self) -> int:
        return int(self.events().aggregate(Max("pgh_id"))["pgh_id__max"] or 0)

    def hold(self) -> None:
        """Until the transaction ends; always in the same order."""
        rows = self.model._default_manager.filter(**{self.column: self.value}).order_by("pk")
        list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))


def rows_of(row: Model | None, *hanging: tuple[type[Model], str]) -> list[Rows]:
    """A row and what hangs on it, `(model, column)` each; nothing for no row."""
    if row is None:
        return []
    return [Rows(type(row), "pk", row.pk), *(Rows(model, column, row.pk) for model, column in hanging)]


def version_of(shown: Iterable[Rows]) -> str:
    """`812-40`: as a page carries it."""
    return "-".join(str(rows.version()) for rows in shown)
