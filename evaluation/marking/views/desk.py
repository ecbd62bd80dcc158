"""Assessors on the desk: appointing them, each one's own marking sheet, and the comparison once all have handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.choices import Role
from core.errors import Refusal
from core.models import User
from core.typed.rows import Rows
from core.typed.versions import versioned
from core.views.desk import desk_page, page, person, show_faults, take_step
from evaluation.marking.actions import TypedMark, appoint_assessor, dismiss_assessor, hand_in_marks, save_marks
from evaluation.marking.models import AssessorAppointment, AssessorMark
from evaluation.marking.queries import (
    Cell,
    Sheet,
    appointable,
    appointment_of,
    compared_marks,
    own_marks,
    progress_of,
    sheet_of,
)
from evaluation.scoring.system import Indicator
from evaluation.wording import item_name, value_text
from platforms.choices import EVALUATED_TYPES, PlatformType
from platforms.models import Platform


@dataclass(frozen=True)
class MarkLine:
    """One mark to give: what is judged, what stands there, whether it may still change."""

    key: str
    indicator: Indicator
    items: Sequence[tuple[str, str, bool]]
    value: str
    reason: str
    is_fixed: bool


@desk_page("evaluation.view_assessormark")
@require_safe
def assessors(request: HttpRequest) -> HttpResponse:
    """Who assesses which type this year and how far they are; never what they gave."""
    by, year = person(request), _year(request)
    rows = [
        (progress, appointable(progress.sheet.platform_type) if _may_appoint(by, progress.sheet) else None)
        for progress in progress_of(year=year, platform_types=_types_of(by))
    ]
    mine = AssessorAppointment.objects.filter(assessor=by, year=year)
    return page(request, "evaluation/desk/assessors.html", f"{year}年度评委", year=year, rows=rows, mine=mine)


@desk_page("evaluation.appoint_assessor")
@require_POST
def appoint(request: HttpRequest, year: int, platform_type: str) -> HttpResponse:
    kind, chosen = _type(platform_type), request.POST.get("assessor", "")
    assessor = get_object_or_404(User, pk=chosen if chosen.isdecimal() and len(chosen) < 10 else 0)
    return take_step(
        request,
        lambda: appoint_assessor(year=year, platform_type=kind, assessor=assessor, by=person(request)),
        done=f"已指定{assessor}为{kind.label}评委",
        back=_back(year),
    )


@desk_page("evaluation.appoint_assessor")
@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    rows = AssessorAppointment.objects.filter(platform_type__in=_types_of(person(request))).select_related("assessor")
    found = get_object_or_404(rows, pk=pk)
    return take_step(
        request,
        lambda: dismiss_assessor(appointment=found, by=person(request)),
        done=f"已撤销对{found.assessor}的指定",
        back=_back(found.year),
    )


@desk_page("evaluation.view_assessormark")
@require_http_methods(["GET", "HEAD", "POST"])
@versioned(lambda request, year, platform_type: _own_sheet(person(request), year, platform_type))
def marking(request: HttpRequest, year: int, platform_type: str) -> HttpResponse:
    """An assessor's own sheet; not there for anybody else. POST saves, and hands in when that button was pressed."""
    by, kind = person(request), _type(platform_type)
    if appointment_of(by, year=year, platform_type=kind) is None:
        raise Http404
    sheet = sheet_of(year=year, platform_type=kind)
    if request.method == "POST":
        try:
            return _marked(request, sheet)
        except Refusal as refusal:
            show_faults(request, map(str, refusal.faults))
            return _marking_page(request, sheet, status=400)
    return _marking_page(request, sheet)


@desk_page("evaluation.view_assessormark")
@require_safe
def comparison(request: HttpRequest, year: int, platform_type: str) -> HttpResponse:
    """Everybody's marks side by side and the figure that follows; empty until the last assessor has handed in."""
    kind = _type(platform_type)
    if kind not in _types_of(person(request)):
        raise Http404
    (progress,) = progress_of(year=year, platform_types=[kind])
    compared = compared_marks(progress)
    rows = [
        (platform, indicator, *_compared(indicator, compared[Cell(platform.id, code)]))
        for platform in progress.sheet.platforms
        for code, indicator in progress.sheet.indicators.items()
        if Cell(platform.id, code) in compared
    ]
    title = f"{year}年度{kind.label}评委评分对照"
    return page(request, "evaluation/desk/marks_compared.html", title, progress=progress, rows=rows)


