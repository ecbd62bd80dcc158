"""Reading the provincial platform's workbook of one quarter (细则 R3.1–R3.3, R3.5). Writes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from core.files.excel.reader import read_workbook
from core.periods import Quarter
from evaluation.choices import FigureState
from evaluation.findings import Finding
from evaluation.intake.actions.reading import CELLS, Reading, faults_of, refuse_if_any
from evaluation.intake.checks.figures import FigureRow, StoredFigure
from evaluation.intake.checks.hub_counts import Counts
from evaluation.intake.checks.hub_sheet import HubRow, read_hub_table
from evaluation.intake.checks.registry import Registered, Registry
from evaluation.intake.choices import BatchKind
from evaluation.intake.queries.imports import registered_platforms
from evaluation.participation.queries import expected_platforms
from evaluation.systems.checks.hub_columns import KEYS, POSITION, SETTLED_SHARE

_NUMERATOR, _DENOMINATOR = POSITION[SETTLED_SHARE.part], POSITION[SETTLED_SHARE.whole]
_MISSING = StoredFigure(FigureState.MISSING)


@dataclass(frozen=True)
class HubReading(Reading):
    """A sound workbook of one quarter."""

    kind: ClassVar[str] = BatchKind.HUB
    permission: ClassVar[str] = "evaluation.import_hub"
    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    rows: list[HubRow] = field(repr=False, default_factory=list)

    @property
    def row_count(self) -> int:
        return len(self.rows)

    @property
    def figure_count(self) -> int:
        return len(self.rows) * len(KEYS)

    def platforms(self) -> Iterable[Registered]:
        return (platform for _, platform, _ in self.rows)

    def figures(self) -> Iterator[FigureRow]:
        for row, platform, counts in self.rows:
            for position, key in enumerate(KEYS):
                yield FigureRow(row, platform, key, _figure(position, counts))

    def copy_lines(self, batch: int) -> Iterator[str]:
        """A complete row is one template filled in once; only a row with blanks is built figure by figure."""
        lines = [_line(batch, self, position) for position in range(len(KEYS))]
        whole_row = "".join(lines).format
        missing = [_missing_line(batch, self, key) for key in KEYS]
        for start in range(0, len(self.rows), 1000):
            yield "".join(
                [
                    whole_row(platform.id, row, *counts)
                    if None not in counts
                    else _row_with_blanks(lines, missing, platform.id, row, counts)
                    for row, platform, counts in self.rows[start : start + 1000]
                ]
            )


def read_hub(*, content: bytes, file_name: str, quarter: Quarter) -> HubReading:
    """Read and check a workbook for a quarter; raises `Refusal` with every fault by sheet, row, column and value.

    Formulas and error values are found in the sheet's XML before anything is read. A platform that the province had
    accepted before the quarter ended but that the file leaves out is a notice.
    """
    sheet = read_workbook(content).sheets[0]
    platforms = registered_platforms()
    table = read_hub_table(sheet.rows, sheet.merged, Registry(platforms, CELLS), quarter, CELLS)
    refuse_if_any(table.findings, sheet=sheet.name)
    given = {platform.id for _, platform, _ in table.rows}
    absent = expected_platforms(accepted_by=quarter.last_on) - given
    notices = faults_of(table.notices, sheet=sheet.name)
    notices += faults_of([Finding(f"文件中没有{p.code} {p.name}的数据行") for p in platforms if p.id in absent])
    return HubReading(quarter.year, quarter.number, file_name, content, tuple(notices), table.rows)


def _figure(position: int, counts: Counts) -> StoredFigure:
    count = counts[position]
    if count is None:
        return _MISSING
    if position != _NUMERATOR:
        return StoredFigure(FigureState.REPORTED, Decimal(count))
    whole = counts[_DENOMINATOR]
    return _MISSING if whole is None else StoredFigure(FigureState.REPORTED, Decimal(count), Decimal(whole))


def _line(batch: int, reading: HubReading, position: int) -> str:
    """COPY text of one figure: field 0 is the platform, 1 the row, from 2 on the counts."""
    base = f"{{{_DENOMINATOR + 2}}}" if position == _NUMERATOR else r"\N"
    state = FigureState.REPORTED.value
    return (
        f"{batch}\t{{0}}\t{KEYS[position]}\t{reading.year}\t{reading.quarter}\t{{1}}\t{state}"
        f"\t{{{position + 2}}}\t{base}\t\\N\n"
    )


def _missing_line(batch: int, reading: HubReading, key: str) -> str:
    state = FigureState.MISSING.value
    return f"{batch}\t{{0}}\t{key}\t{reading.year}\t{reading.quarter}\t{{1}}\t{state}\t\\N\t\\N\t\\N\n"


def _row_with_blanks(lines: list[str], missing: list[str], platform: int, row: int, counts: Counts) -> str:
    return "".join(
        [
            (missing[position] if _figure(position, counts) is _MISSING else lines[position]).format(
                platform, row, *counts
            )
            for position in range(len(KEYS))
        ]
    )
