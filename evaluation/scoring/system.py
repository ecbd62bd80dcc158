"""The indicator system as frozen objects: `System > Section > Category > Indicator`, parsed once.

What is allowed is decided in `faults`; numbers stay the document's own strings (points are echoed as given), the
engine turns them into integers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evaluation.scoring.measures import Measure, parse_measure
from evaluation.scoring.rules import Rule, parse_rule

SOURCES = ("hub", "report", "record", "survey", "assessor")
TIE_STYLES = ("competition", "dense")
NOT_APPLICABLE_MODES = ("within_category", "within_section")


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

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for category in self.categories for indicator in category.indicators)


@dataclass(frozen=True)
class System:
    """The rules of one platform type for one year. Everything is found by its code; order is the document's."""

    code: str
    version: int
    indicator_decimals: int
    total_decimals: int
    total_cap: str | None
    tie_style: str
    print_order: tuple[str, ...]
    not_applicable: str
    sections: tuple[Section, ...]

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        return tuple(category for section in self.sections for category in section.categories)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in system order: the order of a row of figures."""
        return tuple(indicator for category in self.categories for indicator in category.indicators)

    @cached_property
    def by_code(self) -> Mapping[str, Indicator]:
        """Every indicator by its code, in system order."""
        return {indicator.code: indicator for indicator in self.indicators}

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.by_code)

    def indicator(self, code: str) -> Indicator:
        """KeyError for a code that the system does not hold."""
        return self.by_code[code]

    def section(self, code: str) -> Section | None:
        """None where the system has no such section."""
        return next((section for section in self.sections if section.code == code), None)

    def section_indicators(self, code: str) -> tuple[Indicator, ...]:
        """None of a section that is not there."""
        section = self.section(code)
        return section.indicators if section else ()


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


def _section(document: Mapping[str, Any]) -> Section:
    categories = tuple(_category(category) for category in document["categories"])
    return Section(**{**document, "categories": categories})


def _category(document: Mapping[str, Any]) -> Category:
    indicators = tuple(parse_indicator(indicator) for indicator in document["indicators"])
    return Category(**{**document, "indicators": indicators})


def parse_indicator(document: Mapping[str, Any]) -> Indicator:
    """One indicator of a sound system."""
    parsed = {"measure": parse_measure(document["measure"]), "rule": parse_rule(document["rule"])}
    return Indicator(**{**document, **parsed})
