"""Two quarters of the golden year as platforms handed them in: one checked and locked, one open."""

from datetime import date, datetime, timedelta
from typing import Any

from core.models import User
from core.periods import Quarter
from demo.fresh import return_figure, save_figures
from demo.quarters import accept_all, entries_of, filler, hand_in_on, submissions_of
from evaluation.collection.actions import add_evidence, close_period, open_period, remove_evidence
from evaluation.collection.actions.periods import lock_period
from evaluation.collection.models import Evidence, ReportingPeriod, Submission, SubmissionReceipt, SubmittedFigure
from evaluation.deadlines import BEIJING
from tests.core.files.uploads.build import docx_bytes

NOW = datetime(2026, 1, 12, 10, tzinfo=BEIJING)
"""What the portal's own clock says while the pages are read: the last quarter is open, its deadline near."""
LOCKED, OPEN = Quarter(2025, 3), Quarter(2025, 4)
SILENT, HALF_LATE = "CNT-08", "CNT-05"
RETURNED, WITHDRAWN = ("CNT-01", "K5"), ("CNT-03", "K5")


def locked_quarter(people: dict[str, User]) -> dict[str, list[Any]]:
    """Everything came but for one platform's figures and one returned figure; half of one platform's came late."""
    period = open_period(year=LOCKED.year, quarter=LOCKED.number, by=people["city_platform"])
    in_time = datetime.combine(period.due_on - timedelta(days=3), datetime.min.time(), BEIJING) + timedelta(hours=10)
    for submission in submissions_of(period):
        code, by = submission.platform.code, filler(submission.platform)
        if code == SILENT:
            continue
        entries = entries_of(submission)
        held_back = set(list(entries)[1::2]) if code == HALF_LATE else set()
        save_figures(submission=submission, entries={c: e for c, e in entries.items() if c not in held_back}, by=by)
        _show(submission, by)
        hand_in_on(submission, in_time, by)
        if held_back:
            save_figures(submission=submission, entries={c: entries[c] for c in held_back}, by=by)
            hand_in_on(submission, in_time + timedelta(days=5), by)
    close_period(period=period, by=people["city_platform"])
    returned = _figure(period, *RETURNED)
    return_figure(
        figure=returned, reason="演示退回：缺少佐证材料", return_due_on=date(2026, 1, 20), by=people["city_platform"]
    )
    accept_all(period, bureau=people["bureau"], city=people["city_platform"])
    lock_period(period=period, by=people["city_platform"])
    checked, silent = (Submission.objects.get(period=period, platform__code=code) for code in (RETURNED[0], SILENT))
    return {"desk_period": [period.pk], "desk_check": [checked.pk], "desk_check silent": [silent.pk]}


def open_quarter(people: dict[str, User]) -> dict[str, list[Any]]:
    """Three have handed in, nothing is checked; the window has saved a few figures and shown one."""
    period = open_period(year=OPEN.year, quarter=OPEN.number, by=people["city_platform"])
    for submission in submissions_of(period):
        code, by = submission.platform.code, filler(submission.platform)
        if code not in ("CNT-01", "CNT-02", "CNT-03", "CLU-01"):
            continue
        entries = entries_of(submission)
        save_figures(submission=submission, entries=dict(list(entries.items())[:4]), by=by)
        _show(submission, by)
        if code != "CNT-01":
            hand_in_on(submission, NOW - timedelta(days=1), by)
    handed_in = Submission.objects.get(period=period, platform__code="CNT-02")
    shown = Evidence.objects.filter(figure__submission__period=period, removed_at=None).order_by("pk")[0]
    own = SubmissionReceipt.objects.get(submission__platform__code="CNT-01")
    return {
        "desk_check waiting": [handed_in.pk],
        "desk_evidence_file": [shown.pk],
        "my_submission": [OPEN.code],
        "my_submission locked": [LOCKED.code],
        "my_figure": [OPEN.code, RETURNED[1]],
        "my_evidence": [OPEN.code, RETURNED[1], shown.pk],
        "my_submission_receipt": [own.number],
        "my_submission_document": [own.number],
        "desk_completeness_of": [OPEN.code],
        "desk_completeness_figures": [LOCKED.code],
        "desk_reminder_list": [OPEN.code],
        "desk_reminder_workbook": [OPEN.code],
    }


def _figure(period: ReportingPeriod, code: str, indicator: str) -> SubmittedFigure:
    return SubmittedFigure.objects.get(submission__period=period, submission__platform__code=code, indicator=indicator)


def _show(submission: Submission, by: User) -> None:
    """Two platforms show one figure; one of them takes the file back."""
    for code, indicator in (RETURNED, WITHDRAWN):
        if code == submission.platform.code:
            figure = SubmittedFigure.objects.get(submission=submission, indicator=indicator)
            shown = add_evidence(figure=figure, name="演示佐证.docx", content=docx_bytes("演示佐证"), by=by)
            if code == WITHDRAWN[0]:
                remove_evidence(evidence=shown, by=by)
