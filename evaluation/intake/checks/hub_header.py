"""Finding the header row of a hub workbook and its columns by name. Nothing of the rows below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.findings import Cell, Cells, Finding
from evaluation.systems.checks.hub_columns import CODE, HEADINGS, IDENTITY, NAME, TYPE, plain_heading

SEARCHED_ROWS = 10
_ENOUGH = 3  # so many known headings make a header row
_KNOWN = frozenset((*IDENTITY, *HEADINGS))
_REQUIRED = (TYPE, *HEADINGS)


@dataclass(frozen=True)
class Header:
    """Where each known column stands, and what its heading says in this file."""

    row: int
    positions: dict[str, int]
    labels: dict[str, str]
    findings: tuple[Finding, ...] = ()

    def finding(self, row: int, heading: str, message: str, expected: str, value: str) -> Finding:
        """A finding in one known column."""
        return Finding(message, expected, row, self.positions.get(heading, 0), self.labels.get(heading, heading), value)


def find_header(rows: Iterable[tuple[int, Sequence[Cell]]], cells: Cells) -> Header | None:
    """The first row that holds several known headings."""
    for number, row in rows:
        names = [plain_heading(cells.text_of(cell)) for cell in row]
        if len(_KNOWN.intersection(names)) >= _ENOUGH:
            return _header(number, row, names, cells)
    return None


def _header(number: int, row: Sequence[Cell], names: list[str], cells: Cells) -> Header:
    positions: dict[str, int] = {}
    labels: dict[str, str] = {}
    findings = []
    for position, name in enumerate(names):
        if name not in _KNOWN:
            continue
        label = f"{cells.column_letter(position)} {cells.quote(row[position])}"
        if name in positions:
            message = f"“{name}”列重复,前面已有{labels[name]}"
            findings.append(Finding(message, "每列只有一个", number, position, label))
        else:
            positions[name], labels[name] = position, label
    findings += [
        Finding(f"缺少“{heading}”列", f"表头中有“{heading}”", number)
        for heading in _REQUIRED
        if heading not in positions
    ]
    if CODE not in positions and NAME not in positions:
        findings.append(Finding("缺少“平台编码”列和“平台名称”列", "至少有其中一列", number))
    return Header(number, positions, labels, tuple(findings))
