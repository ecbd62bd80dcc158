"""The 催报名单 in words: the text one sends to a platform, and the workbook. Nothing is decided here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from core.files.excel.writer import Table, workbook_bytes
from evaluation.collection.models import ReportingPeriod
from evaluation.completeness.queries.quarter import Row
from evaluation.completeness.queries.reminder_lists import OwingPlatform
from evaluation.deadlines import is_late
from platforms.models import Platform

LONGEST = 1000
_HEADING = ("行政区划", "平台编码", "平台", "未报", "退回待重报", "年度工作总结", "最早期限", "逾期")
_CONTACT = ("联系人", "联系电话", "催报短信")


@dataclass(frozen=True)
class Reminder:
    """One platform's line of the list: what is owed in words, and the ready text for it."""

    platform: Platform
    open_items: str
    returned_items: str
    summary: str
    due_on: date | None
    is_late: bool
    text: str


def reminders(period: ReportingPeriod, entries: Iterable[OwingPlatform], now: datetime) -> list[Reminder]:
    """In the order given."""
    return [_reminder(period, entry, now) for entry in entries]


def reminder_text(period: ReportingPeriod, entry: OwingPlatform, now: datetime) -> str:
    """Who, what, until when; fits a message to the platform."""
    opened, returned = entry.open_rows, entry.returned_rows
    parts = []
    if opened:
        parts.append(f"{period.as_quarter}有{len(opened)}项数据未报({_names(opened)}),{_until(opened, now)}")
    if returned:
        parts.append(f"{len(returned)}项数据已退回待重报({_names(returned)}),{_until(returned, now)}")
    if entry.owes_summary:
        parts.append(f"{period.year}年度工作总结未报,已过12月10日期限")
    greeting = f"{entry.platform.contact_person}您好:" if entry.platform.contact_person else ""
    text = f"{greeting}{entry.platform.name}{';'.join(parts)}。请尽快登录评价系统“我的工作”报送。"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def reminder_workbook(period: ReportingPeriod, listed: Iterable[Reminder], *, with_contact: bool) -> bytes:
    """One sheet, a line per platform. Contacts only for whoever may call them."""
    heading = _HEADING + _CONTACT if with_contact else _HEADING
    rows = [_cells(reminder, with_contact=with_contact) for reminder in listed]
    return workbook_bytes([Table(f"{period.as_quarter.code}催报名单", [heading, *rows])])


def _reminder(period: ReportingPeriod, entry: OwingPlatform, now: datetime) -> Reminder:
    days = [row.cell.due_on for row in (*entry.open_rows, *entry.returned_rows)]
    return Reminder(
        platform=entry.platform,
        open_items=_names(entry.open_rows),
        returned_items=_names(entry.returned_rows),
        summary="未报送" if entry.owes_summary else "",
        due_on=min(days, default=None),
        is_late=entry.is_late,
        text=reminder_text(period, entry, now),
    )


def _cells(reminder: Reminder, *, with_contact: bool) -> tuple[str, ...]:
    platform = reminder.platform
    own = (
        platform.region.name,
        platform.code,
        platform.name,
        reminder.open_items,
        reminder.returned_items,
        reminder.summary,
        f"{reminder.due_on:%Y-%m-%d}" if reminder.due_on else "",
        "是" if reminder.is_late else "否",
    )
    return (*own, platform.contact_person, platform.contact_phone, reminder.text) if with_contact else own


def _names(rows: Iterable[Row]) -> str:
    return "、".join(f"{row.indicator.code} {row.indicator.name}" for row in rows)


def _until(rows: Iterable[Row], now: datetime) -> str:
    """The earliest day among them."""
    due_on = min(row.cell.due_on for row in rows)
    day = f"{due_on.year}年{due_on.month}月{due_on.day}日"
    return f"已过{day}期限" if is_late(due_on=due_on, received_at=now) else f"截止{day}24时"
