"""Steps of people who have just opened the page: they have seen every figure as it stands now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.models import User
from evaluation.collection import actions
from evaluation.collection.actions import Saved, checking
from evaluation.collection.checks.typed_figures import Entry
from evaluation.collection.models import Submission, SubmissionReceipt, SubmittedFigure


def save_figures(*, submission: Submission, entries: Mapping[str, Entry], by: User) -> Saved:
    shown = versions_of(submission)
    seen = {code: replace(entry, seen=shown.get(code)) for code, entry in entries.items()}
    return actions.save_figures(submission=submission, entries=seen, by=by)


def hand_in(*, submission: Submission, by: User) -> SubmissionReceipt:
    return actions.hand_in(submission=submission, seen=versions_of(submission), by=by)


def accept_figures(*, figures: Sequence[SubmittedFigure], by: User) -> list[SubmittedFigure]:
    return checking.accept_figures(figures=figures, seen=_seen(figures), by=by)


def approve_not_applicable(*, figures: Sequence[SubmittedFigure], by: User) -> list[SubmittedFigure]:
    return checking.approve_not_applicable(figures=figures, seen=_seen(figures), by=by)


def return_figure(*, figure: SubmittedFigure, reason: str, return_due_on: date | None, by: User) -> SubmittedFigure:
    return checking.return_figure(
        figure=figure, reason=reason, return_due_on=return_due_on, seen=_seen([figure]), by=by
    )


def versions_of(submission: Submission) -> dict[str, int]:
    return dict(submission.figures.values_list("indicator", "version"))


def _seen(figures: Sequence[SubmittedFigure]) -> dict[int, int]:
    rows = SubmittedFigure.objects.filter(pk__in=[figure.pk for figure in figures])
    return dict(rows.values_list("pk", "version"))
