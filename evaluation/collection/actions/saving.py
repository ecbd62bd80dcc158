"""Saving a grid of figures while it is being filled in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
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
from evaluation.scoring.system import Indicator

# One statement for the whole grid. Only open figures are touched, whatever the list says.
_SAVE = """
    UPDATE evaluation_submittedfigure AS figure
       SET value = nullif(typed.value, 'null'::jsonb), not_applicable_reason = typed.reason, remark = typed.remark,
           saved_at = %(at)s, saved_by_id = %(by)s
      FROM jsonb_to_recordset(%(rows)s::jsonb) AS typed(id bigint, value jsonb, reason text, remark text)
     WHERE figure.id = typed.id AND figure.submission_id = %(submission)s AND figure.status = ANY(%(open)s)
"""


@dataclass(frozen=True)
class Saved:
    """`at` is the database's clock. Sound rows are kept even when others are faulty, so that no work is lost; `faults`
    names every row that was not kept."""

    at: datetime
    count: int
    faults: tuple[CellFault, ...]


def save_figures(*, submission: Submission, entries: Mapping[str, Entry], by: User) -> Saved:
    """Keep what a platform typed, by indicator; rows that are not in `entries` stay as they are.

    1. The submission's row is locked; nothing is saved once its period is locked.
    2. Every row is checked; a row that is not asked for or not open is a fault, not a silent loss.
    3. The sound rows that differ are written with one statement.
    """
    with transaction.atomic(), pghistory.context(user=by.pk):
        held, clock = hold(submission, by)
        judged = _judged(held, entries)
        sound = [(figure, typed) for figure, typed in judged if not typed.faults and _differs(figure, typed)]
        if sound:
            _write(held, sound, clock, by)
    return Saved(clock, len(sound), tuple(fault for _, typed in judged for fault in typed.faults))


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


def _judged(submission: Submission, entries: Mapping[str, Entry]) -> list[tuple[SubmittedFigure, TypedFigure]]:
    asked = submission.system.rules.asked
    figures = {figure.indicator: figure for figure in submission.figures.all()}
    return [
        (figures.get(code, SubmittedFigure()), _read(code, entry, figures.get(code), asked.get(code)))
        for code, entry in entries.items()
    ]


def _read(code: str, entry: Entry, figure: SubmittedFigure | None, indicator: Indicator | None) -> TypedFigure:
    if figure is None or indicator is None:
        return TypedFigure(faults=[CellFault(code, "", "不是本平台要填报的指标")])
    typed = read_entry(indicator, entry)
    if not figure.is_open and (typed.faults or _differs(figure, typed)):
        # A page that was open while a colleague handed in sends such rows too; unchanged they are no fault.
        message = f"当前为“{figure.get_status_display()}”,不能再改;需要更正请联系审核人退回"
        return TypedFigure(faults=[CellFault(code, "", message)])
    return typed


def _differs(figure: SubmittedFigure, typed: TypedFigure) -> bool:
    stored = (figure.value, figure.not_applicable_reason, figure.remark)
    return stored != (typed.value, typed.reason, typed.remark)


def _write(submission: Submission, rows: list[tuple[SubmittedFigure, TypedFigure]], clock: datetime, by: User) -> None:
    values = [
        {"id": figure.pk, "value": typed.value, "reason": typed.reason, "remark": typed.remark}
        for figure, typed in rows
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
