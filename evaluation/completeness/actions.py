"""Reminding every platform of the 催报名单 at once (办法 M4(2)): one reminder each, at most one a day."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from core.errors import Refusal
from core.models import User
from evaluation.collection.models import ReportingPeriod
from evaluation.completeness.documents import reminder_text
from evaluation.completeness.queries.quarter import completeness_rows, heat_maps
from evaluation.completeness.queries.reminder_lists import reminder_entries
from platforms.actions.guidance import remind_platforms
from platforms.models import Guidance


def remind_all(*, period: ReportingPeriod, now: datetime, by: User) -> tuple[list[Guidance], int]:
    """Writes the list's text to every platform on it that this person may see; the reminders written, and how many
    platforms were left out because they have had one today."""
    if not by.has_perm("evaluation.remind_platforms"):
        raise PermissionDenied(f"{by}没有催报的权限")
    rows = completeness_rows(period, by, now)
    entries = reminder_entries(rows, heat_maps(period, rows, now))
    if not entries:
        raise Refusal("催报名单是空的:没有未报或退回逾期的平台,不必催报")
    texts = {entry.platform.pk: reminder_text(period, entry, now) for entry in entries}
    written = remind_platforms(texts=texts, now=now, by=by)
    return written, len(entries) - len(written)
