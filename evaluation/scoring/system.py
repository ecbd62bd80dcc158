"""The indicator system as frozen objects: `System > Section > Category > Indicator`, parsed once.

What is allowed is decided in `faults`; numbers stay the document's own strings (points are echoed as given), the
engine turns them into integers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evaluation.scoring.document import Document
from evaluation.scoring.feeds import HUB, PLATFORM, Feed, Print, parse_feed, parse_print
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
    feed: Feed
    quarterly: bool = False
    evidence: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether platforms hand it in each quarter: what they alone know. What the hub, the register, surveys or
        assessors supply is never asked for again."""
        return self.feed.kind == PLATFORM

    @property
    def column(self) -> str:
        """Under which name the quarters' files of the hub give it: the key of its column, of a share the numerator's;
        '' where they do not. A system that names no columns goes by the code."""
        return "" if self.feed.kind != HUB else self.feed.columns[0] if self.feed.columns else self.code

    def goal(self, own_target: str = "") -> Fraction | None:
        """The x that full points need; None where the rule names nothing to reach."""
        return self.rule.goal(self.points, own_target)


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
    prints: Print

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

    @cached_property
    def asked(self) -> Mapping[str, Indicator]:
        """Those that platforms hand in themselves, by code."""
        return {indicator.code: indicator for indicator in self.indicators if indicator.is_asked}

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


def parse_system(document: Document) -> System:
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
        prints=parse_print(document.get("print")),
    )


def _section(document: Document) -> Section:
    categories = tuple(_category(category) for category in document["categories"])
    return Section(**{**document, "categories": categories})


def _category(document: Document) -> Category:
    indicators = tuple(parse_indicator(indicator) for indicator in document["indicators"])
    return Category(**{**document, "indicators": indicators})


def parse_indicator(document: Document) -> Indicator:
    """One indicator of a sound system."""
    parsed = {
        "measure": parse_measure(document["measure"]),
        "rule": parse_rule(document["rule"]),
        "feed": parse_feed(document.get("feed"), document["source"]),
    }
    return Indicator(**{**document, **parsed})
