"""Assessors and their marks: who is appointed, what each has to judge, how far they are. Reads only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from core.choices import Role
from core.models import User
from evaluation.marking.checks import is_assessed
from evaluation.marking.models import AssessorAppointment, AssessorMark
from evaluation.participation.checks import not_ranked_reason
from evaluation.participation.queries import Participant, participants
from evaluation.scoring.system import Indicator
from evaluation.systems.queries import rules_in_force
from platforms.choices import EVALUATED_TYPES, PlatformType

# Who may be appointed for a type: nobody judges the own group (细则 R4.1).
ASSESSING_ROLES = {kind: (Role.BUREAU, Role.CITY_PLATFORM) for kind in EVALUATED_TYPES} | {
    PlatformType.CITY_PLATFORM: (Role.BUREAU,)
}


class Cell(NamedTuple):
    """What one mark is about."""

    platform_id: int
    indicator: str


@dataclass(frozen=True)
class Sheet:
    """What the assessors of a type judge in a year: platforms by code, indicators in system order."""

    year: int
    platform_type: str
    platforms: Sequence[Participant]
    indicators: Mapping[str, Indicator]

    @cached_property
    def cells(self) -> list[Cell]:
        return [Cell(platform.id, code) for platform in self.platforms for code in self.indicators]


@dataclass(frozen=True)
class Progress:
    """One assessor and how many marks of a sheet they have handed in."""

    appointment: AssessorAppointment
    handed_in: int
    expected: int

    @property
    def is_done(self) -> bool:
        return self.handed_in >= self.expected


@dataclass(frozen=True)
class SheetProgress:
    """A type's sheet and its assessors. Only when all are done may anybody compare their marks."""

    sheet: Sheet
    assessors: Sequence[Progress] = field(default=())

    @property
    def label(self) -> str:
        return str(PlatformType(self.sheet.platform_type).label)

    @property
    def all_done(self) -> bool:
        return bool(self.assessors) and all(each.is_done for each in self.assessors)

    @property
    def waiting(self) -> int:
        return sum(not each.is_done for each in self.assessors)


def sheet_of(*, year: int, platform_type: str) -> Sheet:
    """By the system in force; without one there is nothing to judge. Two queries."""
    rules = rules_in_force(platform_type=platform_type, year=year)
    known = rules.by_code if rules else {}
    taking_part = [p for p in participants(platform_type=platform_type) if not not_ranked_reason(p.accepted_on, year)]
    return Sheet(year, platform_type, taking_part, {code: known[code] for code in known if is_assessed(known[code])})


def progress_of(*, year: int, platform_types: Sequence[str]) -> list[SheetProgress]:
    """How far the assessors of these types are, with names and numbers alone, never with marks."""
    appointments = AssessorAppointment.objects.filter(year=year).select_related("assessor").order_by("pk")
    marks = AssessorMark.objects.filter(year=year, handed_in_at__isnull=False)
    given: dict[int, set[Cell]] = defaultdict(set)
    for assessor, platform, indicator in marks.values_list("assessor_id", "platform_id", "indicator"):
        given[assessor].add(Cell(platform, indicator))
    found = []
    for kind in platform_types:
        sheet = sheet_of(year=year, platform_type=kind)
        cells = set(sheet.cells)
        rows = [
            Progress(each, len(cells & given[each.assessor_id]), len(cells))
            for each in appointments
            if each.platform_type == kind
        ]
        found.append(SheetProgress(sheet, rows))
    return found


def appointment_of(user: User, *, year: int, platform_type: str) -> AssessorAppointment | None:
    return AssessorAppointment.objects.filter(assessor=user, year=year, platform_type=platform_type).first()


def own_marks(user: User, sheet: Sheet) -> dict[Cell, AssessorMark]:
    rows = AssessorMark.objects.filter(assessor=user, year=sheet.year, platform__in=[p.id for p in sheet.platforms])
    return {Cell(row.platform_id, row.indicator): row for row in rows}


def compared_marks(progress: SheetProgress) -> dict[Cell, list[AssessorMark]]:
    """Everybody's marks side by side, in the order of appointment; nothing until all have handed in (R3.1(3))."""
    if not progress.all_done:
        return {}
    order = {each.appointment.assessor_id: place for place, each in enumerate(progress.assessors)}
    rows = AssessorMark.objects.filter(
        year=progress.sheet.year,
        platform__in=[p.id for p in progress.sheet.platforms],
        assessor__in=order,
        handed_in_at__isnull=False,
    ).select_related("assessor")
    found: dict[Cell, list[AssessorMark]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: order[row.assessor_id]):
        found[Cell(row.platform_id, row.indicator)].append(row)
    return found


def appointable(platform_type: str) -> QuerySet[User]:
    """Accounts that may be appointed for a type, in use today."""
    today = timezone.localdate()
    rows = User.objects.filter(role__in=ASSESSING_ROLES[PlatformType(platform_type)], is_active=True)
    return rows.exclude(expires_on__lt=today).order_by("full_name", "pk")
