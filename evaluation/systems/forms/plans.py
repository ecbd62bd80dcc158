"""What the bureau types in for a year's plan (细则 R3.5): every field takes any text, the action judges all of them at
once, and each fault comes back to its field."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms

from core.errors import Fault
from evaluation.scoring.rules import NEW_RULE
from evaluation.scoring.system import Indicator
from evaluation.systems.checks.planning import LABELS, NEW_TASK_SOURCES, ROUTINE, TASKS, RoutineEntry, TaskEntry
from evaluation.systems.checks.systems import KEY_WORK
from evaluation.systems.checks.systems import ROUTINE as ROUTINE_SECTION
from evaluation.systems.models import IndicatorSystem, KeyTask

NEW_ROWS = 3
PARAMETER = "rule_"
NEW_PARAMETERS = tuple(f"{PARAMETER}{each.name}" for each in NEW_RULE.parameters)


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A version as people know it: year, type, number, status."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.year}年度{obj.get_platform_type_display()} 第{obj.version}版({obj.get_status_display()})"


class CopyForm(forms.Form):
    """Which version becomes the draft of which year."""

    system = VersionField(
        IndicatorSystem.objects.none(), label="复制哪一版", error_messages={"required": "请选择要复制的指标体系"}
    )
    year = forms.IntegerField(
        label="用于年度", min_value=2020, max_value=2099, widget=forms.NumberInput(attrs={"class": "vIntegerField"})
    )

    def __init__(self, *arguments: Any, systems: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.label_suffix = ""
        field = self.fields["system"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker: declared above
        field.queryset = systems


class PlanRow(forms.Form):
    """One indicator: its points and the parameters of its rule."""

    points = forms.CharField(label=LABELS["points"], required=False, widget=forms.TextInput(attrs={"size": 6}))

    def __init__(self, indicator: Indicator | None, *arguments: Any, **options: Any) -> None:
        """Without an indicator the row of a new one."""
        super().__init__(*arguments, **options)
        self.label_suffix = ""
        self.indicator = indicator
        self.use_required_attribute = False
        self.initial = {"points": indicator.points if indicator else "", **self.initial}
        unit = (indicator.unit if indicator else "") or "数"
        for each, value in indicator.rule.given if indicator else NEW_RULE.missing():
            name = f"{PARAMETER}{each.name}"
            label = f"{each.label}({each.unit(unit)})" if indicator else each.label
            self.fields[name] = forms.CharField(label=label, required=False, widget=forms.TextInput(attrs={"size": 8}))
            self.initial.setdefault(name, value)

    @property
    def parameters(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(PARAMETER)]

    def typed(self) -> dict[str, str]:
        """The rule's parameters by their own names."""
        return {
            name.removeprefix(PARAMETER): text for name, text in self.cleaned_data.items() if name.startswith(PARAMETER)
        }


