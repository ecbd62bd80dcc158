"""The numbers of a hub workbook: whole counts, settled needs within published ones, totals that agree with the rows."""

from collections.abc import Sequence

from evaluation.findings import Cell, Cells, Finding
from evaluation.intake.checks.hub_header import Header
from evaluation.systems.checks.hub_columns import HEADINGS, PUBLISHED_NEEDS, SETTLED_NEEDS

Counts = list[int | None]
"""The numbers of one row in the order of `HUB_COLUMNS`; None where the cell is blank."""

LARGEST = 999_999_999_999
COUNT_WANTED = "不小于0的整数"


class CountColumns:
    """The columns of figures that the file has. A value met once and found sound is looked up ever after."""

    def __init__(self, header: Header, cells: Cells) -> None:
        self.headings = [heading for heading in HEADINGS if heading in header.positions]
        self.findings: list[Finding] = []
        self.notices: list[Finding] = []
        self._header, self._cells = header, cells
        self._sound: dict[Cell, int | None] = {}
        self._rows: list[Counts] = []
        self._unsound: set[str] = set()
        self._needs = tuple(
            self.headings.index(heading) if heading in header.positions else -1
            for heading in (PUBLISHED_NEEDS, SETTLED_NEEDS)
        )

    def take(self, row: int, values: Sequence[Cell]) -> Counts:
        """The counts of one platform's row."""
        sound = self._sound
        try:
            # True equals 1 as a key, so a logical value must not get as far as the look-up.
            counts = self._carefully(row, values) if bool in map(type, values) else [sound[value] for value in values]
        except KeyError:
            counts = self._carefully(row, values)
        if None in counts:
            self._note_blanks(row, values)
        self._check_needs(row, counts)
        self._rows.append(counts)
        return counts

    def check_totals(self, row: int, values: Sequence[Cell]) -> None:
        """Each total against the sum of its column; a column with a fault in it cannot be checked."""
        for place, heading in enumerate(self.headings):
            total = self._count(row, heading, values[place])
            if heading in self._unsound:
                continue
            wanted = sum([counts[place] or 0 for counts in self._rows])
            if total is None:
                self._find(row, heading, "合计为空", str(wanted), None)
            elif total != wanted:
                self._find(row, heading, "合计与各行之和不一致", str(wanted), values[place])

    def is_number(self, value: Cell) -> bool:
        """Whether a cell holds a number at all, sound as a count or not."""
        try:
            return self._cells.amount_of(value) is not None
        except ValueError:
            return False

    def _carefully(self, row: int, values: Sequence[Cell]) -> Counts:
        return [self._count(row, heading, value) for heading, value in zip(self.headings, values, strict=True)]

    def _count(self, row: int, heading: str, value: Cell) -> int | None:
        """One cell as a whole number; None when it is blank or a fault."""
        try:
            if isinstance(value, bool):
                raise ValueError("是逻辑值,不是数字")
            amount = self._cells.amount_of(value)
            if amount is not None and amount != int(amount):
                raise ValueError("不是整数")
            if amount is not None and not 0 <= amount <= LARGEST:
                raise ValueError("超过12位数字" if amount > 0 else "是负数")
        except ValueError as error:
            self._unsound.add(heading)
            self._find(row, heading, f"单元格{error}", COUNT_WANTED, value)
            return None
        count = None if amount is None else int(amount)
        self._sound[value] = count
        return count

    def _note_blanks(self, row: int, values: Sequence[Cell]) -> None:
        self.notices += [
            self._header.finding(row, heading, "单元格为空,按未报处理", "如确为零请填0", "")
            for heading, value in zip(self.headings, values, strict=True)
            if not self._cells.text_of(value)
        ]

    def _check_needs(self, row: int, counts: Counts) -> None:
        """The settled share of the published needs is a ratio (细则 R3.1(1)): it cannot exceed the whole."""
        published, settled = self._needs
        if min(published, settled) < 0:
            return
        whole, part = counts[published], counts[settled]
        if whole is not None and part is not None and part > whole:
            wanted = f"不大于企业需求发布数{whole}"
            self._find(row, SETTLED_NEEDS, "已办结需求大于企业需求发布", wanted, part)

    def _find(self, row: int, heading: str, message: str, expected: str, value: Cell) -> None:
        self.findings.append(self._header.finding(row, heading, message, expected, self._cells.quote(value)))
