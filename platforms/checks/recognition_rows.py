"""The rows of a published list of recognised enterprises (细则 R3.4). Pure."""

from datetime import date
from difflib import SequenceMatcher
from typing import NamedTuple

from platforms.checks.cells import credit_code, past_day, text
from platforms.checks.tables import Column, Source, Table, find_table

NAME, CODE, DAY, PRODUCT = "企业名称", "统一社会信用代码", "认定日期", "产品"
ALIKE = 0.6  # a renamed enterprise keeps most of its name; below that the code may be somebody else's


class RecognitionRow(NamedTuple):
    row: int
    credit_code: str
    name: str
    product: str
    recognised_on: date


class Renamed(NamedTuple):
    """An enterprise that a list calls otherwise than the register does."""

    row: int
    credit_code: str
    old: str
    new: str

    @property
    def is_alike(self) -> bool:
        return SequenceMatcher(None, self.old, self.new, autojunk=False).ratio() >= ALIKE

    def __str__(self) -> str:
        hint = "" if self.is_alike else ";两个名称相差较大,请核对代码是否填错"
        return f"第{self.row}行{self.credit_code}:原登记名称“{self.old}”,名单为“{self.new}”,将以名单为准{hint}"


def read_recognition_rows(
    source: Source, *, has_products: bool, default_day: date, today: date
) -> list[RecognitionRow]:
    """Every row, or a `Refusal` with every fault. Only lists of 单项冠军 have products; a blank product stands for the
    enterprise itself, a blank day for the list's."""
    columns = [Column(NAME), Column(CODE), Column(DAY, is_needed=False)]
    table = find_table(source, [*columns, Column(PRODUCT, is_needed=False)] if has_products else columns)
    names = table.read(NAME, text(200))
    codes = table.read(CODE, credit_code)
    days = table.read(DAY, past_day(today))
    blank: list[str | None] = [""] * len(names)
    products = table.read(PRODUCT, text(120, is_needed=False)) if has_products else blank
    _check_repeated(table, codes, names, products)
    table.refuse_if_faulty()
    return [
        RecognitionRow(number, code or "", name or "", product or "", day or default_day)
        for number, code, name, product, day in zip(table.numbers, codes, names, products, days, strict=True)
    ]


def _check_repeated(table: Table, codes: list[str | None], names: list[str | None], products: list[str | None]) -> None:
    """One enterprise (or product) stands once in a list, and under one name."""
    rows: dict[tuple[str, str | None], int] = {}
    named: dict[str, tuple[int, str]] = {}
    for number, code, name, product, cell in zip(table.numbers, codes, names, products, table.cells[CODE], strict=True):
        if code is None:
            continue
        first = rows.setdefault((code, product), number)
        if first != number:
            table.add(number, CODE, f"与第{first}行重复,同一企业(产品)只能出现一次", cell)
        elif name is not None and named.setdefault(code, (number, name))[1] != name:
            row, other = named[code]
            table.add(number, NAME, f"同一代码在第{row}行的名称是“{other}”;应为:两行名称一致", name)
