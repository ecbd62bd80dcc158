"""The tables that honest files hold: one for each import, small and invented."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import openpyxl

from tests.evaluation.intake.workbooks import DEMO
from tests.evaluation.year.demo import platform_rows
from tests.factories.collection import credit_code

Rows = Sequence[Sequence[Any]]


def hub() -> Rows:
    """The first quarter of 2025 as the provincial platform gives it out."""
    sheet = openpyxl.load_workbook(DEMO / "hub" / "2025Q1.xlsx").worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def services() -> Rows:
    heading = ["企业名称", "统一社会信用代码", "服务日期", "服务类别", "服务事项", "企业联系人", "联系电话"]
    rows = [
        [
            f"演示企业{n}号有限公司",
            credit_code(n),
            date(2026, 3, n),
            "政策宣传",
            "政策宣讲会",
            "演示联系人",
            "13900000000",
        ]
        for n in range(1, 9)
    ]
    return [["演示服务企业清单"], heading, *rows]


def recognitions() -> Rows:
    return [
        ["序号", "企业名称", "统一社会信用代码"],
        *([n, f"演示企业{n}号有限公司", credit_code(n)] for n in range(1, 9)),
    ]


def registers() -> Rows:
    rows = platform_rows()
    return [list(rows[0]), *([value or None for value in row.values()] for row in rows)]


def figures() -> Rows:
    """The demonstration's first rows of annual figures."""
    text = (DEMO / "figures-2025.csv").read_text(encoding="utf-8-sig").splitlines()
    return [line.replace('""', "\0").replace('"', "").replace("\0", '"').split(",", 3) for line in text[:40]]


TABLES = {"hub": hub, "services": services, "recognitions": recognitions, "registers": registers}


def serial(value: date | datetime) -> int:
    """A day as a workbook counts it."""
    return value.toordinal() - 693594