def _compared(indicator: Indicator, marks: Sequence[Any]) -> tuple[list[tuple[str, str]], str]:
    """What each assessor gave, with the reason, and the figure that follows."""
    told = [(_mark_text(indicator, mark.value), mark.reason) for mark in marks]
    if not indicator.measure.is_assessable:
        return told, "此类指标不能由评委评定"
    return told, value_text(indicator, {"value": indicator.measure.assessed([mark.value for mark in marks])})


def _mark_text(indicator: Indicator, value: Any) -> str:
    return value_text(indicator, {"value": value}) if isinstance(value, list) else str(value)


def _own_sheet(by: User, year: int, platform_type: str) -> list[Rows]:
    """The appointment first: whoever saves, hands in or dismisses holds it before the marks."""
    own: tuple[tuple[str, object], ...] = (("assessor_id", by.pk), ("year", year))
    return [
        Rows(AssessorAppointment, (*own, ("platform_type", platform_type))),
        Rows(AssessorMark, (*own, ("platform__platform_type", platform_type))),
    ]


def _marked(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    by, year, kind = person(request), sheet.year, sheet.platform_type
    count = save_marks(year=year, platform_type=kind, entries=_entries(request, sheet), by=by)
    if request.POST.get("step") == "hand_in":
        messages.success(request, f"已提交{hand_in_marks(year=year, platform_type=kind, by=by)}项评分,不能再改")
        return redirect("desk_marks_compared", year, kind)
    messages.success(request, f"已保存,共{count}项,尚未提交")
    return redirect("desk_marking", year, kind)


def _entries(request: HttpRequest, sheet: Sheet) -> list[TypedMark]:
    """What the form says of the sheet's cells; cells of no sheet are not read, and what is handed in is not sent."""
    found = []
    for cell in sheet.cells:
        key = _key(cell)
        if f"reason-{key}" not in request.POST:
            continue
        reason, values = request.POST[f"reason-{key}"], request.POST.getlist(f"value-{key}")
        if sheet.indicators[cell.indicator].measure.items:
            value: Any = values if values or reason.strip() else None
        else:
            value = values[0].strip() or None if values else None
        found.append(TypedMark(cell, value, reason))
    return found


def _marking_page(request: HttpRequest, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    stored = own_marks(person(request), sheet)
    typed = {entry.cell: entry for entry in _entries(request, sheet)} if request.method == "POST" else {}
    platforms = [
        (platform, [_line(Cell(platform.id, code), sheet, stored, typed) for code in sheet.indicators])
        for platform in sheet.platforms
    ]
    return page(
        request,
        "evaluation/desk/marking.html",
        f"{sheet.year}年度{PlatformType(sheet.platform_type).label}评委评分",
        status=status,
        sheet=sheet,
        platforms=platforms,
        is_open=any(cell not in stored or stored[cell].handed_in_at is None for cell in sheet.cells),
    )


def _line(cell: Cell, sheet: Sheet, stored: Mapping[Cell, Any], typed: Mapping[Cell, TypedMark]) -> MarkLine:
    indicator, mark = sheet.indicators[cell.indicator], stored.get(cell)
    is_fixed = mark is not None and mark.handed_in_at is not None
    said: Any = mark if is_fixed else typed.get(cell, mark)
    value = said.value if said is not None else None
    ticked = value if isinstance(value, list) else []
    items = [(item, item_name(item), item in ticked) for item, _ in indicator.measure.heaviest_first]
    text = value if isinstance(value, str) else ""
    return MarkLine(_key(cell), indicator, items, text, said.reason if said is not None else "", is_fixed)


def _key(cell: Cell) -> str:
    return f"{cell.platform_id}-{cell.indicator}"


def _types_of(user: User) -> list[PlatformType]:
    """Types whose assessors this person may know of: the city platform's own are not for the city platform."""
    kinds = [PlatformType(kind) for kind in EVALUATED_TYPES]
    return [k for k in kinds if k != PlatformType.CITY_PLATFORM] if user.role == Role.CITY_PLATFORM else kinds


def _may_appoint(user: User, sheet: Sheet) -> bool:
    return bool(user.has_perm("evaluation.appoint_assessor", Platform(platform_type=sheet.platform_type)))


def _type(text: str) -> PlatformType:
    if text not in {str(kind) for kind in EVALUATED_TYPES}:
        raise Http404
    return PlatformType(text)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year


def _back(year: int) -> str:
    return f"{reverse('desk_assessors')}?year={year}"
