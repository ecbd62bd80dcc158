"""Checks of an indicator system that an official can read against the rules. Structure is checked by the scoring core;
here stands what the policy itself asks for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.numbers import percent, plain
from evaluation.scoring.document import Document

ROUTINE, KEY_WORK = "routine", "key_work"
WEIGHTS = {ROUTINE: Decimal("0.20"), KEY_WORK: Decimal("0.80")}
NAMES = {ROUTINE: "常规考核", KEY_WORK: "年度重点工作考核"}
NUMBER = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")
_CODE = re.compile(r"(city_platform|cluster_window|county_window)-(20[0-9]{2})")


@dataclass(frozen=True)
class NamedCheck:
    """One check by name: the clause it comes from and everything found wrong; sound when nothing was."""

    name: str
    clause: str
    findings: tuple[str, ...]


def weights_and_points(system: object) -> NamedCheck:
    """细则 R3: routine work makes 20 %, the year's key work 80 %; a section's points are those of its indicators."""
    sections = {section.get("code"): section for section in _objects(system, "sections")}
    findings = [_weight_finding(code, sections.get(code)) for code in WEIGHTS]
    findings += [_points_finding(section) for section in sections.values()]
    return NamedCheck("20/80 与分值合计", "R3", tuple(finding for finding in findings if finding))


def system_type_and_year(code: object) -> tuple[str, int] | None:
    """`county_window-2025` → ('county_window', 2025); None for a code of another form."""
    match = _CODE.fullmatch(code) if isinstance(code, str) else None
    return (match[1], int(match[2])) if match else None


def section_indicators(definition: Document, section_code: str) -> list[dict[str, Any]]:
    """The indicators of one section of a sound system, in its order."""
    return [
        indicator
        for section in definition["sections"]
        if section["code"] == section_code
        for category in section["categories"]
        for indicator in category["indicators"]
    ]


def listed_indicators(definition: Document) -> list[dict[str, Any]]:
    """Every indicator of a sound system, in its order."""
    return [
        indicator
        for section in definition["sections"]
        for category in section["categories"]
        for indicator in category["indicators"]
    ]


def key_tasks_of(definition: Document) -> list[dict[str, Any]]:
    """细则 R3.5: the year's key tasks are the indicators of the section key_work."""
    return section_indicators(definition, KEY_WORK)


def _weight_finding(code: str, section: Mapping[str, object] | None) -> str:
    wanted = percent(WEIGHTS[code])
    if section is None:
        return f"缺少{NAMES[code]}部分({code}),应占{wanted}"
    weight = _number(section.get("weight"))
    if weight is None or weight == WEIGHTS[code]:
        return ""
    return f"{NAMES[code]}占{percent(weight)},应占{wanted}"


def _points_finding(section: Mapping[str, object]) -> str:
    whole = _number(section.get("points"))
    parts = [
        _number(indicator.get("points"))
        for category in _objects(section, "categories")
        for indicator in _objects(category, "indicators")
    ]
    known = [part for part in parts if part is not None]
    if whole is None or len(known) < len(parts) or sum(known) == whole:
        return ""
    return f"{section.get('name')}满分{plain(whole)}分,各指标分值合计{plain(sum(known, Decimal(0)))}分,两者应相等"


def _objects(value: object, key: str) -> Iterator[Mapping[str, object]]:
    """The objects in an array of a document that may be malformed; what is not an object is left to the core."""
    entries = value.get(key) if isinstance(value, dict) else None
    yield from (entry for entry in entries or () if isinstance(entry, dict)) if isinstance(entries, list) else ()


def _number(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) and NUMBER.fullmatch(value) else None
