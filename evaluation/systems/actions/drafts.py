"""What every change of a draft needs: the locked row, faults that know their field, the stamp."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now

from core.errors import Fault, Refusal
from core.models import User
from evaluation.systems.checks.planning import LABELS, PlanFinding
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem

PERMISSION = "evaluation.plan_year"


@dataclass(frozen=True)
class PlanFault(Fault):
    """A fault of one field of a plan: `group` and `index` name the entry, `field` its field; all empty for the whole.
    `place` says the same to people."""

    group: str = ""
    index: int = -1
    field: str = ""
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}:{super().__str__()}" if self.place else super().__str__()


def fault_of(finding: PlanFinding, name: str) -> PlanFault:
    """`name` is the entry's in words: 重点工作K1, 指标A11."""
    label = LABELS.get(finding.field, "")
    place = f"{name}“{label}”" if name and label else name
    return PlanFault(
        finding.message,
        value=finding.value,
        group=finding.group,
        index=finding.index,
        field=finding.field,
        place=place,
    )


def check_may_plan(by: User) -> None:
    if not by.has_perm(PERMISSION):
        raise PermissionDenied(f"{by}没有编制年度重点工作与目标的权限")


def locked_draft(system: IndicatorSystem, *, by: User) -> IndicatorSystem:
    """The draft's row under lock; refused when it is no draft any more."""
    check_may_plan(by)
    locked = IndicatorSystem.objects.select_for_update().get(pk=system.pk)
    if locked.status != SystemStatus.DRAFT:
        raise Refusal(
            f"{locked}当前为“{locked.get_status_display()}”,施行后的指标体系不再改动,需要调整时请复制为新的一版"
        )
    return locked


def stamp(draft: IndicatorSystem, by: User) -> IndicatorSystem:
    """Whoever changed the draft last does not put it in force."""
    draft.changed_at, draft.changed_by = Now(), by
    draft.save()
    draft.refresh_from_db()
    return draft


def refuse_if_any(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise Refusal(found)
