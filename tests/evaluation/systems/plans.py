"""A draft of 2027 copied from a system of 2026 in force, and what the desk would send to change it."""

from dataclasses import replace
from datetime import date
from typing import Any

from core.models import User
from evaluation.systems.actions import change_draft, copy_system
from evaluation.systems.actions.systems import import_system
from evaluation.systems.checks.planning import RoutineEntry, TaskEntry
from evaluation.systems.checks.systems import key_tasks_of
from evaluation.systems.models import IndicatorSystem
from tests.evaluation.year.systems import in_force, system_document

YEAR = 2027


def entries(system: IndicatorSystem, **changes: dict[str, Any]) -> list[TaskEntry]:
    """Every key task as it stands; `changes` by code, e.g. K1={"points": "20"}."""
    known = {task.indicator: task for task in system.key_tasks.all()}
    return [
        replace(
            TaskEntry(
                code=task["code"],
                name=task["name"],
                points=task["points"],
                parameters={},
                base_document=known[task["code"]].base_document if task["code"] in known else "演示文件〔2026〕1号",
                responsible_section=known[task["code"]].responsible_section if task["code"] in known else "演示科",
                due_on=known[task["code"]].due_on if task["code"] in known else date(system.year, 11, 30),
            ),
            **changes.get(task["code"], {}),
        )
        for task in key_tasks_of(system.definition)
    ]


def new_task(**fields: Any) -> TaskEntry:
    """A sound new key task of 2027."""
    usual: dict[str, Any] = {
        "code": "",
        "name": "演示新增任务",
        "points": "5",
        "parameters": {"target": "6"},
        "base_document": "演示文件〔2027〕9号",
        "responsible_section": "演示新科",
        "due_on": date(YEAR, 10, 31),
        "unit": "项",
        "source": "report",
    }
    return TaskEntry(**{**usual, **fields})


def last_year(by: User, platform_type: str = "county_window", year: int = 2026) -> IndicatorSystem:
    """In force, with its key tasks."""
    draft = import_system(document=system_document(platform_type, year), by=by).system
    return in_force(change_draft(system=draft, tasks=entries(draft), routine=[], by=by))


def draft_of(by: User, year: int = YEAR) -> IndicatorSystem:
    return copy_system(system=last_year(by), year=year, by=by)


def change(
    draft: IndicatorSystem, by: User, *more: TaskEntry, routine: list[RoutineEntry] | None = None, **changes: Any
):
    """Through the action, as the page sends it; `more` are new tasks."""
    draft.refresh_from_db()
    tasks = [*entries(draft, **changes), *more]
    return change_draft(system=draft, tasks=tasks, routine=routine or [], by=by)
