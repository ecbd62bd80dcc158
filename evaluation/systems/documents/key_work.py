"""A year's key work as printed beside the indicator table: what each task rests on, and platforms' own targets."""

from dataclasses import dataclass
from datetime import date

from core.numbers import plain
from evaluation.systems.checks.systems import KEY_WORK
from evaluation.systems.models import IndicatorSystem


@dataclass(frozen=True)
class TaskLine:
    """One key task; the particulars are empty where nobody wrote them down."""

    code: str
    name: str
    points: str
    base_document: str
    due_on: date | None
    responsible_section: str


@dataclass(frozen=True)
class OwnTargetLine:
    """A platform's own target beside the type's."""

    platform_name: str
    code: str
    name: str
    target: str
    usual_target: str
    unit: str


@dataclass(frozen=True)
class KeyWork:
    tasks: tuple[TaskLine, ...]
    targets: tuple[OwnTargetLine, ...]

    @property
    def has_particulars(self) -> bool:
        """Systems that were taken in from a file may have none."""
        return any(task.base_document for task in self.tasks)


def key_work(system: IndicatorSystem) -> KeyWork:
    """Tasks in system order, targets by platform; two queries."""
    known = {task.indicator: task for task in system.key_tasks.all()}
    tasks = []
    for indicator in system.rules.section_indicators(KEY_WORK):
        task = known.get(indicator.code)
        tasks.append(
            TaskLine(
                code=indicator.code,
                name=indicator.name,
                points=indicator.points,
                base_document=task.base_document if task else "",
                due_on=task.due_on if task else None,
                responsible_section=task.responsible_section if task else "",
            )
        )
    return KeyWork(tuple(tasks), _own_targets(system))


def _own_targets(system: IndicatorSystem) -> tuple[OwnTargetLine, ...]:
    indicators = system.rules.by_code
    rows = system.targets.select_related("platform").order_by("platform__code", "indicator")
    return tuple(
        OwnTargetLine(
            platform_name=own.platform.name,
            code=own.indicator,
            name=indicators[own.indicator].name,
            target=plain(own.target),
            usual_target=indicators[own.indicator].rule.aim(),
            unit=indicators[own.indicator].unit,
        )
        for own in rows
        if own.indicator in indicators
    )
