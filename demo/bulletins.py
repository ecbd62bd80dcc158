"""The bulletins of the demonstration: every quarter with data, drafted and compiled by the city platform, issued by the
bureau. Numbers and dates are fictional."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from core.models import Job, User
from core.periods import Quarter
from evaluation.bulletin.actions import draft_bulletin, issue_bulletin, request_compiling, write_bulletin
from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.models import Bulletin

# Quarter, number within the year of issue, day.
ISSUES = (
    ("2024Q1", 1, date(2024, 4, 18)),
    ("2024Q2", 2, date(2024, 7, 17)),
    ("2024Q3", 3, date(2024, 10, 22)),
    ("2024Q4", 1, date(2025, 2, 20)),
    ("2025Q1", 2, date(2025, 4, 17)),
    ("2025Q2", 3, date(2025, 7, 16)),
    ("2025Q3", 4, date(2025, 10, 21)),
    ("2025Q4", 1, date(2026, 2, 12)),
    ("2026Q1", 2, date(2026, 4, 16)),
    ("2026Q2", 3, date(2026, 7, 15)),
    ("2026Q3", 4, date(2026, 10, 20)),
)


def compiling_steps(*, by: User) -> Iterator[tuple[str, Callable[[], Job | None]]]:
    """One for each quarter; a bulletin that is compiled already asks for nothing."""
    for code, serial_number, issued_on in ISSUES:
        quarter = Quarter.parse(code)
        yield f"编制{quarter}通报", partial(_compile, quarter, serial_number, issued_on, by)


def issuing_steps(*, by: User) -> Iterator[tuple[str, Callable[[], Job | None]]]:
    for code, _, _ in ISSUES:
        quarter = Quarter.parse(code)
        yield f"印发{quarter}通报", partial(_issue, quarter, by)


def _compile(quarter: Quarter, serial_number: int, issued_on: date, by: User) -> Job | None:
    bulletin = draft_bulletin(year=quarter.year, quarter=quarter.number, by=by)
    if bulletin.status != BulletinStatus.DRAFT:
        return None
    bulletin = write_bulletin(
        bulletin=bulletin, serial_number=serial_number, issued_on=issued_on, problems="", requirements="", by=by
    )
    return request_compiling(bulletin=bulletin, submission="demo", by=by)


def _issue(quarter: Quarter, by: User) -> None:
    bulletin = Bulletin.objects.get(year=quarter.year, quarter=quarter.number)
    if bulletin.status == BulletinStatus.COMPILED:
        issue_bulletin(bulletin=bulletin, by=by)
