"""A bundle that has passed `faults`, as frozen objects. What is allowed is decided in `faults`.

Numbers stay the bundle's own strings (points are echoed as given); the engine turns them into integers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.scoring.figures import Row, Value, figure_value

BUNDLE_FORMAT = "sme-evaluation-bundle/1"
PLATFORM_TYPES = ("city_platform", "cluster_window", "county_window")
SOURCES = ("hub", "report", "record", "survey", "assessor")
TIE_STYLES = ("competition", "dense")
NOT_APPLICABLE_MODES = ("within_category", "within_section")


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure says: its kind, and for `weighted` and `ticks` the items' weights, by code."""

    kind: str
    items: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """How a measure becomes points: the kind and those parameters that the kind has."""

    kind: str
    target: str = ""
    each: str = ""
    zero: str = ""
    full: str = ""
    per_point: str = ""
    floor: str = ""
    out_of: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    code: str
    name: str
    points: str
    unit: str
    clause: str
    source: str
    measure: Measure
    rule: Rule
    quarterly: bool = False
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    name: str
    clause: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    name: str
    weight: str
    points: str
    clause: str
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class System:
    """The rules of one platform type for one year."""

    code: str
    version: int
    indicator_decimals: int
    total_decimals: int
    total_cap: str | None
    tie_style: str
    print_order: tuple[str, ...]
    not_applicable: str
    sections: tuple[Section, ...]

    @property
    def categories(self) -> tuple[Category, ...]:
        return tuple(category for section in self.sections for category in section.categories)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in system order: the order of a row of figures."""
        return tuple(indicator for category in self.categories for indicator in category.indicators)


@dataclass(frozen=True, slots=True)
class Platform:
    """A ranked platform; `targets` are its own targets as (indicator code, target), by code."""

    code: str
    name: str
    targets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NotRanked:
    code: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that one ranking depends on. `rows[i]` is `platforms[i]`, in system order."""

    title: str
    year: int
    platform_type: str
    system: System
    platforms: tuple[Platform, ...]
    not_ranked: tuple[NotRanked, ...]
    rows: tuple[Row, ...]


def parse_system(document: Mapping[str, Any]) -> System:
    """The `system` object of a bundle; it must be free of `system_faults`."""
    return System(
        code=document["code"],
        version=document["version"],
        indicator_decimals=document["indicator_decimals"],
        total_decimals=document["total_decimals"],
        total_cap=document["total_cap"],
        tie_style=document["tie_style"],
        print_order=tuple(document["print_order"]),
        not_applicable=document["not_applicable"],
        sections=tuple(_section(section) for section in document["sections"]),
    )


def parse_bundle(document: Mapping[str, Any]) -> Bundle:
    """A whole bundle; it must be free of `bundle_faults`. Platforms and not ranked come out by code."""
    system = parse_system(document["system"])
    platforms = tuple(_platform(p) for p in sorted(document["platforms"], key=_code))
    return Bundle(
        title=document["title"],
        year=document["year"],
        platform_type=document["platform_type"],
        system=system,
        platforms=platforms,
        not_ranked=tuple(NotRanked(**entry) for entry in sorted(document.get("not_ranked", []), key=_code)),
        rows=_rows(system, platforms, document["figures"]),
    )


def _rows(system: System, platforms: tuple[Platform, ...], figures: list[dict[str, Any]]) -> tuple[Row, ...]:
    indicators = system.indicators
    places = {indicator.code: (place, indicator.measure) for place, indicator in enumerate(indicators)}
    rows: dict[str, list[Value]] = {platform.code: [None] * len(indicators) for platform in platforms}
    for figure in figures:
        place, measure = places[figure["indicator"]]
        rows[figure["platform"]][place] = figure_value(measure.kind, measure.items, figure)
    return tuple(rows.values())


def _section(document: Mapping[str, Any]) -> Section:
    categories = tuple(_category(category) for category in document["categories"])
    return Section(**{**document, "categories": categories})


def _category(document: Mapping[str, Any]) -> Category:
    indicators = tuple(_indicator(indicator) for indicator in document["indicators"])
    return Category(**{**document, "indicators": indicators})


def _indicator(document: Mapping[str, Any]) -> Indicator:
    measure = document["measure"]
    items = tuple(sorted(measure.get("items", {}).items()))
    parsed = {"measure": Measure(measure["kind"], items), "rule": Rule(**document["rule"])}
    return Indicator(**{**document, **parsed})


def _platform(document: Mapping[str, Any]) -> Platform:
    targets = tuple(sorted(document.get("targets", {}).items()))
    return Platform(code=document["code"], name=document["name"], targets=targets)


def _code(document: Mapping[str, Any]) -> str:
    code: str = document["code"]
    return code
