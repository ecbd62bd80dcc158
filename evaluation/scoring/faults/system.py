"""Faults of a system: its settings, sections, categories, and the sums of weights and points."""

from dataclasses import dataclass, field

from evaluation.scoring.faults.indicators import (
    FIELDS,
    OPTIONAL_FIELDS,
    STORED_FIELDS,
    KnownIndicator,
    check_indicator,
    check_points,
)
from evaluation.scoring.findings import Fault, quoted
from evaluation.scoring.inspection import Codes, Inspection
from evaluation.scoring.numbers import MILLION, plain
from evaluation.scoring.rounding import MILLIONTH, unit
from evaluation.scoring.system import NOT_APPLICABLE_MODES, TIE_STYLES

SYSTEM_FIELDS = (
    "code",
    "version",
    "indicator_decimals",
    "total_decimals",
    "total_cap",
    "tie_style",
    "print_order",
    "not_applicable",
    "sections",
)
SECTION_FIELDS = ("code", "name", "weight", "points", "clause", "categories")
CATEGORY_FIELDS = ("code", "name", "clause", "indicators")


@dataclass(slots=True)
class KnownSystem:
    """What the other checks need to know of a system, however faulty it is.

    `is_readable`: every indicator could be read, so any other code is unknown; `is_complete`: and none stands twice.
    """

    indicators: dict[str, KnownIndicator] = field(default_factory=dict)
    section_paths: list[str] = field(default_factory=list)
    is_readable: bool = True
    has_repeated_codes: bool = False

    @property
    def is_complete(self) -> bool:
        return self.is_readable and not self.has_repeated_codes


class SystemCheck:
    """Walks one system from top to bottom and collects its faults."""

    def __init__(self, faults: list[Fault], *, is_stored: bool = False) -> None:
        """`is_stored`: not in a bundle, so it may say what feeds an indicator and what is printed of it."""
        self.faults = faults
        self._is_stored = is_stored
        self.known = KnownSystem()
        self._decimals: int | None = None
        self._sections, self._categories, self._indicators = Codes(), Codes(), Codes()

    def run(self, value: object, path: str) -> KnownSystem:
        inspection = Inspection(value, path, self.faults, SYSTEM_FIELDS, ("print",) if self._is_stored else ())
        inspection.text("code")
        inspection.whole("version")
        self._decimals = inspection.whole("indicator_decimals", 0, MILLIONTH)
        _check_cap(inspection, inspection.whole("total_decimals", 0, MILLIONTH))
        inspection.choice("tie_style", TIE_STYLES)
        inspection.choice("not_applicable", NOT_APPLICABLE_MODES)
        self._check_sections(inspection)
        self._check_print_order(inspection)
        return self.known

    def _check_sections(self, system: Inspection) -> None:
        sections = system.array("sections")
        if sections is None:
            self.known.is_readable = False
            return
        weights = [self._section(number, path, value) for number, (path, value) in enumerate(sections)]
        known = [weight for weight in weights if weight is not None]
        if len(known) == len(weights) and sum(known) != MILLION:
            system.note("sections", f"各部分权重合计为 {plain(sum(known))}", "应合计为 1")

    def _section(self, number: int, path: str, value: object) -> int | None:
        inspection = Inspection(value, path, self.faults, SECTION_FIELDS)
        self.known.section_paths.append(path)
        self._sections.add(inspection)
        inspection.text("name")
        inspection.text("clause")
        weight = inspection.number("weight")
        points = check_points(inspection, self._decimals)
        parts = [self._category(number, *category) for category in inspection.array("categories") or []]
        if not inspection.is_array("categories"):
            self.known.is_readable = False
        elif points is not None:
            _check_sum(inspection, points, parts)
        return weight

    def _category(self, section: int, path: str, value: object) -> int | None:
        """The sum of the category's points, None when it cannot be known."""
        inspection = Inspection(value, path, self.faults, CATEGORY_FIELDS)
        self._categories.add(inspection)
        inspection.text("name")
        inspection.text("clause")
        indicators = inspection.array("indicators")
        if indicators is None:
            self.known.is_readable = False
            return None
        return _sum([self._indicator(section, *indicator) for indicator in indicators])

    def _indicator(self, section: int, path: str, value: object) -> int | None:
        inspection = Inspection(value, path, self.faults, FIELDS, STORED_FIELDS if self._is_stored else OPTIONAL_FIELDS)
        code, known = check_indicator(inspection, self._indicators, self._decimals, section)
        if code is None:
            self.known.is_readable = False
        elif code in self.known.indicators:
            self.known.has_repeated_codes = True
        else:
            self.known.indicators[code] = known
        return known.points

    def _check_print_order(self, system: Inspection) -> None:
        allowed = {"platform"}
        allowed.update(f"section:{code}" for code in self._sections)
        allowed.update(f"category:{code}" for code in self._categories)
        for path, entry in system.array("print_order") or []:
            if not isinstance(entry, str) or entry not in allowed:
                expected = "应为 platform、section:<部分编码> 或 category:<类别编码>,且编码在本体系内"
                system.note_at(path, f"是{quoted(entry)}", expected)


def _check_cap(system: Inspection, decimals: int | None) -> None:
    """`total_cap`: null, or a number not finer than `total_decimals`."""
    if system.fields.get("total_cap") is None:
        return
    cap = system.number("total_cap")
    if cap is not None and decimals is not None and cap % unit(decimals):
        found = quoted(system.fields["total_cap"])
        system.note("total_cap", f"是{found}", f"小数位应不多于 total_decimals({decimals} 位)")


def _check_sum(section: Inspection, points: int, parts: list[int | None]) -> None:
    total = _sum(parts)
    if total is not None and total != points:
        found = quoted(section.fields["points"])
        section.note("points", f"是{found},而各指标分值合计为 {plain(total)}", "两者应相等")


def _sum(parts: list[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
