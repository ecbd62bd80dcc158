"""Saving a grid of figures while it is being filled in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pghistory
from django.db import connection, transaction
from django.db.models.functions import Now

from core.errors import Refusal
from core.models import User
from evaluation.collection.checks.typed_figures import CellFault, Entry, TypedFigure, read_entry
from evaluation.collection.choices import PeriodStatus
from evaluation.collection.models import ReportingPeriod, Submission, SubmittedFigure
from evaluation.collection.models.submission import OPEN_STATUSES
from evaluation.collection.queries.history import words_seen
from evaluation.scoring.system import Indicator

# One statement for the whole grid. Only open figures are touched, whatever the list says, and only those that still
# stand as they were judged.
_SAVE = """
    UPDATE evaluation_submittedfigure AS figure
       SET value = nullif(typed.value, 'null'::jsonb), not_applicable_reason = typed.reason, remark = typed.remark,
           saved_at = %(at)s, saved_by_id = %(by)s
      FROM jsonb_to_recordset(%(rows)s::jsonb)
           AS typed(id bigint, version integer, value jsonb, reason text, remark text)
     WHERE figure.id = typed.id AND figure.submission_id = %(submission)s AND figure.status = ANY(%(open)s)
       AND figure.version = typed.version
    RETURNING figure.indicator, figure.version
"""


@dataclass(frozen=True)
class Saved:
    """`at` is the database's clock. Sound rows are kept even when others are faulty, so that no work is lost; `faults`
    and `conflicts` name every row that was not kept, `versions` holds those of the rows that stand as sent."""

    at: datetime
    count: int
    faults: tuple[CellFault, ...] = ()
    conflicts: tuple[str, ...] = ()
    versions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Row:
    """One row judged: nothing to do, to be written, faulty, or in conflict."""

    code: str
    figure: SubmittedFigure
    typed: TypedFigure
    is_written: bool = False
    is_in_conflict: bool = False

    @property
    def stands_as_sent(self) -> bool:
        return not self.typed.faults and self.typed.says == self.figure.says


def save_figures(*, submission: Submission, entries: Mapping[str, Entry], by: User) -> Saved:
    """Keep what a platform typed, by indicator; rows that are not in `entries` stay as they are.

    1. The submission's row is locked; nothing is saved once its period is locked.
    2. Every row is checked; a row that is not asked for or not open is a fault, not a silent loss.
    3. A row that this person did not change is not written. One that somebody else changed after this person saw it is
       a conflict: the later writer decides.
    4. The sound rows that differ are written with one statement, each only if it still has the version that was judged.
    """
    with transaction.atomic(), pghistory.context(user=by.pk):
        held, clock = hold(submission, by)
        rows = _judged(held, entries)
        written = _write(held, [row for row in rows if row.is_written], clock, by)
    overtaken = [row for row in rows if row.is_written and row.code not in written]
    apart = [row for row in rows if row.is_in_conflict] + overtaken
    as_sent = {row.code: row.figure.version for row in rows if row.stands_as_sent}
    return Saved(
        at=clock,
        count=len(written),
        faults=tuple(fault for row in rows for fault in row.typed.faults),
        conflicts=tuple(row.code for row in apart),
        versions=as_sent | written,
    )


def hold(submission: Submission, by: User) -> tuple[Submission, datetime]:
    """The submission's row, locked until the transaction ends, and the database's clock. Refused for another platform
    and once the period is locked; the period is read after the lock, see `periods`."""
    row = Submission.objects.select_related("platform", "system").select_for_update(of=("self",))
    held: Any = row.annotate(clock=Now()).get(pk=submission.pk)
    if not by.has_perm("evaluation.fill_submission", held):
        raise Refusal("只能填报本平台的数据")
    period = ReportingPeriod.objects.get(pk=held.period_id)
    if period.status == PeriodStatus.LOCKED:
        raise Refusal(f"{period}已锁定,不能再填报;需要更正请联系市平台或市工信局解除锁定")
    held.period = period
    return held, held.clock


def _judged(submission: Submission, entries: Mapping[str, Entry]) -> list[_Row]:
    asked = submission.system.rules.asked
    figures = {figure.indicator: figure for figure in submission.figures.all()}
    stale = [(figures[code].pk, entry.seen) for code, entry in entries.items() if _is_stale(figures.get(code), entry)]
    shown = words_seen(stale)
    return [_judge(code, entry, figures.get(code), asked.get(code), shown) for code, entry in entries.items()]


def _is_stale(figure: SubmittedFigure | None, entry: Entry) -> bool:
    return figure is not None and entry.seen is not None and entry.seen != figure.version


def _judge(
    code: str,
    entry: Entry,
    figure: SubmittedFigure | None,
    indicator: Indicator | None,
    shown: Mapping[tuple[int, int | None], object],
) -> _Row:
    if figure is None or indicator is None:
        return _faulty(_Row(code, SubmittedFigure(), TypedFigure()), "不是本平台要填报的指标")
    row = _Row(code, figure, read_entry(indicator, entry))
    was = figure.says if entry.seen == figure.version else shown.get((figure.pk, entry.seen))
    if not row.typed.faults and row.typed.says in (figure.says, was):
        # A page that was open while a colleague saved or handed in sends such rows too: nobody typed into them.
        return row
    if not figure.is_open:
        message = f"当前为“{figure.get_status_display()}”,不能再改;需要更正请联系审核人退回"
        return _faulty(row, message)
    if row.typed.faults:
        return row
    # Another version with the same words has only been handed in and returned since.
    return replace(row, is_written=was == figure.says, is_in_conflict=was != figure.says)


def _faulty(row: _Row, message: str) -> _Row:
    return replace(row, typed=TypedFigure(faults=[CellFault(row.code, "", message)]))


def _write(submission: Submission, rows: Sequence[_Row], clock: datetime, by: User) -> dict[str, int]:
    """The version of every row that was written."""
    if not rows:
        return {}
    values = [
        {
            "id": row.figure.pk,
            "version": row.figure.version,
            "value": row.typed.value,
            "reason": row.typed.reason,
            "remark": row.typed.remark,
        }
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _SAVE,
            {
                "rows": json.dumps(values, ensure_ascii=False),
                "at": clock,
                "by": by.pk,
                "submission": submission.pk,
                "open": [str(status) for status in OPEN_STATUSES],
            },
        )
        return dict(cursor.fetchall())
