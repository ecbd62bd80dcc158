"""The rows of a list of served enterprises. One enterprise, one activity, one day is one visit (细则 R3.1(2)). Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from core.errors import Fault, Refusal
from core.files.excel.cells import Cell
from platforms.checks.cells import choice, credit_code, needed, past_day, phone, text
from platforms.checks.tables import Column, Source, find_table

NAME, CODE, DAY, KIND, ACTIVITY = "企业名称", "统一社会信用代码", "服务日期", "服务类别", "服务事项"
PERSON, PHONE = "企业联系人", "联系电话"
COLUMNS = (
    Column(NAME),
    Column(CODE),
    Column(DAY),
    Column(KIND),
    Column(ACTIVITY),
    Column(PERSON, is_needed=False),
    Column(PHONE, is_needed=False),
)
MAX_ROWS = 50_000

Report = Callable[[int, int, str], None]
"""report(done, total, note)"""


class ServiceRow(NamedTuple):
    row: int
    credit_code: str
    name: str
    served_on: date
    kind: str
    activity: str
    contact_person: str
    contact_phone: str


class Merged(NamedTuple):
    """A row that says what an earlier row of the file, or a stored record (`first` is None), says already."""

    row: int
    first: int | None

    def __str__(self) -> str:
        same = f"与第{self.first}行相同" if self.first else "与已登记的服务记录相同"
        return f"第{self.row}行{same},算一家次"


class ServiceRows(NamedTuple):
    """The visits of a file, each by its first row; the rows merged into them; how many rows there were."""

    visits: list[ServiceRow]
    merged: list[Merged]
    row_count: int


def read_service_rows(
    source: Source, *, kinds: Mapping[str, str], today: date, report: Report | None = None
) -> ServiceRows:
    """Every visit, or a `Refusal` with every fault. `report` is told of each column that has been read."""
    table = find_table(source, COLUMNS)
    if len(table.numbers) > MAX_ROWS:
        raise Refusal([Fault(f"有{len(table.numbers)}行数据", expected=f"一次不超过{MAX_ROWS}行,请分开上传")])
    readers: tuple[tuple[str, Callable[[Cell], object]], ...] = (
        (CODE, credit_code),
        (NAME, text(200)),
        (DAY, needed(past_day(today))),
        (KIND, choice(kinds)),
        (ACTIVITY, text(120)),
        (PERSON, text(40, is_needed=False)),
        (PHONE, phone),
    )
    columns: list[list[Any]] = []
    for name, reader in readers:
        if report is not None:
            report(len(columns) + 1, len(readers) + 2, f"共{len(table.numbers)}行,正在核对“{name}”")
        columns.append(table.read(name, reader))
    table.refuse_if_faulty()
    return _merge([ServiceRow(*row) for row in zip(table.numbers, *columns, strict=True)])


def _merge(rows: list[ServiceRow]) -> ServiceRows:
    first: dict[tuple[str, date, str], int] = {}
    visits: list[ServiceRow] = []
    merged: list[Merged] = []
    for row in rows:
        earlier = first.setdefault((row.credit_code, row.served_on, row.activity), row.row)
        if earlier == row.row:
            visits.append(row)
        else:
            merged.append(Merged(row.row, earlier))
    return ServiceRows(visits, merged, len(rows))
