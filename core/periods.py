"""Calendar periods of the evaluation, pure: a quarter such as 2025Q1. No clock here; callers hand dates in."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_CODE = re.compile(r"(20[0-9]{2})Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of one year. `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def parse(cls, code: str) -> Self:
        """`2025Q1` → Quarter(2025, 1); ValueError with a Chinese message otherwise."""
        match = _CODE.fullmatch(code.strip().upper())
        if match is None:
            raise ValueError(f"“{code}”不是季度代码,应写成如 2025Q1 的形式")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def containing(cls, day: date) -> Self:
        """The quarter in which a day lies."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def code(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def first_on(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_on(self) -> date:
        day = 31 if self.number in (1, 4) else 30
        return date(self.year, 3 * self.number, day)

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    def __str__(self) -> str:
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"
