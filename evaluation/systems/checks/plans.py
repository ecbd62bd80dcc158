"""A version of a year's plan as the differences take it, and how places and days are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from evaluation.scoring.document import Document
from evaluation.scoring.system import Category, Section, System, parse_system


@dataclass(frozen=True)
class PlannedTask:
    """What a key task rests on, who is responsible, until when."""

    base_document: str
    responsible_section: str
    due_on: date


@dataclass(frozen=True)
class PlannedTarget:
    """One platform's own target, with its name for people."""

    platform_code: str
    platform_name: str
    indicator: str
    target: str


@dataclass(frozen=True)
class PlannedSystem:
    """A version whole: its document, its key tasks' particulars by indicator, the platforms' own targets."""

    definition: Document
    tasks: Mapping[str, PlannedTask]
    targets: Sequence[PlannedTarget] = ()

    @cached_property
    def system(self) -> System:
        return parse_system(self.definition)


def places_of(system: System) -> dict[str, tuple[str, str]]:
    """Indicator → (section, category), in system order."""
    return {
        indicator.code: (section.code, category.code)
        for section in system.sections
        for category in section.categories
        for indicator in category.indicators
    }


def titles_of(system: System) -> dict[tuple[str, str], str]:
    """Section and category → how the print names it; the category '' stands for the section as a whole."""
    titles = {}
    for section in system.sections:
        titles[(section.code, "")] = section.name
        for category in section.categories:
            titles[(section.code, category.code)] = f"{section.name} · {category.name}"
    return titles


def sections_by_code(sections: Sequence[Section]) -> dict[str, Section]:
    return {section.code: section for section in sections}


def categories_by_code(categories: Sequence[Category]) -> dict[str, Category]:
    return {category.code: category for category in categories}


def day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
