"""The grid in which a platform fills in a quarter: one row for every indicator of its system, those it is asked for
with their cells, the others with who supplies them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.numbers import plain
from core.periods import Quarter
from evaluation.collection.checks.typed_figures import REASON, REMARK, CellFault, Entry
from evaluation.collection.documents.standing import NOTHING, Standing, standing_words, submitted_value
from evaluation.collection.models import SubmittedFigure
from evaluation.collection.queries.submissions import SubmissionFacts
from evaluation.intake.models import Figure
from evaluation.scoring.feeds import ASSESSOR, COORDINATION, COVERAGE, HUB, PLATFORM, REGISTER, SERVICES, SURVEY
from evaluation.scoring.measures import Columns
from evaluation.scoring.system import Indicator
from evaluation.scoring.typed import InputCell
from evaluation.wording import item_name, measure_text, rule_text, value_text

_SUPPLIED = {
    HUB: "由省枢纽平台提供,无需填报",
    COORDINATION: "由工作记录提供,无需填报",
    SERVICES: "由服务记录统计,无需填报",
    SURVEY: "由满意度调查提供,无需填报",
    ASSESSOR: "由评委评分,无需填报",
    REGISTER: "由企业认定名单和服务记录统计,无需填报",
    COVERAGE: "由平台登记统计,无需填报",
    PLATFORM: "无需填报",
}


@dataclass(frozen=True)
class Cell:
    """One field: its name in the form, its label, what stands in it, what is wrong with that."""

    name: str
    label: str
    text: str
    fault: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class GridRow:
    """`figure` is None where nothing is asked; then `supplied` says who does. Texts are ready to print. `seen` is the
    version whose words the cells show or answer, `standing` what somebody else wrote there meanwhile."""

    indicator: Indicator
    figure: SubmittedFigure | None
    supplied: str
    value: str
    earlier: tuple[tuple[str, str], ...]
    to_date: str
    target: str
    measure: str
    rule: str
    cells: tuple[Cell, ...] = ()
    reason: Cell | None = None
    remark: Cell | None = None
    fault: str = ""
    seen: int | None = None
    standing: Standing | None = None

    @property
    def is_open(self) -> bool:
        return bool(self.cells)

    @property
    def has_words(self) -> bool:
        """Whether the fold with reason and remark stands open."""
        return any(cell is not None and (cell.text or cell.fault) for cell in (self.reason, self.remark))

    @property
    def evidence_count(self) -> int:
        return len(getattr(self.figure, "kept_evidence", ()))


@dataclass(frozen=True)
class GridCategory:
    name: str
    rows: tuple[GridRow, ...]


@dataclass(frozen=True)
class Grid:
    quarters: tuple[Quarter, ...]
    categories: tuple[GridCategory, ...]

    @property
    def asked(self) -> list[GridRow]:
        return [row for category in self.categories for row in category.rows if row.figure is not None]

    @property
    def open_rows(self) -> list[GridRow]:
        return [row for row in self.asked if row.is_open]


def submission_grid(
    facts: SubmissionFacts,
    typed: Mapping[str, Entry] | None = None,
    faults: Iterable[CellFault] = (),
    conflicts: Collection[str] = (),
) -> Grid:
    """`typed` stands in the cells instead of what is stored: rows that were sent and could not be kept. In those of
    `conflicts` it stands beside what somebody else wrote."""
    said = {(fault.indicator, fault.cell): fault.message for fault in faults}
    maker = _Rows(facts, typed or {}, said, conflicts)
    categories = [
        GridCategory(category.name, tuple(maker.row(indicator) for indicator in category.indicators))
        for category in facts.submission.system.rules.categories
    ]
    return Grid(facts.earlier, tuple(categories))


class _Rows:
    def __init__(
        self,
        facts: SubmissionFacts,
        typed: Mapping[str, Entry],
        faults: Mapping[tuple[str, str], str],
        conflicts: Collection[str],
    ) -> None:
        self._facts, self._typed, self._faults, self._conflicts = facts, typed, faults, conflicts
        self._quarter = facts.submission.period.as_quarter

    def row(self, indicator: Indicator) -> GridRow:
        code = indicator.code
        figure = self._facts.figures.get(code) if indicator.is_asked else None
        own = self._facts.targets.get(code, "")
        return GridRow(
            indicator=indicator,
            figure=figure,
            supplied="" if figure is not None else _supplied(indicator),
            value=submitted_value(indicator, figure) if figure is not None else self._now(indicator),
            earlier=tuple((quarter.code, self._then(indicator, quarter)) for quarter in self._facts.earlier),
            to_date=indicator.measure.to_date(self._year_values(indicator, figure)),
            target=indicator.rule.aim(own),
            measure=measure_text(indicator),
            rule=rule_text(indicator, own),
            fault=self._faults.get((code, ""), ""),
            **self._fields(indicator, figure),
        )

    def _fields(self, indicator: Indicator, figure: SubmittedFigure | None) -> dict[str, Any]:
        """Cells of an open figure; nothing while the period is locked or the figure handed in."""
        if figure is None or not figure.is_open or self._facts.submission.period.is_locked:
            return {}
        measure = indicator.measure
        entry = self._typed.get(figure.indicator) or Entry(
            measure.typed(figure.value), figure.not_applicable_reason, figure.remark, figure.version
        )
        return {
            "seen": entry.seen,
            "standing": standing_words(indicator, figure) if figure.indicator in self._conflicts else None,
            "cells": tuple(self._cell(figure.indicator, asked, entry) for asked in measure.cells(item_name)),
            "reason": self._word(figure.indicator, REASON, "不适用的原因", entry.reason),
            "remark": self._word(figure.indicator, REMARK, "说明", entry.remark),
        }

    def _cell(self, code: str, asked: InputCell, entry: Entry) -> Cell:
        text, fault = entry.cells.get(asked.key, ""), self._faults.get((code, asked.key), "")
        return Cell(f"{code}.cell.{asked.key}", asked.label, text, fault, asked.choices)

    def _word(self, code: str, key: str, label: str, text: str) -> Cell:
        return Cell(f"{code}.{key}", label, text, self._faults.get((code, key), ""))

    def _now(self, indicator: Indicator) -> str:
        """What a file says of this quarter; the year's own figure where there is no quarterly one."""
        taken_in = self._facts.taken_in
        found = taken_in.get((self._quarter, indicator.column)) or taken_in.get((None, indicator.code))
        return _taken_in_text(indicator, found)

    def _then(self, indicator: Indicator, quarter: Quarter) -> str:
        submitted = self._facts.submitted.get((quarter, indicator.code))
        if submitted is not None:
            return "不适用" if submitted.claims_not_applicable else submitted_value(indicator, submitted)
        return _taken_in_text(indicator, self._facts.taken_in.get((quarter, indicator.column)))

    def _year_values(self, indicator: Indicator, figure: SubmittedFigure | None) -> list[Any]:
        """The values of this year's quarters up to this one."""
        code, year = indicator.code, self._quarter.year
        values = [said.value for (q, c), said in self._facts.submitted.items() if c == code and q.year == year]
        values += [
            _taken_in_value(indicator, said)
            for (q, c), said in self._facts.taken_in.items()
            if c == indicator.column and q is not None and q.year == year
        ]
        return [value for value in (*values, figure.value if figure else None) if value is not None]


def _supplied(indicator: Indicator) -> str:
    return _SUPPLIED[indicator.feed.kind]


def _taken_in_value(indicator: Indicator, figure: Figure) -> Any:
    """A stored figure in the form of the bundle's `value`; None when there is none."""
    amount, base = (None if number is None else plain(number) for number in (figure.amount, figure.base))
    return indicator.measure.value_of(Columns(amount, base, figure.parts))


def _taken_in_text(indicator: Indicator, figure: Figure | None) -> str:
    if figure is None:
        return NOTHING
    value = _taken_in_value(indicator, figure)
    return value_text(indicator, {"state": figure.state} if value is None else {"value": value})
