"""The indicator systems of the demonstration: two years taken in from files, the third copied on the desk with a few
differences. All base documents are plainly fictional."""

import json
from collections.abc import Mapping
from datetime import date

from core.files.excel.csv_parsing import parsed
from core.models import User
from demo import FOLDER
from evaluation.systems.actions import TargetCell, change_draft, copy_system, set_platform_targets
from evaluation.systems.actions.systems import import_system, put_system_in_force
from evaluation.systems.checks.planning import RoutineEntry, TaskEntry
from evaluation.systems.checks.systems import KEY_WORK
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from platforms.choices import EVALUATED_TYPES, PlatformType
from platforms.models import Platform

IMPORTED_YEARS, PLANNED_YEAR = (2024, 2025), 2026
LATE = "演示:年度已经开始,为演示系统补行施行"
# What 2026 asks for beyond 2025, in every type: a new key task, paid for by a lighter one, and one higher bar.
POINTS = {"K2": "15"}
NEW_TASK = {"name": "演示任务:中小企业人工智能应用场景对接", "points": "5", "unit": "项", "target": "6"}
RAISED_BAR = {"K9": {"full": "98"}}
# A small place with a target of its own.
OWN_TARGET = ("CNT-08", "K1", "60")


def load_systems(*, by: User, approver: User) -> None:
    """Loading again changes nothing."""
    particulars = _particulars()
    for platform_type in EVALUATED_TYPES:
        document = json.loads((FOLDER / "systems" / f"{platform_type}-2025.json").read_text(encoding="utf-8"))
        for year in IMPORTED_YEARS:
            system = import_system(document={**document, "code": f"{platform_type}-{year}"}, by=by).system
            if system.status == SystemStatus.DRAFT:
                if year in particulars:
                    system = _with_tasks(system, _entries(system, particulars[year]), by)
                put_system_in_force(system=system, by=approver, reason=LATE)
        _plan(platform_type, particulars[PLANNED_YEAR], by, approver)


def _plan(platform_type: PlatformType, particulars: Mapping[str, Mapping[str, str]], by: User, approver: User) -> None:
    """2026: copied from 2025, changed, put in force by the second person; once."""
    if IndicatorSystem.objects.filter(code=f"{platform_type}-{PLANNED_YEAR}").exists():
        return
    last = IndicatorSystem.objects.get(code=f"{platform_type}-{PLANNED_YEAR - 1}", status=SystemStatus.IN_FORCE)
    draft = copy_system(system=last, year=PLANNED_YEAR, by=by)
    new = TaskEntry(
        code="",
        name=NEW_TASK["name"],
        points=NEW_TASK["points"],
        parameters={"target": NEW_TASK["target"]},
        base_document=f"演示文件〔{PLANNED_YEAR}〕6号",
        responsible_section="演示数字科",
        due_on=date(PLANNED_YEAR, 12, 10),
        unit=NEW_TASK["unit"],
        source="report",
    )
    draft = _with_tasks(draft, [*_entries(draft, particulars), new], by)
    code, indicator, target = OWN_TARGET
    platform = Platform.objects.filter(code=code, platform_type=platform_type).first()
    if platform is not None:
        cells = {TargetCell(platform.pk, indicator): target}
        draft = set_platform_targets(system=draft, targets=cells, by=by)
    put_system_in_force(system=draft, by=approver, reason=LATE)


def _with_tasks(system: IndicatorSystem, tasks: list[TaskEntry], by: User) -> IndicatorSystem:
    is_planned = system.copied_from_id is not None
    routine = (
        [RoutineEntry("A11", system.rules.indicator("A11").points, {"target": _raised(system)})] if is_planned else []
    )
    return change_draft(system=system, tasks=tasks, routine=routine, by=by)


def _entries(system: IndicatorSystem, particulars: Mapping[str, Mapping[str, str]]) -> list[TaskEntry]:
    is_planned = system.copied_from_id is not None
    return [
        TaskEntry(
            code=task.code,
            name=task.name,
            points=POINTS.get(task.code, task.points) if is_planned else task.points,
            parameters=RAISED_BAR.get(task.code, {}) if is_planned else {},
            base_document=particulars[task.code]["依据文件"],
            responsible_section=particulars[task.code]["责任科室"],
            due_on=date.fromisoformat(particulars[task.code]["完成期限"]),
        )
        for task in system.rules.section_indicators(KEY_WORK)
    ]


def _raised(system: IndicatorSystem) -> str:
    """A third more notices and policies than the year before."""
    return str(int(system.rules.indicator("A11").rule.aim()) * 4 // 3)


def _particulars() -> dict[int, dict[str, dict[str, str]]]:
    """key-work.csv: year → indicator → its row."""
    headings, *rows = parsed((FOLDER / "key-work.csv").read_bytes()).rows
    found: dict[int, dict[str, dict[str, str]]] = {}
    for row in (dict(zip(headings, cells, strict=True)) for cells in rows):
        found.setdefault(int(row["年度"]), {})[row["指标"]] = row
    return found
