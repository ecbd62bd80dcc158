"""A version of a year's plan as the differences take it, and how places and days are named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


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

    definition: Mapping[str, Any]
    tasks: Mapping[str, PlannedTask]
    targets: Sequence[PlannedTarget] = ()


def places_of(definition: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Indicator → (section, category), in system order."""
    return {
        indicator["code"]: (section["code"], category["code"])
        for section in definition["sections"]
        for category in section["categories"]
        for indicator in category["indicators"]
    }


def titles_of(definition: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Section and category → how the print names it; the category '' stands for the section as a whole."""
    titles = {}
    for section in definition["sections"]:
        titles[(section["code"], "")] = section["name"]
        for category in section["categories"]:
            titles[(section["code"], category["code"])] = f"{section['name']} · {category['name']}"
    return titles


def entries_by_code(entries: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {entry["code"]: entry for entry in entries}


def day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
