"""The quarters of 2026 in the demonstration, all fictional: the first two handed in and checked, with one platform that
did not report and one that was late; the third still open. What exists already is left as it is."""

import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

import pghistory
from django.db import transaction
from django.utils import timezone

from core.choices import Role
from core.models import User
from core.periods import Quarter
from core.working_days import UnknownYearError, working_day_after
from demo.fresh import accept_figures, approve_not_applicable, hand_in, return_figure, save_figures
from evaluation.collection.actions import close_period, open_period, suggested_due_day
from evaluation.collection.actions.handing_in import hand_in_at
from evaluation.collection.actions.saving import hold
from evaluation.collection.checks.typed_figures import Entry
from evaluation.collection.models import ReportingPeriod, Submission, SubmittedFigure
from evaluation.deadlines import BEIJING
from evaluation.scoring.system import Indicator
from platforms.choices import PlatformType
from platforms.models import Membership, Platform

CHECKED, OPEN = (Quarter(2026, 1), Quarter(2026, 2)), Quarter(2026, 3)
SILENT, LATE, SHOWN = "CNT-08", "CNT-05", "CNT-01"
RETURNED = {"CNT-01": "K5", "CNT-03": "B13", "CLU-02": "C21"}
RETURN_REASON = "演示退回:佐证材料与填报数不一致,请核对后重报。"
NOT_APPLICABLE = "演示原因:本季度没有组织评选"
UNFINISHED = ("K3", "K7")

Step = tuple[str, Callable[[], None]]


def quarter_steps(accounts: dict[str, User]) -> Iterator[Step]:
    """One step for each quarter; a quarter that has been opened is done."""
    for quarter in CHECKED:
        yield f"收取并审核{quarter}报送", partial(_checked_quarter, quarter, accounts)
    yield f"收取{OPEN}报送", partial(_open_quarter, accounts)


def _checked_quarter(quarter: Quarter, accounts: dict[str, User]) -> None:
    if _is_there(quarter):
        return
    with transaction.atomic():
        due_on = suggested_due_day(quarter)
        period = open_period(year=quarter.year, quarter=quarter.number, due_on=due_on, by=accounts["city"])
        for submission in submissions_of(period):
            code = submission.platform.code
            if code != SILENT:
                _hand_in(submission, due_on + timedelta(days=2 if code == LATE else -3))
        close_period(period=period, by=accounts["city"])
        accept_all(period, bureau=accounts["bureau"], city=accounts["city"])


def _open_quarter(accounts: dict[str, User]) -> None:
    """Due in the coming days, so that the demonstration has something to do; three figures came back."""
    if _is_there(OPEN):
        return
    with transaction.atomic():
        due_on = max(suggested_due_day(OPEN), _soon())
        period = open_period(year=OPEN.year, quarter=OPEN.number, due_on=due_on, by=accounts["city"])
        for submission in submissions_of(period):
            code = submission.platform.code
            if code == SILENT:
                continue
            by = filler(submission.platform)
            entries = entries_of(submission)
            if code == SHOWN:
                entries = {indicator: entry for indicator, entry in entries.items() if indicator not in UNFINISHED}
            save_figures(submission=submission, entries=entries, by=by)
            hand_in(submission=submission, by=by)
        _return(period, accounts["city"])


def _is_there(quarter: Quarter) -> bool:
    return ReportingPeriod.objects.filter(year=quarter.year, quarter=quarter.number).exists()


def submissions_of(period: ReportingPeriod) -> list[Submission]:
    return list(period.submissions.select_related("period", "platform", "system").order_by("platform__code"))


def _hand_in(submission: Submission, day: date) -> None:
    """Ten in the morning of a fictional day."""
    by = filler(submission.platform)
    save_figures(submission=submission, entries=entries_of(submission), by=by)
    hand_in_on(submission, datetime.combine(day, time(10), BEIJING), by)


def hand_in_on(submission: Submission, clock: datetime, by: User) -> None:
    """As on a day that is over: the database's clock cannot be moved."""
    with pghistory.context(user=by.pk):
        held, _ = hold(submission, by)
        hand_in_at(held=held, clock=clock, by=by)


def accept_all(period: ReportingPeriod, *, bureau: User, city: User) -> None:
    """The bureau checks the city platform, the city platform the windows (细则 R4.1)."""
    rows = SubmittedFigure.objects.filter(submission__period=period, status="handed_in")
    for is_citys, checker in ((True, bureau), (False, city)):
        kind = {"submission__platform__platform_type": PlatformType.CITY_PLATFORM}
        figures = list(rows.filter(**kind) if is_citys else rows.exclude(**kind))
        claimed = [figure for figure in figures if figure.claims_not_applicable]
        if claimed:
            approve_not_applicable(figures=claimed, by=checker)
        accept_figures(figures=[figure for figure in figures if not figure.claims_not_applicable], by=checker)


def _return(period: ReportingPeriod, by: User) -> None:
    for code, indicator in RETURNED.items():
        figure = SubmittedFigure.objects.get(
            submission__period=period, submission__platform__code=code, indicator=indicator
        )
        return_figure(figure=figure, reason=RETURN_REASON, return_due_on=_soon(), by=by)


def _soon() -> date:
    """Eight working days from now; twelve days where the calendar does not reach."""
    today = timezone.localdate()
    try:
        return working_day_after(today, 8)
    except UnknownYearError:
        return today + timedelta(days=12)


def filler(platform: Platform) -> User:
    """The platform's own person; a fictional one without a password where the demonstration has no account."""
    role = Role.CITY_PLATFORM if platform.platform_type == PlatformType.CITY_PLATFORM else Role.WINDOW
    found = User.objects.filter(membership__platform=platform, role=role).exclude(username="city").first()
    if found is not None:
        return found
    user = User.objects.create_user(
        f"fill-{platform.code.lower()}", role=role, password=None, full_name=f"演示填报{platform.code}"
    )
    Membership.objects.create(user=user, platform=platform)
    return user


def entries_of(submission: Submission) -> dict[str, Entry]:
    return {code: _entry(submission, indicator) for code, indicator in submission.system.rules.asked.items()}


def _entry(submission: Submission, indicator: Indicator) -> Entry:
    """The same fictional numbers each time: they follow from platform, quarter and indicator."""
    seed = f"{submission.platform.code} {submission.period.as_quarter.code} {indicator.code}"
    draw = zlib.crc32(seed.encode())
    if indicator.code == "C22" and draw % 5 == 0:
        return Entry({}, reason=NOT_APPLICABLE)
    keys = [cell.key for cell in indicator.measure.cells(str)]
    if indicator.measure.is_share:
        whole = 6 + draw % 9
        return Entry(dict(zip(keys, (str(whole - draw % 3), str(whole)), strict=True)))
    target = (indicator.rule.aim() or "8").partition(".")[0]
    most = max(2, int(target) // 3 // len(keys))
    return Entry({key: str((draw >> (4 * place)) % (most + 1)) for place, key in enumerate(keys)})
