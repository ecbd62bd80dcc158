"""A hub workbook's table: rows → platforms and whole numbers, with every fault by row and column (细则 R3.1, R3.2).

The usual sound row takes one lookup for its platform and one per cell; only an unusual row takes the careful way.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from evaluation.findings import Cell, Cells, Finding
from evaluation.intake.checks.hub_counts import CountColumns, Counts
from evaluation.intake.checks.hub_header import SEARCHED_ROWS, Header, find_header
from evaluation.intake.checks.hub_title import Period, lines_above, title_findings
from evaluation.intake.checks.registry import Identity, Registered, Registry
from evaluation.systems.checks.hub_columns import CODE, IDENTITY, NAME

Merge = tuple[tuple[int, int], tuple[int, int]]
"""A merged range: (row, column) of its first and last cell, counted from 0, both included."""
Values = tuple[Cell, ...]
HubRow = tuple[int, Registered, Counts]
"""Row as the office program numbers it, platform, its counts."""

_TOTALS = frozenset(("合计", "总计", "全市合计"))
_NOTES = ("注", "备注", "说明", "填表", "制表", "审核", "数据来源")


@dataclass
class HubTable:
    """What a workbook says. Only a table without `findings` may be taken in; `notices` do not stand in the way."""

    rows: list[HubRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)


def read_hub_table(
    rows: Sequence[Sequence[Cell]], merged: Sequence[Merge], registry: Registry, period: Period, cells: Cells
) -> HubTable:
    """Check a whole sheet; findings and notices come in the order of the file.

    A blank cell is a missing figure, never 0, and is listed as a notice. The totals row is required, because it is
    what shows that no row was lost on the way.
    """
    head = list(enumerate(rows[:SEARCHED_ROWS], 1))
    header = find_header(head, cells)
    if header is None:
        findings = title_findings(lines_above(head, cells), period)
        wanted = "含“平台编码”“平台名称”“平台类型”和各数据列名称的一行"
        return HubTable(findings=[*findings, Finding(f"前{SEARCHED_ROWS}行中没有找到表头", wanted)])
    reader = _Rows(registry, header, cells)
    reader.read(enumerate(rows[header.row :], header.row + 1))
    findings = [
        *title_findings(lines_above(head[: header.row - 1], cells), period),
        *header.findings,
        *reader.findings,
        *reader.columns.findings,
        *reader.merge_findings(merged),
    ]
    return HubTable(reader.taken, _in_order(findings), _in_order(reader.columns.notices))


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.place)


class _Rows:
    """One pass over the rows below the header."""

    def __init__(self, registry: Registry, header: Header, cells: Cells) -> None:
        self.columns = CountColumns(header, cells)
        self.taken: list[HubRow] = []
        self.findings: list[Finding] = []
        self._registry, self._header, self._cells = registry, header, cells
        self._known = registry.exact()
        self._first_rows: dict[int, int] = {}  # platform → the row it first stands in
        self._platform_rows: list[int] = []
        self._totals: tuple[int, Values] | None = None

    def read(self, rows: Iterable[tuple[int, Sequence[Cell]]]) -> None:
        identity_of = _getter(self._header, IDENTITY)
        values_of = _getter(self._header, self.columns.headings)
        for number, row in rows:
            identity, values = identity_of(row), values_of(row)
            platform = self._known.get(identity)
            if platform is None:
                if not self._is_platform_row(number, row, identity, values):
                    continue
                platform = self._identified(number, identity)
            self._platform_rows.append(number)
            counts = self.columns.take(number, values)
            if platform is not None:
                self._meet(number, platform)
                self.taken.append((number, platform, counts))
        self._finish()

    def merge_findings(self, merged: Sequence[Merge]) -> list[Finding]:
        """Merged cells above the header and in notes are normal; in the header and in a platform's row they hide
        what belongs to whom."""
        numbers = [self._header.row, *self._platform_rows]
        letter = self._cells.column_letter
        found = []
        for (top, left), (bottom, right) in merged:
            place = bisect_left(numbers, top + 1)
            if place < len(numbers) and numbers[place] <= bottom + 1:
                value = f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}"
                wanted = "取消合并,每行单独填写"
                found.append(Finding("表头或数据行中有合并单元格", wanted, top + 1, left, letter(left), value))
        return found

    def _is_platform_row(self, number: int, row: Sequence[Cell], identity: Values, values: Values) -> bool:
        """False for blank rows, notes and the totals row, which is kept for the end."""
        texts = [text for cell in row if (text := self._cells.text_of(cell))]
        if not texts:
            return False
        is_note = len(texts) == 1 and texts[0].startswith(_NOTES)
        if is_note or (self._totals is not None and self._is_below_the_table(identity, values)):
            return False
        if _TOTALS.isdisjoint(map(self._cells.name_key, texts)):
            return True
        if self._totals is not None:
            self.findings.append(Finding("合计行重复", f"只有一个合计行,前面第{self._totals[0]}行已是合计行", number))
        else:
            self._totals = number, values
        return False

    def _is_below_the_table(self, identity: Values, values: Values) -> bool:
        """Signatures and remarks under the totals: no registered code, no number in any column of figures."""
        is_registered = self._cells.text_of(identity[0]) in self._registry.by_code
        return not is_registered and not any(self.columns.is_number(value) for value in values)

    def _identified(self, number: int, identity: Values) -> Registered | None:
        code, name, type_label = [self._cells.text_of(cell) for cell in identity]
        platform, findings = self._registry.identify(Identity(number, code, name, type_label), self._header)
        self.findings += findings
        return platform

    def _meet(self, number: int, platform: Registered) -> None:
        first = self._first_rows.setdefault(platform.id, number)
        if first != number:
            heading = CODE if CODE in self._header.positions else NAME
            wanted = f"每个平台只有一行,第{first}行已有该平台"
            self.findings.append(self._header.finding(number, heading, "平台重复", wanted, platform.code))

    def _finish(self) -> None:
        if not self._platform_rows:
            self.findings.append(Finding("表中没有任何平台数据行", "表头下方每个平台一行", self._header.row))
        if self._totals is None:
            last = self._platform_rows[-1] if self._platform_rows else self._header.row
            self.findings.append(Finding("没有合计行,无法核对数据是否完整", "数据行之后有“合计”行", last + 1))
            return
        totals_row, values = self._totals
        self.columns.check_totals(totals_row, values)
        below = [number for number in self._platform_rows if number > totals_row]
        self.findings += [Finding("合计行之后还有平台数据行", "所有平台都在合计行之前", number) for number in below]


def _getter(header: Header, headings: Sequence[str]) -> Callable[[Sequence[Cell]], Values]:
    """Picks these columns out of a row; a column that the file lacks reads as blank."""
    positions = [header.positions.get(heading) for heading in headings]
    if len(positions) > 1 and None not in positions:
        picked: Callable[[Sequence[Cell]], Values] = itemgetter(*positions)
        return picked
    return lambda row: tuple([None if position is None else row[position] for position in positions])