class TaskRow(PlanRow):
    """One key task with what it rests on."""

    name = forms.CharField(label=LABELS["name"], required=False, widget=forms.TextInput(attrs={"size": 60}))
    base_document = forms.CharField(
        label=LABELS["base_document"], required=False, widget=forms.TextInput(attrs={"size": 40})
    )
    responsible_section = forms.CharField(
        label=f"{LABELS['responsible_section']}(选填)", required=False, widget=forms.TextInput(attrs={"size": 20})
    )
    due_on = forms.DateField(
        label=LABELS["due_on"], required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    evidence = forms.CharField(
        label=f"{LABELS['evidence']}(选填)", required=False, widget=forms.TextInput(attrs={"size": 30})
    )
    remove = forms.BooleanField(label="取消这项重点工作", required=False)
    field_order: tuple[str, ...] = (
        "name",
        "points",
        "base_document",
        "responsible_section",
        "due_on",
        "evidence",
        "remove",
    )
    code = ""

    @property
    def asked_when_new(self) -> list[forms.BoundField]:
        return [self[name] for name in ("unit", "source") if name in self.fields]

    @property
    def removal(self) -> forms.BoundField | None:
        return self["remove"] if "remove" in self.fields else None

    @property
    def is_cancelled(self) -> bool:
        return bool(self.cleaned_data.get("remove"))

    def entry(self) -> TaskEntry:
        data = self.cleaned_data
        return TaskEntry(
            code=self.code,
            name=data["name"],
            points=data["points"],
            parameters=self.typed(),
            base_document=data["base_document"],
            responsible_section=data["responsible_section"],
            due_on=data.get("due_on"),
            evidence=data["evidence"],
            unit=data.get("unit", ""),
            source=data.get("source", ""),
        )


class NewTaskRow(TaskRow):
    """A key task to add: counted, with a target. An empty row is no task."""

    unit = forms.CharField(label=LABELS["unit"], required=False, widget=forms.TextInput(attrs={"size": 8}))
    source = forms.ChoiceField(
        label=LABELS["source"], required=False, choices=[(code, code) for code in NEW_TASK_SOURCES]
    )
    field_order = (
        "name",
        "points",
        *NEW_PARAMETERS,
        "unit",
        "source",
        "base_document",
        "responsible_section",
        "due_on",
    )

    def __init__(self, *arguments: Any, sources: Mapping[str, str], **options: Any) -> None:
        super().__init__(None, *arguments, **options)
        del self.fields["remove"]
        field = self.fields["source"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker: declared above
        field.choices = [(code, sources[code]) for code in NEW_TASK_SOURCES]

    @property
    def is_cancelled(self) -> bool:
        return not any(text for name, text in self.cleaned_data.items() if name != "source") and not self.errors


class PlanForm:
    """All rows of a draft; `data` is what was sent, None to show what stands. `sources` names the sources in words."""

    def __init__(self, draft: IndicatorSystem, data: Any = None, *, sources: Mapping[str, str]) -> None:
        known = {task.indicator: task for task in draft.key_tasks.all()}
        self.data = data
        self.tasks = [_task_row(task, known.get(task.code), data) for task in draft.rules.section_indicators(KEY_WORK)]
        self.new_tasks = [NewTaskRow(data, sources=sources, prefix=f"new-{number}") for number in range(NEW_ROWS)]
        self.routine = [
            PlanRow(indicator, data, prefix=indicator.code)
            for indicator in draft.rules.section_indicators(ROUTINE_SECTION)
        ]
        self.faults: list[str] = []
        if data is not None:
            for row in self.rows():
                row.full_clean()

    def rows(self) -> Iterator[PlanRow]:
        yield from (*self.tasks, *self.new_tasks, *self.routine)

    @property
    def kept(self) -> list[TaskRow]:
        """The key tasks that the draft shall have, in the order in which the action gets them."""
        return [row for row in (*self.tasks, *self.new_tasks) if not row.is_cancelled]

    def task_entries(self) -> list[TaskEntry]:
        return [row.entry() for row in self.kept]

    def routine_entries(self) -> list[RoutineEntry]:
        return [
            RoutineEntry(row.indicator.code, row.cleaned_data["points"], row.typed())
            for row in self.routine
            if row.indicator is not None
        ]

    def place(self, faults: Iterable[Fault]) -> None:
        """Each fault at its field, unless the field has one already; the rest above the form."""
        groups: dict[str, list[Any]] = {TASKS: list(self.kept), ROUTINE: list(self.routine)}
        for fault in faults:
            rows, index = groups.get(getattr(fault, "group", ""), []), getattr(fault, "index", -1)
            field = getattr(fault, "field", "")
            row = rows[index] if 0 <= index < len(rows) else None
            if row is None or field not in row.fields:
                self.faults.append(str(fault))
            elif field not in row.errors:
                row.add_error(field, fault.message)

    @property
    def fault_count(self) -> int:
        return len(self.faults) + sum(len(errors) for row in self.rows() for errors in row.errors.values())


def _task_row(indicator: Indicator, task: KeyTask | None, data: Any) -> TaskRow:
    initial: dict[str, Any] = {"name": indicator.name, "evidence": indicator.evidence}
    if task is not None:
        initial |= {
            "base_document": task.base_document,
            "responsible_section": task.responsible_section,
            "due_on": task.due_on,
        }
    row = TaskRow(indicator, data, prefix=indicator.code, initial=initial)
    row.code = indicator.code
    return row
