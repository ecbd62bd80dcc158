"""A year's plan as the bureau types it: points, targets and key tasks put into a draft's document (细则 R3.5). Pure;
whether the document is sound is judged by the checks of systems."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.characters import plain_forms
from evaluation.scoring.document import Document
from evaluation.scoring.measures import NEW_MEASURE
from evaluation.scoring.rules import NEW_RULE, RULES
from evaluation.systems.checks.systems import KEY_WORK, NUMBER, key_tasks_of, listed_indicators

TASKS, ROUTINE = "key_tasks", "routine"
LABELS = {
    "name": "名称",
    "points": "分值",
    "unit": "单位",
    "source": "数据来源",
    "evidence": "佐证材料",
    "base_document": "依据文件",
    "responsible_section": "责任科室",
    "due_on": "完成期限",
    **{f"rule_{each.name}": each.label for rule in RULES.values() for each in rule.parameters},
}
NUMBER_WANTED = "不小于0的数,如12或0.5(整数至多12位,小数至多6位)"
# Where the figures of a key task that the bureau adds can come from; the hub's columns are given.
NEW_TASK_SOURCES = ("report", "record", "assessor")
_NUMBERED = re.compile(r"(.*?)([0-9]{1,4})")
_LONGEST = {"name": 80, "unit": 20, "evidence": 100, "base_document": 200, "responsible_section": 60}


@dataclass(frozen=True)
class RoutineEntry:
    """What was typed for one indicator of routine work; `parameters` are its rule's, by name."""

    code: str
    points: str
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class TaskEntry:
    """What was typed for one key task; a new one has no code yet. `source` and `unit` matter for new ones alone."""

    code: str
    name: str
    points: str
    parameters: Mapping[str, str]
    base_document: str
    due_on: date | None
    responsible_section: str = ""
    unit: str = ""
    source: str = "report"
    evidence: str = ""


@dataclass(frozen=True)
class PlanFinding:
    """One thing wrong with a plan. `group` and `index` name the entry, `field` its field; '' for the whole plan."""

    message: str
    value: str = ""
    group: str = ""
    index: int = -1
    field: str = ""


@dataclass(frozen=True)
class Plan:
    """The document that follows from the entries, the code of each key task in their order, and what is wrong with the
    entries themselves."""

    definition: dict[str, Any]
    task_codes: tuple[str, ...]
    findings: tuple[PlanFinding, ...]


def planned(
    definition: Document,
    tasks: Sequence[TaskEntry],
    routine: Sequence[RoutineEntry],
    *,
    year: int,
    used_codes: Sequence[str] = (),
) -> Plan:
    """The draft's document with every entry in place. Key tasks without an entry are taken out, entries without a code
    are added under the next free number; `used_codes` are taken although the document does not hold them."""
    document = deepcopy(dict(definition))
    codes = _codes(tasks, [*used_codes, *(i["code"] for i in listed_indicators(document))])
    known = {task["code"]: task for task in key_tasks_of(document)}
    built = [_task(code, known.get(code), entry) for code, entry in zip(codes, tasks, strict=True)]
    _place(document, known, built)
    by_code = {indicator["code"]: indicator for indicator in listed_indicators(document)}
    for entry in routine:
        if entry.code in by_code and entry.code not in known:
            _set(by_code[entry.code], entry.points, entry.parameters)
    findings = [*_task_findings(tasks, known, year), *_unknown_routine(routine, by_code, known)]
    return Plan(document, codes, tuple(findings))


def number_text(typed: str, before: str = "") -> str:
    """A number as the document writes it: no spaces, half width, no needless zeros; unchanged when its worth is. What
    is no number stays as typed, for the checks to find."""
    text = plain_forms(typed).strip()
    if NUMBER.fullmatch(text) is None:
        return text
    if NUMBER.fullmatch(before) is not None and Decimal(before) == Decimal(text):
        return before
    return text.rstrip("0").rstrip(".") if "." in text else text


