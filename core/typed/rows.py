"""Which rows a page shows, and in which form: the number of the last event that the history holds of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Model, QuerySet


@dataclass(frozen=True)
class Rows:
    """Rows of a tracked model by their columns: one by its key, or all that hang on another row, those that were
    deleted since included. What `where` names is asked of rows and of events alike."""

    model: type[Model]
    where: tuple[tuple[str, object], ...]

    def events(self) -> QuerySet[Any]:
        tracked: Any = self.model
        found: QuerySet[Any] = tracked.pgh_event_model.objects.filter(
            **{"pgh_obj_id" if column == "pk" else column: value for column, value in self.where}
        )
        return found

    def version(self) -> int:
        return int(self.events().aggregate(Max("pgh_id"))["pgh_id__max"] or 0)

    def hold(self) -> None:
        """Until the transaction ends; always in the same order."""
        rows = self.model._default_manager.filter(**dict(self.where)).order_by("pk")
        list(rows.select_for_update(of=("self",), no_key=True).values_list("pk"))


def row(found: Model) -> Rows:
    return Rows(type(found), (("pk", found.pk),))


def rows_of(found: Model | None, *hanging: tuple[type[Model], str]) -> list[Rows]:
    """A row and what hangs on it, `(model, column)` each; nothing for no row."""
    if found is None:
        return []
    return [row(found), *(Rows(model, ((column, found.pk),)) for model, column in hanging)]


def version_of(shown: Iterable[Rows]) -> str:
    """`812-40`: as a page carries it."""
    return "-".join(str(rows.version()) for rows in shown)


def versions_of(found: Iterable[Model]) -> dict[int, str]:
    """The same for each row of a list by itself, by key, with one query for each model."""
    by_model: dict[type[Model], list[int]] = defaultdict(list)
    for each in found:
        by_model[type(each)].append(each.pk)
    versions: dict[int, str] = {}
    for model, keys in by_model.items():
        tracked: Any = model
        events = tracked.pgh_event_model.objects.filter(pgh_obj_id__in=keys).values("pgh_obj_id")
        newest = events.annotate(newest=Max("pgh_id")).values_list("pgh_obj_id", "newest")
        versions |= {pk: str(number) for pk, number in newest}
    return versions
