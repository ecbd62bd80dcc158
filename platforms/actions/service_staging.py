"""The rows of a list of served enterprises beside the tables, and what they would change. Writes nothing lasting."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.backends.utils import CursorWrapper

from core.bulk import copy_lines, only_here
from platforms.checks.service_rows import Merged, ServiceRow, ServiceRows
from platforms.models import ServiceList

TABLE = "platforms_serviceupload"
_COLUMNS = ("row", "credit_code", "name", "served_on", "kind", "activity", "contact_person", "contact_phone")
_STORED = """
    SELECT u.row
      FROM platforms_serviceupload u
      JOIN platforms_enterprise e USING (credit_code)
      JOIN platforms_servicerecord s ON s.enterprise_id = e.id AND s.platform_id = %s
           AND s.served_on = u.served_on AND s.activity = u.activity AND s.withdrawn_at IS NULL
     ORDER BY u.row
"""
_NAMES = """
    SELECT DISTINCT ON (u.credit_code) u.row, u.credit_code, e.name, u.name,
           EXISTS (SELECT FROM platforms_enterpriserecognition r WHERE r.enterprise_id = e.id)
      FROM platforms_serviceupload u JOIN platforms_enterprise e USING (credit_code)
     WHERE e.name <> u.name
     ORDER BY u.credit_code, u.row DESC
"""
_KNOWN = """
    SELECT count(*) FROM platforms_enterprise e
     WHERE EXISTS (SELECT FROM platforms_serviceupload u WHERE u.credit_code = e.credit_code)
"""
_LINES = 5_000


class QuarterCounts(NamedTuple):
    """服务家次 and 服务企业(家) of one quarter."""

    year: int
    quarter: int
    visits: int
    enterprises: int


class NameDiffers(NamedTuple):
    row: int
    credit_code: str
    registered: str
    given: str
    is_published: bool

    def __str__(self) -> str:
        kept = "已在认定名单中,沿用登记名称" if self.is_published else "将改用本名单的名称"
        return f"第{self.row}行{self.credit_code}:登记名称“{self.registered}”,本名单为“{self.given}”,{kept}"


@dataclass(frozen=True)
class ServiceChanges:
    """`known` is the list that this very file has become already. `quarters` count the file's own visits."""

    known: ServiceList | None
    row_count: int
    merged: Sequence[Merged] = field(repr=False)
    names: Sequence[NameDiffers] = field(repr=False)
    quarters: Sequence[QuarterCounts]
    new_visits: int
    enterprises: int
    new_enterprises: int

    @property
    def is_nothing(self) -> bool:
        return self.known is not None or not self.new_visits

    @property
    def notices(self) -> list[str]:
        return [*map(str, self.names), *map(str, self.merged)]


@contextmanager
def staged(cursor: CursorWrapper, visits: Sequence[ServiceRow]) -> Iterator[None]:
    """The visits in a table of their own until the block ends, seen by this transaction alone. Their texts hold neither
    tab nor line break: the checks saw to it."""
    with only_here(cursor, TABLE):
        copy_lines(TABLE, _COLUMNS, _lines(visits))
        yield


def _lines(visits: Sequence[ServiceRow]) -> Iterator[str]:
    for start in range(0, len(visits), _LINES):
        lines = ["\t".join(map(str, row)) for row in visits[start : start + _LINES]]
        yield "\n".join(lines).replace("\\", "\\\\") + "\n"


def staged_changes(
    cursor: CursorWrapper, platform: int, rows: ServiceRows, known: ServiceList | None
) -> ServiceChanges:
    """Compare the staged visits with the platform's records and with the register of enterprises."""
    cursor.execute(_STORED, [platform])
    stored = [Merged(row, None) for (row,) in cursor.fetchall()]
    cursor.execute(_NAMES)
    names = [NameDiffers(*row) for row in cursor.fetchall()]
    cursor.execute(_KNOWN)
    (registered,) = cursor.fetchone()
    enterprises = len({visit.credit_code for visit in rows.visits})
    merged = sorted([*rows.merged, *stored], key=lambda each: each.row)
    return ServiceChanges(
        known,
        rows.row_count,
        merged,
        sorted(names),
        quarter_counts(rows.visits),
        len(rows.visits) - len(stored),
        enterprises,
        enterprises - registered,
    )


def quarter_counts(visits: Sequence[ServiceRow]) -> list[QuarterCounts]:
    """The file's own visits and enterprises by quarter, oldest first."""
    quarters: dict[tuple[int, int], list[str]] = defaultdict(list)
    for visit in visits:
        quarters[visit.served_on.year, (visit.served_on.month + 2) // 3].append(visit.credit_code)
    return [QuarterCounts(*key, len(codes), len(set(codes))) for key, codes in sorted(quarters.items())]
