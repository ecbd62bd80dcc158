"""The grid in which a platform fills in a quarter: one row for every indicator of its system, those it is asked for
with their cells, the others with who supplies them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.periods import Quarter
from evaluation.collection.checks.typed_figures import REASON, REMARK, CellFault, Entry, typed_cells
from evaluation.collection.models import SubmittedFigure
from evaluation.collection.queries.submissions import SubmissionFacts
from evaluation.intake.models import Figure
from evaluation.scoring.measures import parse_measure
from evaluation.systems.checks.definition import REGISTER_FED, REGISTRY_FED, is_asked
from evaluation.wording import item_name, measure_text, rule_text, value_text

NOTHING = "—"
_SUPPLIED = {
    "hub": "由省枢纽平台提供,无需填报",
    "record": "由工作记录提供,无需填报",
    "survey": "由满意度调查提供,无需填报",
    "assessor": "由评委评分,无需填报",
}
_REGISTER = "由企业认定名单和服务记录统计,无需填报"
_REGISTRY = "由平台登记统计,无需填报"
_CELL_NAMES = {"value": "", "numerator": "分子", "denominator": "分母"}


@dataclass(frozen=True)
class Cell:
    """One field: its name in the form, its label, what stands in it, what is wrong with that."""

    name: str
    label: str
    text: str
    fault: str = ""


@dataclass(frozen=True)
class GridRow:
    """`figure` is None where nothing is asked; then `supplied` says who does. Texts are ready to print."""

    indicator: Mapping[str, Any]
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

    @property
    def is_open(self) -> bool:
        return bool(self.cells)

    @property
    def kind(self) -> str:
        kind: str = self.indicator["measure"]["kind"]
        return kind

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
    facts: SubmissionFacts, typed: Mapping[str, Entry] | None = None, faults: Iterable[CellFault] = ()
) -> Grid:
    """`typed` stands in the cells instead of what is stored: rows that were sent and could not be kept."""
    maker = _Rows(facts, typed or {}, {(fault.indicator, fault.cell): fault.message for fault in faults})
    categories = [
        GridCategory(category["name"], tuple(maker.row(indicator) for indicator in category["indicators"]))
        for section in facts.submission.system.definition["sections"]
        for category in section["categories"]
    ]
    return Grid(facts.earlier, tuple(categories))


def submitted_value(indicator: Mapping[str, Any], figure: Any) -> str:
    """What a submitted figure says, a dash while it says nothing."""
    if figure is not None and figure.not_applicable_reason:
        return f"不适用:{figure.not_applicable_reason}"
    if figure is None or figure.value is None:
        return NOTHING
    return value_text(indicator, {"value": figure.value})


class _Rows:
    def __init__(
        self, facts: SubmissionFacts, typed: Mapping[str, Entry], faults: Mapping[tuple[str, str], str]
    ) -> None:
        self._facts, self._typed, self._faults = facts, typed, faults
        self._quarter = facts.submission.period.as_quarter

    def row(self, indicator: Mapping[str, Any]) -> GridRow:
        code = indicator["code"]
        figure = self._facts.figures.get(code) if is_asked(indicator) else None
        own = self._facts.targets.get(code, "")
        return GridRow(
            indicator=indicator,
            figure=figure,
            supplied="" if figure is not None else _supplied(indicator),
            value=submitted_value(indicator, figure) if figure is not None else self._now(indicator),
            earlier=tuple((quarter.code, self._then(indicator, quarter)) for quarter in self._facts.earlier),
            to_date=_to_date(indicator, self._year_values(indicator, figure)),
            target=own or indicator["rule"].get("target") or indicator["rule"].get("full", ""),
            measure=measure_text(indicator),
            rule=rule_text(indicator, own),
            fault=self._faults.get((code, ""), ""),
            **self._fields(indicator, figure),
        )

    def _fields(self, indicator: Mapping[str, Any], figure: SubmittedFigure | None) -> dict[str, Any]:
        """Cells of an open figure; nothing while the period is locked or the figure handed in."""
        if figure is None or not figure.is_open or self._facts.submission.period.status == "locked":
            return {}
        entry = self._typed.get(figure.indicator) or Entry(
            typed_cells(indicator["measure"], figure.value), figure.not_applicable_reason, figure.remark
        )
        stored = typed_cells(indicator["measure"], None)
        return {
            "cells": tuple(self._cell(figure.indicator, key, entry.cells.get(key, "")) for key in stored),
            "reason": self._word(figure.indicator, REASON, "不适用的原因", entry.reason),
            "remark": self._word(figure.indicator, REMARK, "说明", entry.remark),
        }

    def _cell(self, code: str, key: str, text: str) -> Cell:
        label = _CELL_NAMES[key] if key in _CELL_NAMES else item_name(key)
        return Cell(f"{code}.cell.{key}", label, text, self._faults.get((code, key), ""))

    def _word(self, code: str, key: str, label: str, text: str) -> Cell:
        return Cell(f"{code}.{key}", label, text, self._faults.get((code, key), ""))

    def _now(self, indicator: Mapping[str, Any]) -> str:
        """What a file says of this quarter; the year's own figure where there is no quarterly one."""
        code = indicator["code"]
        found = self._facts.taken_in.get((self._quarter, code)) or self._facts.taken_in.get((None, code))
        return _taken_in_text(indicator, found)

    def _then(self, indicator: Mapping[str, Any], quarter: Quarter) -> str:
        submitted = self._facts.submitted.get((quarter, indicator["code"]))
        if submitted is not None:
            return "不适用" if submitted.claims_not_applicable else submitted_value(indicator, submitted)
        return _taken_in_text(indicator, self._facts.taken_in.get((quarter, indicator["code"])))

    def _year_values(self, indicator: Mapping[str, Any], figure: SubmittedFigure | None) -> list[Any]:
        """The values of this year's quarters up to this one."""
        code, year = indicator["code"], self._quarter.year
        values = [said.value for (q, c), said in self._facts.submitted.items() if c == code and q.year == year]
        values += [
            _taken_in_value(indicator, said)
            for (q, c), said in self._facts.taken_in.items()
            if c == code and q is not None and q.year == year
        ]
        return [value for value in (*values, figure.value if figure else None) if value is not None]


def _supplied(indicator: Mapping[str, Any]) -> str:
    if indicator["code"] in REGISTER_FED:
        return _REGISTER
    return _REGISTRY if indicator["code"] in REGISTRY_FED else _SUPPLIED.get(indicator["source"], "无需填报")


def _taken_in_value(indicator: Mapping[str, Any], figure: Figure) -> Any:
    """A stored figure in the form of the bundle's `value`; None when there is none."""
    if figure.amount is None:
        return figure.parts
    amount = f"{figure.amount.normalize():f}"
    if indicator["measure"]["kind"] != "ratio":
        return amount
    return None if figure.base is None else {"numerator": amount, "denominator": f"{figure.base.normalize():f}"}


def _taken_in_text(indicator: Mapping[str, Any], figure: Figure | None) -> str:
    if figure is None:
        return NOTHING
    value = _taken_in_value(indicator, figure)
    return value_text(indicator, {"state": figure.state} if value is None else {"value": value})


def _to_date(indicator: Mapping[str, Any], values: list[Any]) -> str:
    """The year so far as one number, by the indicator's own measure: counts add up, ratios by their parts."""
    return parse_measure(indicator["measure"]).to_date(values)
