"""What changed between two versions of a year's plan, with the words of the printed system."""

from core.numbers import plain
from evaluation.systems.checks import (
    DifferenceGroup,
    PlannedSystem,
    PlannedTarget,
    PlannedTask,
    Words,
    system_differences,
)
from evaluation.systems.models import IndicatorSystem
from evaluation.wording import SOURCES, feed_text, item_name, standard_text

WORDS = Words(item=item_name, source=lambda code: SOURCES.get(code, code), standard=standard_text, feed=feed_text)


def plan_differences(before: IndicatorSystem, after: IndicatorSystem) -> list[DifferenceGroup]:
    """From one stored version to another."""
    return system_differences(planned_system(before), planned_system(after), WORDS)


def planned_system(system: IndicatorSystem) -> PlannedSystem:
    """A stored version as the differences take it; two queries."""
    tasks = {
        task.indicator: PlannedTask(task.base_document, task.responsible_section, task.due_on)
        for task in system.key_tasks.all()
    }
    targets = [
        PlannedTarget(own.platform.code, own.platform.name, own.indicator, plain(own.target))
        for own in system.targets.select_related("platform")
    ]
    return PlannedSystem(system.definition, tasks, targets)
