"""A file that was read and found sound, ready to be compared and stored. Writes nothing."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from core.characters import folded
from core.errors import Fault, Refusal
from core.files.excel.cells import amount_of, column_letter, text_of
from evaluation.findings import Cells, Finding
from evaluation.intake.checks.figures import FigureRow
from evaluation.intake.checks.registry import Registered

CELLS = Cells(text_of, amount_of, folded, column_letter)
SHOWN_FAULTS = 1000


@dataclass(frozen=True)
class Reading(ABC):
    """What one file says about one period; `quarter` is 0 for figures of a whole year. `notices` are worth showing
    but stand in nobody's way: blank cells, platforms that the file leaves out."""

    kind: ClassVar[str]
    permission: ClassVar[str]
    media_type: ClassVar[str]

    year: int
    quarter: int
    file_name: str
    content: bytes = field(repr=False)
    notices: tuple[Fault, ...] = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def period(self) -> str:
        return f"{self.year}年第{'一二三四'[self.quarter - 1]}季度" if self.quarter else f"{self.year}年度"

    @property
    def platform_types(self) -> set[str]:
        return {platform.platform_type for platform in self.platforms()}

    @property
    @abstractmethod
    def row_count(self) -> int: ...

    @property
    @abstractmethod
    def figure_count(self) -> int: ...

    @abstractmethod
    def platforms(self) -> Iterable[Registered]:
        """The platforms of the file, perhaps with repetitions."""

    @abstractmethod
    def figures(self) -> Iterator[FigureRow]:
        """Every figure, in the order of the file."""

    @abstractmethod
    def copy_lines(self, batch: int) -> Iterator[str]:
        """The figures as text of COPY into `FIGURE_COLUMNS`, in pieces of whole lines."""


FIGURE_COLUMNS = ("batch_id", "platform_id", "indicator", "year", "quarter", "row", "state", "amount", "base", "parts")


def faults_of(findings: Sequence[Finding], *, sheet: str = "") -> list[Fault]:
    """Findings as faults of the named sheet; beyond a thousand their number is enough."""
    faults = [
        Fault(f.message, expected=f.expected, sheet=sheet, row=f.row or None, column=f.column, value=f.value)
        for f in findings[:SHOWN_FAULTS]
    ]
    if len(findings) > SHOWN_FAULTS:
        faults.append(Fault(f"另有{len(findings) - SHOWN_FAULTS}处问题未逐一列出"))
    return faults


def refuse_if_any(findings: Sequence[Finding], *, sheet: str = "") -> None:
    """Raise `Refusal` with every finding."""
    if findings:
        raise Refusal(faults_of(findings, sheet=sheet))
