"""A submitted figure in Chinese, as its checkers read it. What a platform is still writing is not shown to anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evaluation.collection.choices import SubmittedStatus
from evaluation.collection.models import SubmittedFigure
from evaluation.collection.queries.checking import Change, CheckedCell
from evaluation.scoring.system import Indicator
from evaluation.wording import value_text

_UNSAID = (SubmittedStatus.EXPECTED, SubmittedStatus.MISSING)


@dataclass(frozen=True)
class HistoryLine:
    """One line of a cell's history."""

    at: datetime
    by: str
    status: str
    value: str
    reason: str


@dataclass(frozen=True)
class CheckedLine:
    """One figure of a submission as the page of its check prints it. `earlier` pairs a quarter with what it said."""

    figure: SubmittedFigure
    indicator: Indicator
    value: str
    earlier: Sequence[tuple[str, str]]
    evidence: Sequence[Any]
    history: Sequence[HistoryLine]


def submitted_text(indicator: Indicator, figure: Any) -> str:
    """`52条`, `3 ÷ 4`, `不适用:本季度没有活动`; `待报` or `未报` as long as nothing stands handed in."""
    if figure.status in _UNSAID:
        return str(SubmittedStatus(figure.status).label)
    if figure.not_applicable_reason:
        return f"不适用:{figure.not_applicable_reason}"
    return value_text(indicator, {"value": figure.value}) if figure.value is not None else "(无)"


def checked_line(cell: CheckedCell) -> CheckedLine:
    """While a figure is open again, its last words are those that were returned."""
    indicator, history = cell.indicator, _moves(cell)
    is_returned = cell.figure.status == SubmittedStatus.RETURNED
    returned = [change.figure for change in history if change.figure.status == SubmittedStatus.RETURNED]
    shown = returned[0] if is_returned and returned else cell.figure
    return CheckedLine(
        figure=cell.figure,
        indicator=indicator,
        value=submitted_text(indicator, shown),
        earlier=[(quarter.code, submitted_text(indicator, said) if said else "—") for quarter, said in cell.earlier],
        evidence=cell.evidence,
        history=[_entry(indicator, change) for change in history],
    )


def _moves(cell: CheckedCell) -> list[Change]:
    """The changes of status, newest first: what was saved in between is the platform's own draft."""
    older = [change.figure.status for change in cell.history[1:]] + [""]
    return [change for change, before in zip(cell.history, older, strict=True) if change.figure.status != before]


def _entry(indicator: Indicator, change: Change) -> HistoryLine:
    figure = change.figure
    is_returned = figure.status == SubmittedStatus.RETURNED
    due = f"({figure.return_due_on.month}月{figure.return_due_on.day}日前重报)" if is_returned else ""
    return HistoryLine(
        at=change.at,
        by=change.by,
        status=str(SubmittedStatus(figure.status).label),
        value="" if figure.status in _UNSAID else submitted_text(indicator, figure),
        reason=f"{figure.return_reason}{due}" if is_returned else "",
    )
