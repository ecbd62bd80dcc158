"""Handing in a quarter's figures, with a receipt (细则 R4.2(1))."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Max, Prefetch

from core.errors import Fault, Refusal
from core.models import User
from evaluation.collection.actions.saving import hold
from evaluation.collection.models import Evidence, Submission, SubmissionReceipt, SubmittedFigure
from evaluation.collection.models.submission import OPEN_STATUSES
from evaluation.deadlines import BEIJING, is_late
from evaluation.scoring.canonical import canonical_bytes, digest


def hand_in(*, submission: Submission, seen: Mapping[str, int], by: User) -> SubmissionReceipt:
    """Everything that is filled in and open goes to the scorer, and the platform gets a receipt. `seen` are the
    versions of the figures that the person had before them, by indicator: nobody stands by what they have not seen.

    1. The submission's row is locked and gives the database's clock; of two hand-ins at once the second finds nothing
       open and is refused.
    2. Every open figure with a value or a reason moves; empty ones stay open.
    3. The receipt holds those figures as canonical JSON under its digest. It is late when any of them is: after the
       period's due day, or after the day that was set when the figure came back.
    """
    with transaction.atomic(), pghistory.context(user=by.pk):
        held, clock = hold(submission, by)
        unseen = [each for each in _open_figures(held) if _is_filled(each) and seen.get(each.indicator) != each.version]
        if unseen:
            raise Refusal([_unseen(figure) for figure in unseen])
        return hand_in_at(held=held, clock=clock, by=by)


def hand_in_at(*, held: Submission, clock: datetime, by: User) -> SubmissionReceipt:
    """The same for a submission that `hold` gave, with the time told. `clock` is the database's; only the
    demonstration, whose quarters are fictional, names another."""
    figures = [figure for figure in _open_figures(held) if _is_filled(figure)]
    if not figures:
        raise Refusal("没有可以报送的数据:请先填写数据,或写明不适用的原因;已报送的数据不必重复报送")
    late = {figure.indicator: is_late(due_on=figure.due_on, received_at=clock) for figure in figures}
    document = _document(held, figures, late, clock, by)
    _move(figures, clock)
    return _receipt(held, document, any(late.values()), clock, by)


def _open_figures(submission: Submission) -> list[SubmittedFigure]:
    kept = Evidence.objects.filter(removed_at=None).select_related("attachment")
    figures = submission.figures.filter(status__in=OPEN_STATUSES).order_by("pk").select_for_update()
    found = list(figures.prefetch_related(Prefetch("evidence", kept, to_attr="kept_evidence")))
    for figure in found:
        figure.submission = submission
    return found


def _is_filled(figure: SubmittedFigure) -> bool:
    return figure.value is not None or figure.claims_not_applicable


def _unseen(figure: SubmittedFigure) -> Fault:
    name = figure.submission.system.rules.indicator(figure.indicator).name
    return Fault(f"{figure.indicator} {name}在您打开页面之后有改动", expected="核对本页现在的数据后再报送")


def _move(figures: list[SubmittedFigure], clock: datetime) -> None:
    for figure in figures:
        figure.hand_in()
        figure.handed_in_at = clock
    SubmittedFigure.objects.bulk_update(figures, ["status", "handed_in_at"])


def _document(
    submission: Submission, figures: list[SubmittedFigure], late: dict[str, bool], clock: datetime, by: User
) -> dict[str, Any]:
    rules = submission.system.rules
    return {
        "format": "sme-submission-receipt/1",
        "platform": {"code": submission.platform.code, "name": submission.platform.name},
        "period": submission.period.as_quarter.code,
        "system": {"code": submission.system.code, "version": submission.system.version},
        "received_at": clock.astimezone(BEIJING).isoformat(timespec="microseconds"),
        "submitted_by": by.full_name,
        "figures": [_figure(figure, rules.indicator(figure.indicator).name, late) for figure in figures],
    }


def _figure(figure: Any, name: str, late: dict[str, bool]) -> dict[str, object]:
    """`figure` with `kept_evidence` loaded."""
    said = {"not_applicable_reason": figure.not_applicable_reason} if figure.value is None else {"value": figure.value}
    return {
        "indicator": figure.indicator,
        "name": name,
        **said,
        "remark": figure.remark,
        "is_late": late[figure.indicator],
        "evidence": [
            {"name": evidence.attachment.name, "sha256": evidence.attachment.sha256}
            for evidence in figure.kept_evidence
        ],
    }


def _receipt(
    submission: Submission, document: dict[str, Any], any_late: bool, clock: datetime, by: User
) -> SubmissionReceipt:
    earlier = submission.receipts.aggregate(Max("version"))["version__max"] or 0
    sha256 = digest(document)
    version, quarter = earlier + 1, submission.period.as_quarter.code
    return SubmissionReceipt.objects.create(
        submission=submission,
        version=version,
        number=f"JB{quarter}-{submission.platform.code}-{version:02d}-{sha256[:8].upper()}",
        received_at=clock,
        is_late=any_late,
        document=canonical_bytes(document).decode(),
        sha256=sha256,
        submitted_by=by,
    )
