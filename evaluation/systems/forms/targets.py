"""Platforms' own targets as a grid (细则 R3.5): one text per platform and indicator; the action judges them all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.errors import Fault
from core.numbers import plain
from evaluation.scoring.system import Indicator
from evaluation.systems.checks.systems import KEY_WORK
from evaluation.systems.models import IndicatorSystem
from platforms.models import Platform


@dataclass
class Cell:
    """`name` is the input's; `label` says to everybody which cell it is."""

    name: str
    label: str
    value: str
    errors: list[str] = field(default_factory=list)


@dataclass
class GridRow:
    platform: Platform
    cells: list[Cell]


class TargetForm:
    """Those indicators of a draft whose rule takes a target, key work first, for some platforms; `data` is what was
    sent."""

    def __init__(self, draft: IndicatorSystem, platforms: Sequence[Platform], data: Any = None) -> None:
        tasks = {task.code for task in draft.rules.section_indicators(KEY_WORK)}
        indicators = [indicator for indicator in draft.rules.indicators if indicator.rule.takes_target]
        self.indicators = sorted(indicators, key=lambda indicator: indicator.code not in tasks)
        known = {
            (own.platform_id, own.indicator): plain(own.target) for own in draft.targets.filter(platform__in=platforms)
        }
        self.faults: list[str] = []
        self.rows = [
            GridRow(platform, [self._cell(platform, indicator, known, data) for indicator in self.indicators])
            for platform in platforms
        ]

    @staticmethod
    def _cell(platform: Platform, indicator: Indicator, known: Mapping[tuple[int, str], str], data: Any) -> Cell:
        name = f"target-{platform.pk}-{indicator.code}"
        stored = known.get((platform.pk, indicator.code), "")
        value = stored if data is None else data.get(name, "")
        return Cell(name, f"{platform.name} {indicator.code} {indicator.name}", value)

    def typed(self) -> dict[tuple[int, str], str]:
        """(platform id, indicator) → text."""
        return {
            (row.platform.pk, indicator.code): cell.value
            for row in self.rows
            for indicator, cell in zip(self.indicators, row.cells, strict=True)
        }

    def place(self, faults: Iterable[Fault]) -> None:
        """Each fault at its cell, the rest above the grid."""
        cells = {cell.name: cell for row in self.rows for cell in row.cells}
        for fault in faults:
            cell = cells.get(f"target-{getattr(fault, 'field', '')}")
            if cell is None:
                self.faults.append(str(fault))
            else:
                cell.errors.append(fault.message)

    @property
    def fault_count(self) -> int:
        return len(self.faults) + sum(len(cell.errors) for row in self.rows for cell in row.cells)
