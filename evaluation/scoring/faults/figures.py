"""Faults of the figures: whom and what they are for, their value by kind of measure, what is applicable."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from evaluation.scoring.faults.system import KnownSystem
from evaluation.scoring.findings import Fault, quoted
from evaluation.scoring.inspection import Inspection

STATES = ("not_applicable", "missing")
WITH_VALUE = {"platform", "indicator", "value"}


@dataclass(slots=True)
class KnownPlatforms:
    """The paths of the ranked platforms by code; `is_readable`: any other code is unknown."""

    is_readable: bool
    paths: dict[str, str] = field(default_factory=dict)


class FigureCheck:
    """Walks the figures once; the usual sound figure builds no path and no message."""

    def __init__(self, faults: list[Fault], platforms: KnownPlatforms, system: KnownSystem) -> None:
        self.faults = faults
        self.not_applicable: dict[str, set[str]] = {}  # platform -> indicators
        self._platforms = platforms.paths
        self._indicators = system.indicators
        self._known: tuple[tuple[str, Collection[str], bool, str], ...] = (
            ("platform", platforms.paths, platforms.is_readable, "platforms"),
            ("indicator", system.indicators, system.is_readable, "system"),
        )
        self._seen: dict[tuple[str, str], int] = {}

    def run(self, figures: list[Any]) -> None:
        for number, figure in enumerate(figures):
            if not self._is_plain(figure):
                self._check_shape(number, figure)
            if isinstance(figure, dict):
                self._check_pair(number, figure)

    def _is_plain(self, figure: object) -> bool:
        """A figure with a value, for a known platform and indicator."""
        return (
            isinstance(figure, dict)
            and figure.keys() == WITH_VALUE
            and isinstance(figure["platform"], str)
            and figure["platform"] in self._platforms
            and isinstance(figure["indicator"], str)
            and figure["indicator"] in self._indicators
        )

    def _check_shape(self, number: int, figure: object) -> None:
        path = f"$.figures[{number}]"
        inspection = Inspection(figure, path, self.faults, ("platform", "indicator"), ("value", "state"))
        for key, codes, all_known, where in self._known:
            code = inspection.text(key)
            if code is not None and code not in codes and all_known:
                inspection.note(key, f"编码 {quoted(code)} 未知", f"应为 {where} 中已有的编码")
        inspection.choice("state", STATES)
        if inspection.has("value") and inspection.has("state"):
            inspection.note("state", "与 value 同时出现", "value 和 state 应只给出一个")
        if isinstance(figure, dict) and not inspection.has("value") and not inspection.has("state"):
            inspection.note_at(path, "既无 value 也无 state", "应给出其中一个")

    def _check_pair(self, number: int, figure: dict[object, object]) -> None:
        """A second figure for the same pair; then the value by the indicator's measure."""
        platform, code = figure.get("platform"), figure.get("indicator")
        if isinstance(platform, str) and isinstance(code, str):
            first = self._seen.setdefault((platform, code), number)
            if first != number:
                pair = f"平台 {quoted(platform)} 指标 {quoted(code)}"
                fault = f"{pair} 已有 $.figures[{first}],应只有一条"
                self.faults.append(Fault(f"$.figures[{number}]", fault))
        known = self._indicators.get(code) if isinstance(code, str) else None
        if known is None:
            return
        applicable = figure.get("state") != "not_applicable"
        if "value" in figure:
            path = f"$.figures[{number}].value"
            wrong = known.measure.value_faults(figure["value"], known.items) if known.measure else []
            self.faults += [Fault(path + place, message) for place, message in wrong]
            is_idle = known.measure is not None and not wrong and known.measure.is_empty(figure["value"])
            applicable = applicable and not is_idle
        if not applicable and isinstance(platform, str) and isinstance(code, str):
            self.not_applicable.setdefault(platform, set()).add(code)
