"""A submitted figure in Chinese, as its checkers read it. What a platform is still writing is not shown to anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evaluation.collection.choices import SubmittedStatus
from evaluation.collection.models import SubmittedFigure
from evaluation.collection.queries.checking import CheckedCell
from evaluation.collection.queries.history import Move
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
    indicator = cell.indicator
    is_returned = cell.figure.status == SubmittedStatus.RETURNED
    returned = [move.figure for move in cell.history if move.figure.status == SubmittedStatus.RETURNED]
    shown = returned[0] if is_returned and returned else cell.figure
    return CheckedLine(
        figure=cell.figure,
        indicator=indicator,
        value=submitted_text(indicator, shown),
        earlier=[(quarter.code, submitted_text(indicator, said) if said else "—") for quarter, said in cell.earlier],
        evidence=cell.evidence,
        history=[_history_line(indicator, move) for move in cell.history],
    )


def _history_line(indicator: Indicator, move: Move) -> HistoryLine:
    figure = move.figure
    is_returned = figure.status == SubmittedStatus.RETURNED
    due = f"({figure.return_due_on.month}月{figure.return_due_on.day}日前重报)" if is_returned else ""
    return HistoryLine(
        at=move.at,
        by=move.person,
        status=str(SubmittedStatus(figure.status).label),
        value="" if figure.status in _UNSAID else submitted_text(indicator, figure),
        reason=f"{figure.return_reason}{due}" if is_returned else "",
    )
