"""What a check finds, and how a cell is named and quoted in it. No check stands here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

Cell = str | int | Decimal | bool | date | time | timedelta | None
LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong (or worth knowing) in a file. `row` is 1-based as the office program numbers it, 0 for the whole
    file; `position` is the column's index, which orders findings of one row."""

    message: str
    expected: str = ""
    row: int = 0
    position: int = -1
    column: str = ""
    value: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """Orders findings as a reader meets them."""
        return self.row, self.position


@dataclass(frozen=True)
class Cells:
    """How cells are read: a cell's text, its exact number (None when blank, ValueError with a Chinese reason), a name's
    comparison key (no spaces, full-width characters made plain), a column's letters."""

    text_of: Callable[[Cell], str]
    amount_of: Callable[[Cell], Decimal | None]
    name_key: Callable[[str], str]
    column_letter: Callable[[int], str]

    def quote(self, cell: Cell) -> str:
        """A found value for a message, short and on one line."""
        text = " ".join(self.text_of(cell).split())
        return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"
