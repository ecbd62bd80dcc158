"""Assessors: appointed and dismissed for a year and a type; their marks saved and handed in (细则 R3.1(3), R4.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from core.characters import clean
from core.characters import faults as faults_in
from core.errors import Fault, Refusal
from core.models import User
from evaluation.marking.models import AssessorAppointment, AssessorMark
from evaluation.marking.queries import Cell, Sheet, appointable, own_marks, sheet_of
from platforms.choices import PlatformType
from platforms.models import Platform

LONGEST_REASON = 500


@dataclass(frozen=True)
class TypedMark:
    """One row of the marking page: a mark in text, or the ticked items, None for nothing said; and the reason."""

    cell: Cell
    value: Any
    reason: str


def appoint_assessor(*, year: int, platform_type: str, assessor: User, by: User) -> AssessorAppointment:
    """The bureau appoints for the city platform, the city platform for the windows; nobody judges the own group."""
    _check_appoints(platform_type, by)
    if not appointable(platform_type).filter(pk=assessor.pk).exists():
        label = PlatformType(platform_type).label
        raise Refusal(f"{assessor}不能担任{label}的评委:须是在用的市工信局账号,评窗口平台的也可以是市平台账号")
    try:
        with transaction.atomic(), pghistory.context(user=by.pk):
            return AssessorAppointment.objects.create(
                year=year, platform_type=platform_type, assessor=assessor, appointed_by=by
            )
    except IntegrityError:
        raise Refusal(f"{assessor}已是该类型的评委") from None


def dismiss_assessor(*, appointment: AssessorAppointment, by: User) -> None:
    """End an appointment; drafts go with it (history keeps them). Marks that were handed in stay, and so does whoever
    gave them."""
    _check_appoints(appointment.platform_type, by)
    with transaction.atomic(), pghistory.context(user=by.pk):
        locked = AssessorAppointment.objects.select_for_update().filter(pk=appointment.pk).first()
        if locked is None:
            raise Refusal("该评委已被撤销指定")
        marks = AssessorMark.objects.filter(
            year=locked.year, assessor=locked.assessor_id, platform__platform_type=locked.platform_type
        )
        if marks.filter(handed_in_at__isnull=False).exists():
            raise Refusal(f"{locked.assessor}已提交评分,不能撤销指定")
        marks.delete()
        locked.delete()


def save_marks(*, year: int, platform_type: str, entries: Sequence[TypedMark], by: User) -> int:
    """Keep an assessor's draft, all or nothing; returns how many marks stand in it now. Nobody else sees a draft.

    An entry without mark and reason takes its draft away. What was handed in never changes: an entry that says the same
    is passed over, another one is refused.
    """
    sheet = sheet_of(year=year, platform_type=platform_type)
    with transaction.atomic(), pghistory.context(user=by.pk):
        _hold_appointment(by, sheet)
        stored = own_marks(by, sheet)
        faults = [fault for entry in entries for fault in _entry_faults(entry, sheet, stored)]
        if faults:
            raise Refusal(faults)
        for entry in entries:
            _save(entry, sheet, stored.get(entry.cell), by)
    return len(own_marks(by, sheet))


def hand_in_marks(*, year: int, platform_type: str, by: User) -> int:
    """Hand in every mark of the sheet; returns how many. Refused with everything that is not judged yet.

    From now on they never change, and this assessor sees those of the others who have handed in.
    """
    sheet = sheet_of(year=year, platform_type=platform_type)
    with transaction.atomic(), pghistory.context(user=by.pk):
        _hold_appointment(by, sheet)
        stored = own_marks(by, sheet)
        absent = [cell for cell in sheet.cells if cell not in stored]
        if absent:
            raise Refusal([Fault(f"{_name(cell, sheet)}还没有评分", expected="写明评分和理由") for cell in absent])
        drafts = [stored[cell].pk for cell in sheet.cells if stored[cell].handed_in_at is None]
        return AssessorMark.objects.filter(pk__in=drafts).update(handed_in_at=Now())


def _check_appoints(platform_type: str, by: User) -> None:
    if not by.has_perm("evaluation.appoint_assessor", Platform(platform_type=platform_type)):
        raise PermissionDenied(f"{by}不能指定{PlatformType(platform_type).label}的评委")


def _hold_appointment(by: User, sheet: Sheet) -> None:
    """One person's saving, handing in and dismissal take turns."""
    found = AssessorAppointment.objects.filter(assessor=by, year=sheet.year, platform_type=sheet.platform_type)
    if not found.select_for_update().exists():
        raise PermissionDenied(f"{by}不是{sheet.year}年度{PlatformType(sheet.platform_type).label}的评委")


def _entry_faults(entry: TypedMark, sheet: Sheet, stored: Mapping[Cell, AssessorMark]) -> list[Fault]:
    if entry.cell not in sheet.cells:
        return [Fault("评分的平台或指标不在评分范围内", value=f"{entry.cell.platform_id} {entry.cell.indicator}")]
    name, mark, reason = _name(entry.cell, sheet), stored.get(entry.cell), clean(entry.reason)
    if mark is not None and mark.handed_in_at is not None:
        same = (mark.value, mark.reason) == (entry.value, reason)
        return [] if same else [Fault(f"{name}的评分已提交,不能再改")]
    if entry.value is None:
        return [Fault(f"{name}写了理由,没有评分", expected="填写评分")] if reason else []
    faults = _value_faults(entry, sheet, name) + [Fault(each) for each in faults_in(reason, f"{name}的理由")]
    if not reason:
        faults.append(Fault(f"{name}的评分没有写理由", expected="每项评分都要写理由"))
    elif len(reason) > LONGEST_REASON:
        faults.append(Fault(f"{name}的理由有{len(reason)}字", expected=f"不超过{LONGEST_REASON}字"))
    return faults


def _value_faults(entry: TypedMark, sheet: Sheet, name: str) -> list[Fault]:
    """Judged by the functions that check a bundle's value."""
    measure = sheet.indicators[entry.cell.indicator].measure
    found = measure.wrong(measure.of_mark(entry.value))
    return [Fault(f"{name}的评分{message}") for _, message in found]


def _save(entry: TypedMark, sheet: Sheet, mark: AssessorMark | None, by: User) -> None:
    reason = clean(entry.reason)
    if mark is not None and (mark.handed_in_at is not None or (mark.value, mark.reason) == (entry.value, reason)):
        return
    if entry.value is None:
        if mark is not None:
            mark.delete()
        return
    AssessorMark.objects.update_or_create(
        year=sheet.year,
        platform_id=entry.cell.platform_id,
        indicator=entry.cell.indicator,
        assessor=by,
        defaults={"value": entry.value, "reason": reason, "saved_at": Now()},
    )


def _name(cell: Cell, sheet: Sheet) -> str:
    platform = next(platform for platform in sheet.platforms if platform.id == cell.platform_id)
    return f"{platform.name}的{cell.indicator}"
