"""Reading the file of all other annual figures (细则 R3). Writes nothing."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from core.bulk import copy_cell
from core.errors import Refusal
from core.files.excel.delimited import read_csv
from evaluation.intake.actions.reading import Reading, faults_of, refuse_if_any
from evaluation.intake.checks.figure_rows import (
    read_figure_table,
    unreported,
    year_of,
    yearless_findings,
)
from evaluation.intake.checks.figures import FigureRow
from evaluation.intake.checks.registry import Registered
from evaluation.intake.choices import BatchKind
from evaluation.intake.models import ANNUAL
from evaluation.intake.queries.imports import registered_platforms
from evaluation.participation.queries import expected_platforms
from evaluation.systems.queries import rules_in_force
from platforms.choices import EVALUATED_TYPES


@dataclass(frozen=True)
class FiguresReading(Reading):
    """A sound file of one year's figures."""

    kind: ClassVar[str] = BatchKind.FIGURES
    permission: ClassVar[str] = "evaluation.import_figures"
    media_type: ClassVar[str] = "text/csv"

    rows: list[FigureRow] = field(repr=False, default_factory=list)

    @property
    def row_count(self) -> int:
        return len(self.rows)

    @property
    def figure_count(self) -> int:
        return len(self.rows)

    def platforms(self) -> Iterable[Registered]:
        return (row.platform for row in self.rows)

    def figures(self) -> Iterator[FigureRow]:
        return iter(self.rows)

    def copy_lines(self, batch: int) -> Iterator[str]:
        for row, platform, indicator, (state, amount, base, parts) in self.figures():
            told = None if parts is None else json.dumps(parts, ensure_ascii=False, sort_keys=True)
            fields = (batch, platform.id, indicator, self.year, self.quarter, row, state, amount, base, told)
            yield "\t".join(map(copy_cell, fields)) + "\n"


def read_figures(*, content: bytes, file_name: str) -> FiguresReading:
    """Read and check a CSV file of figures; raises `Refusal` with every fault by row, column and value. What the file
    leaves out is a notice.

    Values are checked against the indicator system in force for the platform's type and the file's year, by the same
    functions that check a bundle. Figures of the provincial platform are refused here: they have their own file.
    """
    rows = read_csv(content)
    year = year_of(rows)
    if year is None:
        raise Refusal(faults_of(yearless_findings(rows)))
    platforms = registered_platforms()
    rules = {kind.value: rules_in_force(platform_type=kind, year=year) for kind in EVALUATED_TYPES}
    systems = {kind: found.by_code if found else None for kind, found in rules.items()}
    table = read_figure_table(rows, {p.code: p for p in platforms}, systems, year)
    refuse_if_any(table.findings)
    expected = expected_platforms(accepted_by=date(year, 6, 30))
    notices = unreported(table.rows, [platform for platform in platforms if platform.id in expected], systems)
    return FiguresReading(year, ANNUAL, file_name, content, tuple(faults_of(notices)), table.rows)
