"""催报名单: which platforms still owe something of a quarter, by county. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.completeness.checks import RETURNED
from evaluation.completeness.queries.quarter import HeatMap, Row
from platforms.models import Platform


@dataclass(frozen=True)
class OwingPlatform:
    """One platform and what it owes: figures not handed in, figures that came back and whose day has passed, the annual
    summary once its deadline has passed."""

    platform: Platform
    open_rows: tuple[Row, ...]
    returned_rows: tuple[Row, ...]
    owes_summary: bool

    @property
    def is_late(self) -> bool:
        return self.owes_summary or any(row.cell.is_late for row in (*self.open_rows, *self.returned_rows))


def reminder_entries(rows: Sequence[Row], tables: Iterable[HeatMap]) -> list[OwingPlatform]:
    """Platforms in the order of their region and code; those that owe nothing are left out. No query of its own."""
    missing = {line.platform.pk for table in tables for line in table.lines if _is_missing(line.summary)}
    owed: dict[int, list[Row]] = {}
    platforms: dict[int, Platform] = {}
    for row in rows:
        platforms[row.platform.pk] = row.platform
        if row.cell.is_open and (row.cell.status != RETURNED or row.cell.is_late):
            owed.setdefault(row.platform.pk, []).append(row)
    entries = [
        _entry(platform, owed.get(pk, ()), pk in missing)
        for pk, platform in platforms.items()
        if pk in owed or pk in missing
    ]
    return sorted(entries, key=lambda entry: (entry.platform.region.code, entry.platform.code))


def _entry(platform: Platform, rows: Iterable[Row], owes_summary: bool) -> OwingPlatform:
    listed = list(rows)
    returned = tuple(row for row in listed if row.cell.status == RETURNED)
    return OwingPlatform(platform, tuple(row for row in listed if row not in returned), returned, owes_summary)


def _is_missing(summary: object) -> bool:
    return getattr(summary, "code", "") == "missing"
