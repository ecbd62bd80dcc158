"""Workflow tables: one TRANSITIONS constant per model feeds the model's methods, the database guard, the buttons, the
diagram in docs/workflows.md and the tests. No model and no business rule here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import pgtrigger
from django.core.exceptions import PermissionDenied
from django_fsm import FSMField, transition

from core.errors import Refusal

Method = TypeVar("Method", bound=Callable[..., Any])


class StatusField(FSMField):
    """A stored status that only a transition moves. Migrations know it as the plain text column that it is: historical
    models have no transitions to collect, and the library would look for some on every model that it ever sees."""

    table: "Transitions | None" = None  # set by the first move that the model's methods make

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "protected": True})

    def deconstruct(self) -> object:
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs


@dataclass(frozen=True)
class Transition:
    """One allowed move of a status. `permission` is a rules name checked against the object; `reason_needed` makes the
    desk ask for a written reason, which the history keeps."""

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    reason_needed: bool = False


class Transitions:
    """The whole table of one model: the initial status and every move."""

    def __init__(self, initial: str, *moves: Transition) -> None:
        self.initial = initial
        self.moves = moves
        self._by_name = {move.name: move for move in moves}

    def __getitem__(self, name: str) -> Transition:
        return self._by_name[name]

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Every (source, target) pair that the database lets through."""
        return frozenset((source, move.target) for move in self.moves for source in move.sources)

    def allows(self, name: str, status: str) -> bool:
        """Whether the move starts from this status; who may make it is another question."""
        return status in self[name].sources

    def check(self, instance: Any, name: str, *, by: Any, reason: str = "", column: str = "status") -> None:
        """Raise unless this person may make this move now: PermissionDenied, or a Refusal that says what is in the way.
        The caller holds the row's lock."""
        move = self[name]
        if not by.has_perm(move.permission, instance):
            raise PermissionDenied(f"{by}没有“{move.label}”的权限")
        if getattr(instance, column) not in move.sources:
            current = getattr(instance, f"get_{column}_display")()
            raise Refusal(f"“{instance}”当前为“{current}”,不能{move.label}")
        if move.reason_needed and not reason.strip():
            raise Refusal(f"{move.label}须写明理由")

    def move(self, field: Any, name: str) -> Callable[[Method], Method]:
        """Decorate the model method that makes this move."""
        found = self[name]
        field.table = self

        def is_allowed(instance: object, user: Any) -> bool:
            # With a name instead of a function the library would also accept the permission without the object.
            return bool(user.has_perm(found.permission, instance))

        decorator: Callable[[Method], Method] = transition(
            field=field, source=list(found.sources), target=found.target, permission=is_allowed
        )
        return decorator

    def guard(self, column: str = "status") -> pgtrigger.Trigger:
        """The database's own copy of the table: refuses every other move, and inserts in any but the initial status."""
        pairs = ", ".join(f"('{a}', '{b}')" for a, b in sorted(self.pairs))
        return pgtrigger.Trigger(
            name=f"{column}_moves",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            func=f"""
                IF TG_OP = 'INSERT' THEN
                    IF NEW.{column} <> '{self.initial}' THEN
                        RAISE EXCEPTION 'a new row must start as {self.initial}' USING ERRCODE = 'check_violation';
                    END IF;
                ELSIF NEW.{column} IS DISTINCT FROM OLD.{column}
                      AND NOT ((OLD.{column}, NEW.{column}) IN ({pairs})) THEN
                    RAISE EXCEPTION 'no move from % to %', OLD.{column}, NEW.{column}
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            """,
        )


def frozen_once(condition: str, *, free: Iterable[str] = (), name: str = "frozen") -> pgtrigger.Trigger:
    """A guard that lets no column but those in `free` change, and no delete, while `condition` (SQL over OLD) holds."""
    columns = ", ".join(f"'{column}'" for column in free)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF {condition} THEN
                IF TG_OP = 'DELETE' THEN
                    RAISE EXCEPTION 'frozen: may not be deleted' USING ERRCODE = 'check_violation';
                ELSIF (to_jsonb(NEW) - ARRAY[{columns}]::text[])
                      IS DISTINCT FROM (to_jsonb(OLD) - ARRAY[{columns}]::text[]) THEN
                    RAISE EXCEPTION 'frozen: may not be changed' USING ERRCODE = 'check_violation';
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )
