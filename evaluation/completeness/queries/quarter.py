"""What has come in of a quarter: one row per figure asked for, and the table platform × indicator made of the same
rows, so that every number of the table is the count of rows one can list. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from core.models import User
from core.periods import Quarter
from evaluation.collection.models import ReportingPeriod, SubmittedFigure
from evaluation.completeness.checks import GROUPS, Cell, Group, SummaryState, cell_of, summary_state
from evaluation.deadlines import hours_late, summary_deadline
from evaluation.scoring.system import Indicator
from evaluation.summaries.queries import latest_summaries
from evaluation.systems.models import IndicatorSystem
from platforms.choices import EVALUATED_TYPES, PlatformType
from platforms.models import Platform


@dataclass(frozen=True)
class AskedFigure:
    """One figure that was asked for. `indicator` is its entry in the system it is asked by."""

    platform: Platform
    indicator: Indicator
    figure: SubmittedFigure
    cell: Cell


@dataclass(frozen=True)
class Column:
    code: str
    name: str
    cells: tuple[Cell, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        return {group.code: number for group, number in counts_of(self.cells)}


@dataclass(frozen=True)
class Line:
    """One platform: a cell per column, None where its system does not ask; `summary` is None for the city platform,
    which hands none in (细则 R4.3)."""

    platform: Platform
    columns: tuple[Column, ...]
    cells: tuple[Cell | None, ...]
    summary: SummaryState | None

    @property
    def pairs(self) -> Iterable[tuple[Column, Cell | None]]:
        return zip(self.columns, self.cells, strict=True)

    @cached_property
    def counts(self) -> list[tuple[Group, int]]:
        return counts_of(cell for cell in self.cells if cell is not None)


@dataclass(frozen=True)
class HeatMap:
    """One platform type: its columns are what its system asks platforms for."""

    label: str
    platform_type: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def totals(self) -> list[tuple[Group, list[tuple[str, int]], int]]:
        """Per group: its number in every column, as (indicator code, number), and altogether."""
        return [
            (group, numbers := [(c.code, c.counts[group.code]) for c in self.columns], sum(n for _, n in numbers))
            for group in GROUPS
        ]

    @property
    def summaries(self) -> tuple[int, int] | None:
        """How many summaries came in, of how many that are asked for."""
        asked = [line.summary for line in self.lines if line.summary is not None]
        return (sum(state.code in {"handed_in", "late"} for state in asked), len(asked)) if asked else None


def newest_period() -> ReportingPeriod | None:
    return ReportingPeriod.objects.first()


def periods() -> QuerySet[ReportingPeriod]:
    return ReportingPeriod.objects.all()


def period_of(quarter: Quarter) -> ReportingPeriod | None:
    return ReportingPeriod.objects.filter(year=quarter.year, quarter=quarter.number).first()


def completeness_rows(period: ReportingPeriod, user: User, now: datetime) -> list[AskedFigure]:
    """Every figure of the period that this person may see: by type, region and platform, then in system order. Two
    queries, however many there are."""
    figures = list(
        SubmittedFigure.objects.visible_to(user)
        .filter(submission__period=period)
        .select_related("submission__platform__region")
    )
    systems = IndicatorSystem.objects.in_bulk({figure.submission.system_id for figure in figures})
    indicators = {pk: system.rules.by_code for pk, system in systems.items()}
    order = {pk: list(entries) for pk, entries in indicators.items()}
    rows = [_row(figure, indicators[figure.submission.system_id], period, now) for figure in figures]
    return sorted(rows, key=lambda row: _place(row, order))


def heat_maps(period: ReportingPeriod, rows: Sequence[AskedFigure], now: datetime) -> list[HeatMap]:
    """One table per type that has rows, in the order of the types; one query, for the annual summaries."""
    received = latest_summaries(period.year, {row.platform.pk for row in rows})
    late = {pk: hours_late(year=period.year, received_at=found.received_at) for pk, found in received.items()}
    is_past = now >= summary_deadline(period.year)
    tables = []
    for kind in EVALUATED_TYPES:
        own = [row for row in rows if row.platform.platform_type == kind]
        if own:
            tables.append(_heat_map(kind, own, late, is_past))
    return tables


def newest_completeness(user: User, now: datetime) -> tuple[ReportingPeriod, list[HeatMap]] | None:
    """The newest period and its tables; None while there is no period. Four queries."""
    period = newest_period()
    return period and (period, heat_maps(period, completeness_rows(period, user, now), now))


def counts_of(cells: Iterable[Cell]) -> list[tuple[Group, int]]:
    """How many figures stand in each group; the late ones count in two."""
    listed = [code for cell in cells for code in cell.groups]
    return [(group, listed.count(group.code)) for group in GROUPS]


def _row(
    figure: SubmittedFigure, indicators: Mapping[str, Indicator], period: ReportingPeriod, now: datetime
) -> AskedFigure:
    cell = cell_of(
        status=figure.status,
        period_due_on=period.due_on,
        return_due_on=figure.return_due_on,
        handed_in_at=figure.handed_in_at,
        now=now,
    )
    return AskedFigure(figure.submission.platform, indicators[figure.indicator], figure, cell)


def _place(row: AskedFigure, order: dict[int, list[str]]) -> tuple[Any, ...]:
    platform = row.platform
    types = list(EVALUATED_TYPES)
    kind = types.index(PlatformType(platform.platform_type)) if platform.platform_type in types else len(types)
    asked = order[row.figure.submission.system_id].index(row.figure.indicator)
    return kind, platform.region.code, platform.code, asked


def _heat_map(kind: PlatformType, rows: Sequence[AskedFigure], late: dict[int, int], is_past: bool) -> HeatMap:
    by_column: dict[str, list[AskedFigure]] = {}
    by_platform: dict[int, list[AskedFigure]] = {}
    for row in rows:
        by_column.setdefault(row.figure.indicator, []).append(row)
        by_platform.setdefault(row.platform.pk, []).append(row)
    columns = tuple(
        Column(code, found[0].indicator.name, tuple(row.cell for row in found)) for code, found in by_column.items()
    )
    lines = tuple(_line(kind, found, columns, late, is_past) for found in by_platform.values())
    return HeatMap(str(kind.label), kind.value, columns, lines)


def _line(
    kind: PlatformType, rows: Sequence[AskedFigure], columns: tuple[Column, ...], late: dict[int, int], is_past: bool
) -> Line:
    platform = rows[0].platform
    cells = {row.figure.indicator: row.cell for row in rows}
    summary = None
    if kind != PlatformType.CITY_PLATFORM:
        hours = late.get(platform.pk)
        summary = summary_state(received=hours is not None, hours_late=hours or 0, is_past=is_past)
    return Line(platform, columns, tuple(cells.get(column.code) for column in columns), summary)
