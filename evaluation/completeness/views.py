"""What has come in of a quarter: the heat map, the rows behind its numbers, the 催报名单 (办法 M4, 细则 R3.2(2))."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.errors import Refusal
from core.periods import Quarter
from core.views.desk import desk_page, page, person, show_faults
from evaluation.collection.documents.submitted import submitted_text
from evaluation.collection.models import ReportingPeriod
from evaluation.completeness.actions import remind_all
from evaluation.completeness.checks import GROUPS, legend
from evaluation.completeness.documents import Reminder, reminder_workbook, reminders
from evaluation.completeness.queries.quarter import (
    AskedFigure,
    completeness_rows,
    heat_maps,
    newest_period,
    period_of,
    periods,
)
from evaluation.completeness.queries.reminder_lists import reminder_entries

VIEW, REMIND = "evaluation.view_completeness", "evaluation.remind_platforms"
PER_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_page(VIEW)
@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The newest period's heat map, or that there is none yet."""
    period = newest_period()
    if period is None:
        return page(request, "evaluation/desk/completeness.html", "完整性", period=None)
    return _heat_map(request, period)


@desk_page(VIEW)
@require_safe
def heat_map(request: HttpRequest, code: str) -> HttpResponse:
    return _heat_map(request, _period(code))


@desk_page(VIEW)
@require_safe
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """The rows behind a number; `platform`, `indicator`, `type` and `state` narrow them as the heat map counts."""
    period = _period(code)
    asked = {name: request.GET.get(name, "") for name in ("type", "platform", "indicator", "state")}
    rows = [row for row in completeness_rows(period, person(request), timezone.now()) if _is_asked(row, asked)]
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    return page(
        request,
        "evaluation/desk/completeness_figures.html",
        f"{period}:数据明细",
        period=period,
        rows=shown,
        lines=[(row, submitted_text(row.indicator, row.figure)) for row in shown],
        narrowed=_narrowed(rows, asked),
        kept=kept.urlencode(),
    )


@desk_page(VIEW)
@require_safe
def reminder_list(request: HttpRequest, code: str) -> HttpResponse:
    """By county; contacts and texts for whoever may remind."""
    period = _period(code)
    may_remind = request.user.has_perm(REMIND)
    groups: dict[str, list[Reminder]] = {}
    for reminder in _reminders(request, period):
        groups.setdefault(reminder.platform.region.name, []).append(reminder)
    return page(
        request,
        "evaluation/desk/reminder_list.html",
        f"{period}:催报名单",
        period=period,
        groups=groups,
        count=sum(map(len, groups.values())),
        may_remind=may_remind,
    )


@desk_page(VIEW)
@require_safe
def reminder_list_workbook(request: HttpRequest, code: str) -> HttpResponse:
    period = _period(code)
    content = reminder_workbook(period, _reminders(request, period), with_contact=request.user.has_perm(REMIND))
    name = f"reminders-{period.as_quarter.code}.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@desk_page(REMIND)
@require_POST
def remind(request: HttpRequest, code: str) -> HttpResponse:
    """One reminder to every platform on the list."""
    period = _period(code)
    try:
        written, left_out = remind_all(period=period, now=timezone.now(), by=person(request))
    except Refusal as refusal:
        show_faults(request, map(str, refusal.faults))
    else:
        more = f",另有{left_out}个平台今天已提醒过" if left_out else ""
        messages.success(request, f"已向{len(written)}个平台发出催报提醒{more}")
    return redirect(reverse("desk_reminder_list", args=[code]))


def _period(code: str) -> ReportingPeriod:
    try:
        period = period_of(Quarter.parse(code))
    except ValueError:
        raise Http404 from None
    if period is None:
        raise Http404
    return period


def _heat_map(request: HttpRequest, period: ReportingPeriod) -> HttpResponse:
    now = timezone.now()
    rows = completeness_rows(period, person(request), now)
    return page(
        request,
        "evaluation/desk/completeness.html",
        f"{period}:完整性",
        period=period,
        choices=[
            (str(each.as_quarter), reverse("desk_completeness_of", args=[each.as_quarter.code]), each == period)
            for each in periods()
        ],
        tables=heat_maps(period, rows, now),
        groups=GROUPS,
        legend=legend(),
        may_open_summaries=request.user.has_perm("evaluation.view_annualsummary"),
    )


def _reminders(request: HttpRequest, period: ReportingPeriod) -> list[Reminder]:
    now = timezone.now()
    rows = completeness_rows(period, person(request), now)
    return reminders(period, reminder_entries(rows, heat_maps(period, rows, now)), now)


def _is_asked(row: AskedFigure, asked: dict[str, str]) -> bool:
    found = {
        "type": (row.platform.platform_type,),
        "platform": (row.platform.code,),
        "indicator": (row.figure.indicator,),
        "state": row.cell.groups,
    }
    return all(not wanted or wanted in found[name] for name, wanted in asked.items())


def _narrowed(rows: list[AskedFigure], asked: dict[str, str]) -> list[str]:
    """What the list was narrowed to, in words; a code that nothing answers to is not repeated."""
    words = [group.label for group in GROUPS if group.code == asked["state"]]
    if rows and asked["platform"]:
        words.append(rows[0].platform.name)
    if rows and asked["type"]:
        words.append(rows[0].platform.get_platform_type_display())
    if rows and asked["indicator"]:
        words.append(f"{rows[0].indicator.code} {rows[0].indicator.name}")
    return words
