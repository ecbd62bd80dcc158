"""Refusals: what a person did that cannot be accepted, said in Chinese, all faults at once."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an input: where it stands, what stands there, what should.

    `sheet`, `row` (1-based, as the office program numbers it), `column` (letter or heading) and `value` are empty when
    the fault concerns the whole file.
    """

    message: str
    expected: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = "".join(
            (
                f"工作表“{self.sheet}”" if self.sheet else "",
                f"第{self.row}行" if self.row is not None else "",
                f"“{self.column}”列" if self.column else "",
            )
        )
        found = f"(现为“{self.value}”)" if self.value else ""
        wanted = f";应为:{self.expected}" if self.expected else ""
        return f"{place}{':' if place else ''}{self.message}{found}{wanted}"


class Refusal(Exception):  # noqa: N818  an official refuses; nothing has gone wrong in the program
    """An input or a step that is refused as a whole; nothing was changed. Holds every fault found, in file order."""

    def __init__(self, faults: Sequence[Fault] | str) -> None:
        self.faults: tuple[Fault, ...] = (Fault(faults),) if isinstance(faults, str) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def as_rows(self) -> list[dict[str, object]]:
        """The faults as JSON-ready rows, for a job's record."""
        return [asdict(fault) for fault in self.faults]


class Unequipped(Refusal):
    """This server lacks something that the step needs. The same request can be taken up again once it is there."""
