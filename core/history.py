"""Audit trail: which models keep a history, and who is named in it. The database itself writes the rows."""

from typing import Any

import pghistory
import pghistory.middleware
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


class RequestHistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Names the signed-in person and the address in every event of a request."""

    def get_context(self, request: HttpRequest) -> dict[str, object]:
        return {**super().get_context(request), "address": request.META.get("REMOTE_ADDR", "")}