def _codes(tasks: Sequence[TaskEntry], used: Sequence[str]) -> tuple[str, ...]:
    """New tasks are numbered on, with the letters that the tasks before them have."""
    letters = next((match[1] for entry in tasks if (match := _NUMBERED.fullmatch(entry.code))), "K")
    numbers = [int(match[2]) for code in used if (match := _NUMBERED.fullmatch(code)) and match[1] == letters]
    following = iter(range(max(numbers, default=0) + 1, 100_000))
    return tuple(entry.code or f"{letters}{next(following)}" for entry in tasks)


def _task(code: str, known: Document | None, entry: TaskEntry) -> dict[str, Any]:
    task: dict[str, Any] = deepcopy(dict(known)) if known else _new_task(code, entry)
    task["name"] = entry.name.strip()
    if entry.evidence.strip() or "evidence" in task:
        task["evidence"] = entry.evidence.strip()
    _set(task, entry.points, entry.parameters)
    return task


def _new_task(code: str, entry: TaskEntry) -> dict[str, Any]:
    """A counted task with a target, as nearly every key task is."""
    return {
        "code": code,
        "name": "",
        "points": "",
        "unit": entry.unit.strip(),
        "clause": "R3.5",
        "source": entry.source,
        "quarterly": False,
        "evidence": "",
        "measure": NEW_MEASURE.blank(),
        "rule": NEW_RULE.blank(),
    }


def _set(indicator: dict[str, Any], points: str, parameters: Mapping[str, str]) -> None:
    indicator["points"] = number_text(points, indicator["points"])
    for name, typed in parameters.items():
        if name in indicator["rule"] and name != "kind":
            indicator["rule"][name] = number_text(typed, indicator["rule"][name])


def _place(document: dict[str, Any], known: Document, built: Sequence[dict[str, object]]) -> None:
    """Each task where it stood; new ones at the end of the last category."""
    left = {task["code"]: task for task in built}
    categories = [c for section in document["sections"] if section["code"] == KEY_WORK for c in section["categories"]]
    for category in categories:
        kept = [task["code"] for task in category["indicators"] if task["code"] in left]
        category["indicators"] = [left.pop(code) for code in kept]
    if categories:
        categories[-1]["indicators"] += [task for code, task in left.items() if code not in known]


def in_year(day: date, year: int) -> date:
    """The same month and day of another year; 29 February becomes the 28th where there is none."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, day.month, 28 if (day.month, day.day) == (2, 29) and not is_leap else day.day)


def _task_findings(tasks: Sequence[TaskEntry], known: Document, year: int) -> Iterator[PlanFinding]:
    seen: set[str] = set()
    for index, entry in enumerate(tasks):
        if entry.code and (entry.code not in known or entry.code in seen):
            yield PlanFinding("草案中没有这项重点工作,可能已被他人删去,请重新打开页面", entry.code, TASKS, index)
        seen.add(entry.code)
        for field in ("name", "base_document") if entry.code else ("name", "unit", "base_document"):
            if not getattr(entry, field).strip():
                yield PlanFinding(f"请填写{LABELS[field]}", "", TASKS, index, field)
        if not entry.code and entry.source not in NEW_TASK_SOURCES:
            yield PlanFinding("请选择数据来源", entry.source, TASKS, index, "source")
        if entry.due_on is None or entry.due_on.year != year:
            wrong = "请填写完成期限" if entry.due_on is None else f"完成期限应在{year}年内"
            yield PlanFinding(wrong, str(entry.due_on or ""), TASKS, index, "due_on")
        yield from _too_long(entry, index)


def _too_long(entry: TaskEntry, index: int) -> Iterator[PlanFinding]:
    for field, longest in _LONGEST.items():
        length = len(getattr(entry, field).strip())
        if length > longest:
            yield PlanFinding(f"{LABELS[field]}有{length}个字,至多{longest}个字", "", TASKS, index, field)


def _unknown_routine(
    routine: Sequence[RoutineEntry], by_code: Mapping[str, Any], known: Mapping[str, Any]
) -> Iterator[PlanFinding]:
    for index, entry in enumerate(routine):
        if entry.code not in by_code or entry.code in known:
            yield PlanFinding("常规考核中没有这个指标,请重新打开页面", entry.code, ROUTINE, index)
