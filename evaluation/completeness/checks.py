"""What has come in, figure by figure: how a figure stands, whether its day has passed, and how that reads. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from evaluation.deadlines import is_late


class Group(NamedTuple):
    """Figures that stand alike. `code` is how the addresses name them; the statuses never overlap between groups,
    except that what is late also stands in the group of its status."""

    code: str
    label: str
    statuses: frozenset[str]


LATE = "late"
OPEN, RETURNED = "open", "returned"
GROUPS = (
    Group(OPEN, "待报、未报", frozenset({"expected", "missing"})),
    Group(LATE, "逾期", frozenset()),
    Group(RETURNED, "已退回", frozenset({"returned"})),
    Group("handed_in", "已报送", frozenset({"handed_in"})),
    Group("accepted", "已接受", frozenset({"accepted", "locked"})),
    Group("not_applicable", "不适用", frozenset({"not_applicable"})),
)
STILL_OPEN = frozenset({"expected", "missing", "returned"})

# One character and one word per status: a cell is read by its sign, never by its colour alone.
SIGNS = {
    "expected": ("待", "待报"),
    "missing": ("缺", "未报"),
    "handed_in": ("报", "已报送"),
    "returned": ("退", "已退回"),
    "accepted": ("✓", "已接受"),
    "not_applicable": ("免", "不适用"),
    "locked": ("锁", "已锁定"),
}
LATE_SIGN = "!"


@dataclass(frozen=True)
class Cell:
    """How one figure stands. `is_late`: handed in after its day, or still open after it."""

    status: str
    due_on: date
    is_late: bool

    @property
    def sign(self) -> str:
        return SIGNS[self.status][0] + (LATE_SIGN if self.is_late else "")

    @property
    def label(self) -> str:
        return SIGNS[self.status][1] + (",逾期" if self.is_late else "")

    @property
    def is_open(self) -> bool:
        """The platform still has to hand it in."""
        return self.status in STILL_OPEN

    @property
    def groups(self) -> tuple[str, ...]:
        """The group of its status and, when late, that of the late."""
        own = tuple(group.code for group in GROUPS if self.status in group.statuses)
        return (*own, LATE) if self.is_late else own


def cell_of(
    *, status: str, period_due_on: date, return_due_on: date | None, handed_in_at: datetime | None, now: datetime
) -> Cell:
    """A figure's day is the one set when it last came back, else the period's. What is still open is late once that day
    has passed; what was handed in, when that happened after its day."""
    due_on = return_due_on or period_due_on
    moment = now if status in STILL_OPEN else handed_in_at
    return Cell(status, due_on, moment is not None and is_late(due_on=due_on, received_at=moment))


class SummaryState(NamedTuple):
    """How a year's summary of one window stands. `code`: `expected`, `missing`, `late`, `handed_in`."""

    code: str
    sign: str
    label: str


def summary_state(*, received: bool, hours_late: int, is_past: bool) -> SummaryState:
    """细则 R4.3: due until 10 December 24:00; what comes later is taken in and marked with its hours."""
    if received and hours_late:
        return SummaryState(LATE, f"报{LATE_SIGN}", f"已报送,逾期{hours_late}小时")
    if received:
        return SummaryState("handed_in", "报", "已报送")
    return SummaryState("missing", "缺", "未报送") if is_past else SummaryState("expected", "待", "待报")


def legend() -> Mapping[str, str]:
    """Every sign and its word, in the order of a figure's way."""
    order = ("expected", "missing", "handed_in", "returned", "accepted", "not_applicable", "locked")
    return {SIGNS[status][0]: SIGNS[status][1] for status in order} | {LATE_SIGN: "逾期"}
