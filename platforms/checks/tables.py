"""A table whose columns are found by their names, wherever its heading stands. It is held by column: each column is
read by one function and most of its cells repeat. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from core.errors import Fault, Refusal
from core.files.excel.cells import Cell, text_of

HEADING_WITHIN = 10  # rows above the heading: a title, a date, a number of an attachment
SHOWN_FAULTS = 1000
IGNORED = frozenset({"序号"})
_LONGEST_QUOTE = 60

T = TypeVar("T")


class Source(NamedTuple):
    """The rows of a file. `numbers[i]` is the row of the file in which `rows[i]` stands, `sheet` is '' for CSV."""

    sheet: str
    numbers: Sequence[int]
    rows: Sequence[Sequence[Cell]]


class Column(NamedTuple):
    name: str
    is_needed: bool = True


@dataclass(frozen=True)
class Table:
    """The rows below the heading that say anything, by column; an optional column that the file has not is blank."""

    sheet: str
    numbers: list[int]
    cells: dict[str, list[Cell]]
    order: dict[str, int]
    faults: list[Fault] = field(default_factory=list)

    def read(self, name: str, reader: Callable[[Cell], T]) -> list[T | None]:
        """One column, each distinct cell read once; a ValueError of the reader is a fault of every row that has it,
        its text after `;应为:` is what is expected. None stands where a cell is faulty."""
        known: dict[Cell, T] = {}
        wrong: dict[Cell, str] = {}
        for cell in set(self.cells[name]):
            try:
                known[cell] = reader(cell)
            except ValueError as error:
                wrong[cell] = str(error)
        if wrong:
            for number, cell in zip(self.numbers, self.cells[name], strict=True):
                if cell in wrong:
                    self.add(number, name, wrong[cell], cell)
        return [known.get(cell) for cell in self.cells[name]]

    def add(self, number: int, name: str, message: str, cell: Cell) -> None:
        said, _, expected = message.partition(";应为:")
        value = quoted(cell)
        shown = "" if value and value in said else value
        self.faults.append(Fault(said, expected=expected, sheet=self.sheet, row=number, column=name, value=shown))

    def refuse_if_faulty(self) -> None:
        """Raise every fault, as a reader of the file meets them."""
        if self.faults:
            raise Refusal(limited(sorted(self.faults, key=lambda f: (f.row or 0, self.order.get(f.column, -1)))))


def find_table(source: Source, columns: Sequence[Column]) -> Table:
    """The table below the first row that names a needed column. Raises `Refusal` when columns are missing, unknown or
    named twice, or when no row follows."""
    needed = {column.name for column in columns if column.is_needed}
    start = _heading(source, needed)
    names = [_squeezed(cell) for cell in source.rows[start]]
    number = source.numbers[start]
    faults = _heading_faults(names, columns, needed, source.sheet, number)
    rows = _filled(source, start + 1, [names.index(column.name) for column in columns if column.name in names])
    if not rows and not faults:
        faults = [Fault("表头下面没有数据行", sheet=source.sheet, row=number)]
    if faults:
        raise Refusal(faults)
    by_column = list(zip(*(row for _, row in rows), strict=True))
    blank: list[Cell] = [None] * len(rows)
    cells = {c.name: list(by_column[names.index(c.name)]) if c.name in names else blank for c in columns}
    order = {name: position for position, name in enumerate(names)}
    return Table(source.sheet, [n for n, _ in rows], cells, order)


def limited(faults: Sequence[Fault], shown: int = SHOWN_FAULTS) -> list[Fault]:
    """The first ones; beyond them their number is enough."""
    rest = len(faults) - shown
    return [*faults[:shown], *([Fault(f"另有{rest}处未逐一列出")] if rest > 0 else [])]


def quoted(cell: Cell) -> str:
    """A found value, short and on one line."""
    text = " ".join(text_of(cell).split())
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def _heading(source: Source, needed: set[str]) -> int:
    """The row that names most of the needed columns."""
    head = source.rows[:HEADING_WITHIN]
    found = [len(needed & {_squeezed(cell) for cell in row}) for row in head]
    if not any(found):
        wanted = "、".join(sorted(needed))
        expected = f"前{HEADING_WITHIN}行中有一行写明列名:{wanted}"
        raise Refusal([Fault("没有找到表头", expected=expected, sheet=source.sheet)])
    return found.index(max(found))


def _heading_faults(
    names: Sequence[str], columns: Sequence[Column], needed: set[str], sheet: str, number: int
) -> list[Fault]:
    known = {column.name for column in columns} | IGNORED
    wanted = "、".join(column.name for column in columns)
    missing = [column.name for column in columns if column.name in needed - set(names)]
    faults = [Fault("缺少这一列", sheet=sheet, row=number, column=name) for name in missing]
    for position, name in enumerate(names):
        if name and name not in known:
            faults.append(Fault("不认识这一列,请删去或改名", f"只有这些列:{wanted}", sheet, number, name))
        elif name and name in names[:position]:
            faults.append(Fault("列名重复", sheet=sheet, row=number, column=name))
    return faults


def _filled(source: Source, start: int, positions: Sequence[int]) -> list[tuple[int, Sequence[Cell]]]:
    """Rows with anything in a column that is read; those that were only numbered beforehand are blank."""
    rows = zip(source.numbers[start:], source.rows[start:], strict=True)
    return [(number, row) for number, row in rows if any(text_of(row[position]) for position in positions)]


def _squeezed(cell: Cell) -> str:
    return "".join(text_of(cell).split())
