"""The lines above the header: which quarter the workbook says it covers. Nothing of the rows below."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from core.characters import folded
from evaluation.findings import Cell, Cells, Finding

_QUARTER = re.compile(r"(20[0-9]{2})年度?第?([1-4一二三四])季度")
_SPAN_LABEL = re.compile(r"统计周期|统计期间|统计时间")
_DAY = r"(20[0-9]{2})年([0-9]{1,2})月([0-9]{1,2})日"
_SPAN = re.compile(_DAY + r"(?:至|到|-|—|–|~)+" + _DAY)
_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Period(Protocol):
    """A quarter, as `core.periods.Quarter` gives it."""

    @property
    def year(self) -> int: ...
    @property
    def number(self) -> int: ...
    @property
    def first_on(self) -> date: ...
    @property
    def last_on(self) -> date: ...


@dataclass(frozen=True)
class Line:
    """One text above the header and where it stands."""

    row: int
    position: int
    column: str
    text: str

    def finding(self, message: str, expected: str) -> Finding:
        return Finding(message, expected, self.row, self.position, self.column, self.text)


def lines_above(rows: Iterable[tuple[int, Sequence[Cell]]], cells: Cells) -> list[Line]:
    """Every text above the header."""
    return [
        Line(number, position, cells.column_letter(position), cells.quote(cell))
        for number, row in rows
        for position, cell in enumerate(row)
        if cell is not None and cells.text_of(cell)
    ]


def title_findings(lines: Sequence[Line], period: Period) -> list[Finding]:
    """The title must name the quarter; a statistics span, when given, must be exactly that quarter."""
    wanted = f"{period.year}年第{period.number}季度"
    found: list[Finding] = []
    named = False
    for line in lines:
        plain = folded(line.text)
        for year, number in _QUARTER.findall(plain):
            named = True
            if (int(year), _NUMERALS.get(number) or int(number)) != (period.year, period.number):
                found.append(line.finding("标题中的季度与所选期间不一致", wanted))
        if _SPAN_LABEL.search(plain):
            found += _span_findings(line, plain, period)
    if not named:
        found.insert(0, Finding("表头上方的标题中没有写明季度", f"标题中写明“{wanted}”"))
    return found


def _span_findings(line: Line, plain: str, period: Period) -> list[Finding]:
    first, last = period.first_on, period.last_on
    wanted = f"统计周期:{_chinese(first)}至{_chinese(last)}"
    match = _SPAN.search(plain)
    if match is None:
        return [line.finding("统计周期无法识别", wanted)]
    if [int(part) for part in match.groups()] != [*first.timetuple()[:3], *last.timetuple()[:3]]:
        return [line.finding("统计周期与所选期间不一致", wanted)]
    return []


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
