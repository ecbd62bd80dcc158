"""Lists of enterprises as files: workbooks and CSV, honest or not."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl

from core.errors import Refusal
from core.models import User
from platforms.actions.recognition_lists import (
    ListParticulars,
    RecognitionsOutcome,
    RecognitionsReading,
    import_recognitions,
    read_recognitions,
)
from platforms.actions.service_lists import ServicesOutcome, ServicesReading, import_services, read_services
from platforms.checks.service_rows import COLUMNS
from platforms.models import Platform
from tests.factories.collection import credit_code

TODAY = date(2026, 11, 25)
ABOUT = ListParticulars("little_giant", "演示小巨人名单", "演工信〔2026〕1号", date(2026, 9, 1))
SERVICE_HEADING = [column.name for column in COLUMNS]


def xlsx(*rows: Sequence[Any], sheet: str = "名单") -> bytes:
    book = openpyxl.Workbook()
    table = book.worksheets[0]
    table.title = sheet
    for row in rows:
        table.append(list(row))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv(*rows: Sequence[Any]) -> bytes:
    return "\r\n".join(",".join(str(cell) for cell in row) for row in rows).encode()


def recognitions(
    *rows: Sequence[Any], heading: Sequence[str] = ("企业名称", "统一社会信用代码"), **about: Any
) -> RecognitionsReading:
    content = xlsx(heading, *rows)
    return read_recognitions(content=content, file_name="名单.xlsx", about=ABOUT._replace(**about), today=TODAY)


def taken_in(*rows: Sequence[Any], by: User | None = None, **more: Any) -> RecognitionsOutcome:
    return import_recognitions(reading=recognitions(*rows, **more), by=by)


def visit(number: int = 1, day: Any = date(2026, 3, 5), activity: str = "政策宣讲会", **more: Any) -> list[Any]:
    row = {
        "企业名称": f"演示企业{number}号",
        "统一社会信用代码": credit_code(number),
        "服务日期": day,
        "服务类别": "政策宣传",
        "服务事项": activity,
        "企业联系人": "演示联系人",
        "联系电话": "13900000000",
    } | more
    return [row[name] for name in SERVICE_HEADING]


def services(platform: Platform, *rows: Sequence[Any]) -> ServicesReading:
    content = xlsx(SERVICE_HEADING, *rows)
    return read_services(platform=platform, content=content, file_name="服务企业.xlsx", today=TODAY)


def recorded(platform: Platform, by: User, *rows: Sequence[Any]) -> ServicesOutcome:
    return import_services(reading=services(platform, *rows), by=by)


def faults(call: Any, *arguments: Any, **options: Any) -> list[str]:
    try:
        call(*arguments, **options)
    except Refusal as refusal:
        return [str(fault) for fault in refusal.faults]
    return []
