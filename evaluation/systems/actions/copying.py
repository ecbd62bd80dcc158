"""Last year's system as the draft of another year."""

import pghistory
from django.db import transaction

from core.errors import Fault
from core.models import User
from evaluation.scoring.canonical import digest
from evaluation.systems.actions.drafts import check_may_plan, refuse_if_any
from evaluation.systems.actions.systems import lock_code
from evaluation.systems.checks.planning import in_year
from evaluation.systems.checks.systems import system_type_and_year
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem, KeyTask, PlatformTarget


def copy_system(*, system: IndicatorSystem, year: int, by: User) -> IndicatorSystem:
    """A draft of the same type for this year or a later one, with the key tasks' particulars and the platforms' own
    targets; deadlines keep their month and day. One draft of a code at a time."""
    check_may_plan(by)
    code = f"{system.platform_type}-{year}"
    with transaction.atomic(), pghistory.context(user=by.pk):
        lock_code(code)
        versions = IndicatorSystem.objects.filter(code=code).order_by("-version")
        refuse_if_any(_obstacles(system, code, year, versions.filter(status=SystemStatus.DRAFT).first()))
        newest = versions.first()
        definition = {**system.definition, "code": code, "version": newest.version + 1 if newest else 1}
        draft = IndicatorSystem.objects.create(
            platform_type=system.platform_type,
            code=code,
            version=definition["version"],
            definition=definition,
            sha256=digest(definition),
            imported_by=by,
            copied_from=system,
        )
        _copy_particulars(system, draft)
    draft.refresh_from_db()
    return draft


def _obstacles(system: IndicatorSystem, code: str, year: int, draft: IndicatorSystem | None) -> list[Fault]:
    faults = []
    if system.status == SystemStatus.DRAFT:
        faults.append(Fault(f"{system}还是草案,只能复制已施行或已停用的指标体系"))
    if system_type_and_year(code) is None or year < system.year:
        faults.append(Fault("年度不对", expected=f"{system.year}年或以后的年度", value=str(year)))
    if draft is not None:
        faults.append(Fault(f"{draft}已是{year}年度的草案,请直接修改"))
    return faults


def _copy_particulars(system: IndicatorSystem, draft: IndicatorSystem) -> None:
    tasks = [(task, in_year(task.due_on, draft.year)) for task in system.key_tasks.all()]
    for task, due_on in tasks:
        KeyTask.objects.create(
            system=draft,
            indicator=task.indicator,
            base_document=task.base_document,
            responsible_section=task.responsible_section,
            due_on=due_on,
        )
    for own in system.targets.all():
        PlatformTarget.objects.create(
            system=draft, platform_id=own.platform_id, indicator=own.indicator, target=own.target
        )
