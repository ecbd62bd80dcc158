"""The rows of a file of annual figures: platform, indicator, year and a value in the form of the evaluation bundle.
Which indicators exist is handed in."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.characters import folded
from evaluation.findings import LONGEST_QUOTE, Finding
from evaluation.intake.checks.figures import FigureRow, StoredFigure, figure_of
from evaluation.intake.checks.registry import Registered
from evaluation.scoring.feeds import HUB
from evaluation.scoring.system import Indicator

HEADINGS = ("平台编码", "指标编码", "年度", "数值(JSON)")
STATES = ("not_applicable", "missing")
_PLATFORM, _INDICATOR, _YEAR, _VALUE = range(4)
_NO_ROWS, _ROWS_WANTED = "文件中没有数据行", "表头下方每行一个数据"
_YEAR_FAULT, _YEAR_WANTED = "年度不合要求", "四位年份,如2025"
_PART = re.compile(r"\[([0-9]+)\]")
_STATE_WANTED = '{"state": "not_applicable"}或{"state": "missing"}'

Systems = Mapping[str, Mapping[str, Indicator] | None]
"""Platform type → indicators of its system in force for the file's year; None where there is none in force."""


@dataclass
class FigureTable:
    """What the file says. Only a table without `findings` may be taken in."""

    year: int
    rows: list[FigureRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def year_of(rows: Sequence[Sequence[str]]) -> int | None:
    """The year that the first row with a sound one gives; a file holds one year."""
    positions = _positions(rows)
    if _YEAR not in positions:
        return None
    return next((year for row in rows[1:] if (year := _year(row[positions[_YEAR]])) is not None), None)


def read_figure_table(
    rows: Sequence[Sequence[str]],
    platforms: Mapping[str, Registered],
    systems: Systems,
    year: int,
) -> FigureTable:
    """Check a whole file that has a year; blank rows are passed over, findings come in the order of the file."""
    positions = _positions(rows)
    table = FigureTable(year)
    table.findings += _heading_findings(rows, positions)
    if len(positions) < len(HEADINGS):
        return table
    check = _Check(table, platforms, systems)
    for number, row in enumerate(rows[1:], 2):
        cells = tuple([row[positions[place]].strip() for place in range(len(HEADINGS))])
        if any(cells):
            check.take(number, cells)
    table.findings.sort(key=lambda finding: finding.row)
    return table


def yearless_findings(rows: Sequence[Sequence[str]]) -> list[Finding]:
    """What keeps a file from having a year: columns that are missing, or every year that cannot be read."""
    positions = _positions(rows)
    found = list(_heading_findings(rows, positions))
    if not found:
        years = [(number, row[positions[_YEAR]].strip()) for number, row in enumerate(rows[1:], 2) if any(row)]
        found = [Finding(_YEAR_FAULT, _YEAR_WANTED, row, _YEAR, HEADINGS[_YEAR], year) for row, year in years]
    return found or [Finding(_NO_ROWS, _ROWS_WANTED)]


def unreported(rows: Iterable[FigureRow], expected: Iterable[Registered], systems: Systems) -> list[Finding]:
    """Which figures of the expected platforms the file leaves out: they will count as missing and score 0."""
    given: dict[int, set[str]] = {}
    for row in rows:
        given.setdefault(row.platform.id, set()).add(row.indicator)
    notices = []
    for platform in expected:
        measured = systems.get(platform.platform_type) or {}
        wanted = [code for code, indicator in measured.items() if indicator.feed.kind != HUB]
        absent = [code for code in wanted if code not in given.get(platform.id, ())]
        if absent:
            notices.append(Finding(f"{platform.code} {platform.name}未报{len(absent)}项", value="、".join(absent)))
    return notices


class _Check:
    """One pass over the rows."""

    def __init__(self, table: FigureTable, platforms: Mapping[str, Registered], systems: Systems) -> None:
        self._table, self._platforms, self._systems = table, platforms, systems
        self._seen: dict[tuple[str, str], int] = {}

    def take(self, row: int, cells: tuple[str, ...]) -> None:
        platform = self._platform(row, cells)
        self._check_year(row, cells)
        self._check_once(row, cells)
        measured = self._measured(row, cells, platform)
        value, is_json = self._value(row, cells)
        if platform is None or measured is None or not is_json:
            return
        figure = self._figure(row, cells, measured, value)
        if figure is not None:
            self._table.rows.append(FigureRow(row, platform, cells[_INDICATOR], figure))

    def _platform(self, row: int, cells: tuple[str, ...]) -> Registered | None:
        platform = self._platforms.get(cells[_PLATFORM])
        if platform is None:
            self._find(row, _PLATFORM, "平台编码不在登记名录中", "已登记平台的编码;新平台请先登记", cells)
        elif platform.platform_type not in self._systems:
            self._find(row, _PLATFORM, f"{platform.type_label}不参加评价", "市平台或窗口平台的编码", cells)
            return None
        return platform

    def _check_year(self, row: int, cells: tuple[str, ...]) -> None:
        if _year(cells[_YEAR]) is None:
            self._find(row, _YEAR, _YEAR_FAULT, _YEAR_WANTED, cells)
        elif _year(cells[_YEAR]) != self._table.year:
            self._find(row, _YEAR, "一个文件只能有一个年度", str(self._table.year), cells)

    def _check_once(self, row: int, cells: tuple[str, ...]) -> None:
        first = self._seen.setdefault((cells[_PLATFORM], cells[_INDICATOR]), row)
        if first != row:
            wanted = f"每个平台每项指标只有一行,第{first}行已有该数据"
            self._find(row, _INDICATOR, f"{cells[_PLATFORM]}的该指标重复", wanted, cells)

    def _measured(self, row: int, cells: tuple[str, ...], platform: Registered | None) -> Indicator | None:
        if platform is None:
            return None
        indicators = self._systems.get(platform.platform_type)
        if indicators is None:
            self._miss_system(platform)
            return None
        measured = indicators.get(cells[_INDICATOR])
        if measured is None:
            wanted = f"{platform.type_label}{self._table.year}年度指标体系中的编码"
            self._find(row, _INDICATOR, "指标编码不在该平台类型的指标体系中", wanted, cells)
        elif measured.feed.kind == HUB:
            self._find(row, _INDICATOR, "本指标由省枢纽运营数据导入,不在此文件中填报", "删去此行", cells)
            return None
        return measured

    def _miss_system(self, platform: Registered) -> None:
        """Said once per type, not on every row."""
        year = self._table.year
        finding = Finding(
            f"{platform.type_label}{year}年度没有施行的指标体系,无法核对数据",
            f"先导入并施行指标体系{platform.platform_type}-{year}",
        )
        if finding not in self._table.findings:
            self._table.findings.append(finding)

    def _value(self, row: int, cells: tuple[str, ...]) -> tuple[object, bool]:
        try:
            return json.loads(cells[_VALUE], object_pairs_hook=_object_once, parse_constant=_no_constant), True
        except (ValueError, RecursionError):
            self._find(row, _VALUE, "数值不是有效的JSON", '如"52"、{"numerator": "11", "denominator": "12"}', cells)
            return None, False

    def _figure(self, row: int, cells: tuple[str, ...], measured: Indicator, value: object) -> StoredFigure | None:
        if isinstance(value, dict) and "state" in value:
            state = value["state"] if value.keys() == {"state"} else ""
            if state in STATES:
                return StoredFigure(state)
            self._find(row, _VALUE, "状态不合要求", _STATE_WANTED, cells)
            return None
        wrong = measured.measure.wrong(value)
        for place, message in wrong:
            self._find(row, _VALUE, *_told(place, message), cells)
        return None if wrong else figure_of(measured.measure, value)

    def _find(self, row: int, place: int, message: str, expected: str, cells: tuple[str, ...]) -> None:
        value = cells[place] if len(cells[place]) <= LONGEST_QUOTE else cells[place][:LONGEST_QUOTE] + "…"
        self._table.findings.append(Finding(message, expected, row, place, HEADINGS[place], value))


def _positions(rows: Sequence[Sequence[str]]) -> dict[int, int]:
    """Place in HEADINGS → position in the file, the first of that name."""
    found: dict[int, int] = {}
    for position, cell in enumerate(rows[0] if rows else ()):
        if (plain := folded(cell)) in HEADINGS:
            found.setdefault(HEADINGS.index(plain), position)
    return found


def _heading_findings(rows: Sequence[Sequence[str]], positions: Mapping[int, int]) -> Iterable[Finding]:
    given = [folded(cell) for cell in (rows[0] if rows else ())]
    for place, heading in enumerate(HEADINGS):
        if place not in positions:
            yield Finding(f"缺少“{heading}”列", f"首行依次为:{'、'.join(HEADINGS)}", 1)
        elif given.count(heading) > 1:
            yield Finding(f"“{heading}”列重复", "每列只有一个", 1, positions[place], heading)


def _told(place: str, message: str) -> tuple[str, str]:
    """What the bundle's check says of a value, in the words of a table: what is wrong, what was expected."""
    wrong, comma, wanted = message.rpartition(",应")
    part = _PART.fullmatch(place)
    name = f"第{int(part[1]) + 1}项" if part else place.lstrip(".")
    said = wrong if comma else message
    return f"数值中的{name}:{said}" if place else f"数值{said}", wanted.removeprefix("为").strip() if comma else ""


def _year(text: str) -> int | None:
    is_year = len(text) == 4 and text.isascii() and text.isdigit() and text.startswith("20")
    return int(text) if is_year else None


def _object_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A key given twice would silently lose one of its values."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _no_constant(text: str) -> object:
    raise ValueError(text)
