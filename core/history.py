"""Audit trail: which models keep a history, and who is named in it. The database itself writes the rows."""

from typing import Any

import pghistory
import pghistory.middleware
import pgtrigger
from django.http import HttpRequest


def tracked(*, without: tuple[str, ...] = ()) -> Any:
    """Class decorator: every insert, update and delete leaves an event row that nobody may change. `without` names
    fields that history must not hold, such as password hashes."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        append_only=True,
        exclude=list(without),
    )


def counts_versions(column: str = "version") -> pgtrigger.Trigger:
    """The database itself counts the forms a row has had: whoever changes it, and whatever they say of the number, it
    goes up by one. An update that names the number it saw writes over nothing unseen."""
    return pgtrigger.Trigger(
        name=f"{column}_counts",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            NEW.{column} = OLD.{column};
            IF NEW IS DISTINCT FROM OLD THEN
                NEW.{column} = OLD.{column} + 1;
            END IF;
            RETURN NEW;
        """,
    )


class RequestHistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Names the signed-in person and the address in every event of a request."""

    def get_context(self, request: HttpRequest) -> dict[str, object]:
        return {**super().get_context(request), "address": request.META.get("REMOTE_ADDR", "")}
