"""Changing a draft on the desk: key tasks, points, targets; every fault at once, each with its field."""

import re
from collections.abc import Iterator, Mapping, Sequence

import pghistory
from django.db import transaction

from core.models import User
from core.policy import citation
from evaluation.scoring.canonical import digest
from evaluation.scoring.document import Document
from evaluation.scoring.faults import system_faults
from evaluation.scoring.system import parse_system
from evaluation.systems.actions.drafts import PlanFault, fault_of, locked_draft, refuse_if_any, stamp
from evaluation.systems.checks.planning import (
    NUMBER_WANTED,
    ROUTINE,
    TASKS,
    Plan,
    PlanFinding,
    RoutineEntry,
    TaskEntry,
    planned,
)
from evaluation.systems.checks.systems import NUMBER, weights_and_points
from evaluation.systems.models import IndicatorSystem, KeyTask

_INDICATOR = re.compile(r"\$\.sections\[(\d+)\]\.categories\[(\d+)\]\.indicators\[(\d+)\]\.(.+)")
_SECTION_POINTS = re.compile(r"\$\.sections\[\d+\]\.points")  # weights_and_points says it in the policy's words


def change_draft(
    *,
    system: IndicatorSystem,
    tasks: Sequence[TaskEntry],
    routine: Sequence[RoutineEntry],
    by: User,
) -> IndicatorSystem:
    """Put the plan into the draft's document. `tasks` are all of its key tasks: one that is left out is cancelled and
    takes platforms' own targets for it along; routine indicators that are left out stay as they are. Nothing is
    stamped when nothing changes."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        draft = locked_draft(system, by=by)
        plan = planned(draft.definition, tasks, routine, year=draft.year, used_codes=_earlier_codes(draft))
        refuse_if_any(_faults(plan, tasks, routine))
        is_same = plan.definition == draft.definition
        if not _store_tasks(draft, plan, tasks) and is_same:
            return draft
        draft.definition, draft.sha256 = plan.definition, digest(plan.definition)
        return stamp(draft, by)


def _earlier_codes(draft: IndicatorSystem) -> list[str]:
    """A cancelled task's code is not given to another one."""
    earlier = draft.copied_from
    return list(earlier.rules.codes) if earlier else []


def _store_tasks(draft: IndicatorSystem, plan: Plan, tasks: Sequence[TaskEntry]) -> bool:
    """Whether anything had to be written."""
    known = {task.indicator: task for task in draft.key_tasks.all()}
    written = False
    for code, entry in zip(plan.task_codes, tasks, strict=True):
        task = known.pop(code, None) or KeyTask(system=draft, indicator=code)
        texts = (entry.base_document.strip(), entry.responsible_section.strip(), entry.due_on)
        if (task.base_document, task.responsible_section, task.due_on) != texts:
            task.base_document, task.responsible_section = texts[:2]
            assert entry.due_on is not None  # noqa: S101  the findings have refused an entry without a deadline
            task.due_on = entry.due_on
            task.save()
            written = True
    for task in known.values():
        task.delete()
    kept = parse_system(plan.definition).codes
    removed, _ = draft.targets.exclude(indicator__in=kept).delete()
    return written or bool(known) or bool(removed)


def _faults(plan: Plan, tasks: Sequence[TaskEntry], routine: Sequence[RoutineEntry]) -> list[PlanFault]:
    """The entries' own, then the core's at their fields, then the policy's sums."""
    places = {code: (TASKS, index) for index, code in enumerate(plan.task_codes)}
    places |= {entry.code: (ROUTINE, index) for index, entry in enumerate(routine)}
    names = {
        (TASKS, index): f"重点工作{entry.code}" if entry.code else f"新增的重点工作“{entry.name.strip()}”"
        for index, entry in enumerate(tasks)
    }
    names |= {(ROUTINE, index): f"指标{entry.code}" for index, entry in enumerate(routine)}
    findings = [*plan.findings, *_document_findings(plan.definition, places)]
    faults = [fault_of(finding, names.get((finding.group, finding.index), "")) for finding in findings]
    check = weights_and_points(plan.definition)
    return faults + [PlanFault(f"{finding}({citation(check.clause)})") for finding in check.findings]


def _document_findings(definition: Document, places: Mapping[str, tuple[str, int]]) -> Iterator[PlanFinding]:
    for fault in system_faults(definition):
        match = _INDICATOR.fullmatch(fault.path)
        if match is None:
            if _SECTION_POINTS.fullmatch(fault.path) is None:
                yield PlanFinding(str(fault))
            continue
        section, category, position = map(int, match.groups()[:3])
        indicator = definition["sections"][section]["categories"][category]["indicators"][position]
        group, index = places.get(indicator["code"], ("", -1))
        yield _located(indicator, match[4], fault.message, group, index)


def _located(indicator: Document, path: str, message: str, group: str, index: int) -> PlanFinding:
    field = path.replace("rule.", "rule_")
    value = indicator["rule"].get(path.removeprefix("rule.")) if path.startswith("rule.") else indicator.get(path)
    text = value if isinstance(value, str) else ""
    is_number = path == "points" or path.startswith("rule.")
    if is_number and NUMBER.fullmatch(text) is None:
        return PlanFinding(f"应填{NUMBER_WANTED}" if text else "请填写", text, group, index, field)
    return PlanFinding(message, "", group, index, field)
