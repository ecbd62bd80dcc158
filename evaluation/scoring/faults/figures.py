"""Faults of the figures: whom and what they are for, their value by kind of measure, what is applicable."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from evaluation.scoring.faults.findings import Fault, child, is_text, quoted
from evaluation.scoring.faults.inspection import NUMBER_EXPECTED, Inspection
from evaluation.scoring.faults.system import KnownSystem
from evaluation.scoring.numbers import MILLION, is_number, millionths

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

    def _is_plain(self, figure: Any) -> bool:
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

    def _check_pair(self, number: int, figure: dict[Any, Any]) -> None:
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
            wrong = VALUE_CHECKS.get(known.measure, _no_check)(figure["value"], known.items)
            self.faults += [Fault(path + place, message) for place, message in wrong]
            applicable = applicable and not (known.measure == "ratio" and not wrong and _is_empty(figure["value"]))
        if not applicable and isinstance(platform, str) and isinstance(code, str):
            self.not_applicable.setdefault(platform, set()).add(code)


Wrong = list[tuple[str, str]]  # place below the value, message


def _no_check(value: Any, items: frozenset[str]) -> Wrong:
    return []


def _count(value: Any, items: frozenset[str]) -> Wrong:
    return _number(value, "")


def _ratio(value: Any, items: frozenset[str]) -> Wrong:
    if not isinstance(value, dict):
        return [("", f"是{quoted(value)},应为含 numerator 和 denominator 的对象")]
    names = ("numerator", "denominator")
    wrong = [(f".{key}", "缺少这个键,应给出 numerator 和 denominator") for key in names if key not in value]
    wrong += [(child("", str(key)), "未知的键,应只有 numerator 和 denominator") for key in value if key not in names]
    for key in names:
        if key in value:
            wrong += _number(value[key], f".{key}")
    if not wrong and millionths(value["numerator"]) and not millionths(value["denominator"]):
        wrong.append(
            (
                ".denominator",
                f"分母为0而分子为 {quoted(value['numerator'])},分母应大于0(分子分母均为0表示不适用)",
            )
        )
    return wrong


def _is_empty(value: Any) -> bool:
    """0 over 0."""
    return not millionths(value["denominator"])


def _weighted(value: Any, items: frozenset[str]) -> Wrong:
    if not isinstance(value, dict):
        return [("", f"是{quoted(value)},应为对象:项目编码 → 数量")]
    wrong: Wrong = []
    for item, number in value.items():
        place = child("", str(item))
        if item not in items:
            wrong.append((place, f"未知的项目,应为 {_listed(items)} 之一"))
        found = _number(number, place)
        if not found and millionths(number) % MILLION:
            found = [(place, f"数量是{quoted(number)},应为整数")]
        wrong += found
    return wrong


def _ticks(value: Any, items: frozenset[str]) -> Wrong:
    if not isinstance(value, list):
        return [("", f"是{quoted(value)},应为已勾选项目编码的数组")]
    wrong: Wrong = []
    seen: set[str] = set()
    for place, item in enumerate(value):
        if not is_text(item) or item not in items:
            wrong.append((f"[{place}]", f"未知的项目 {quoted(item)},应为 {_listed(items)} 之一"))
        elif item in seen:
            wrong.append((f"[{place}]", f"项目 {quoted(item)} 重复,应只勾选一次"))
        else:
            seen.add(item)
    return wrong


def _marks(value: Any, items: frozenset[str]) -> Wrong:
    if not isinstance(value, list):
        return [("", f"是{quoted(value)},应为评分的数组")]
    if not value:
        return [("", "没有任何评分,应至少有一个")]
    return [fault for place, mark in enumerate(value) for fault in _number(mark, f"[{place}]")]


def _number(value: Any, place: str) -> Wrong:
    if isinstance(value, str) and is_number(value):
        return []
    return [(place, f"是{quoted(value)},应为{NUMBER_EXPECTED}")]


def _listed(items: frozenset[str]) -> str:
    return "、".join([quoted(item) for item in sorted(items)]) or "(本指标没有项目)"


VALUE_CHECKS: dict[str, Callable[[Any, frozenset[str]], Wrong]] = {
    "count": _count,
    "ratio": _ratio,
    "weighted": _weighted,
    "ticks": _ticks,
    "marks": _marks,
}
