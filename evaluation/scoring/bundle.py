"""A bundle that has passed `faults`, as frozen objects. What is allowed is decided in `faults`."""

from dataclasses import dataclass

from evaluation.scoring.document import Document
from evaluation.scoring.figures import Row, Value
from evaluation.scoring.system import System, parse_system

BUNDLE_FORMAT = "sme-evaluation-bundle/1"
PLATFORM_TYPES = ("city_platform", "cluster_window", "county_window")


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


def parse_bundle(document: Document) -> Bundle:
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


def _rows(system: System, platforms: tuple[Platform, ...], figures: list[Document]) -> tuple[Row, ...]:
    indicators = system.indicators
    places = {indicator.code: (place, indicator.measure) for place, indicator in enumerate(indicators)}
    rows: dict[str, list[Value]] = {platform.code: [None] * len(indicators) for platform in platforms}
    for figure in figures:
        place, measure = places[figure["indicator"]]
        rows[figure["platform"]][place] = measure.row_value(figure)
    return tuple(rows.values())


def _platform(document: Document) -> Platform:
    targets = tuple(sorted(document.get("targets", {}).items()))
    return Platform(code=document["code"], name=document["name"], targets=targets)


def _code(document: Document) -> str:
    code: str = document["code"]
    return code
