"""How single cells of a list are read: a name, a code, a day, a phone. What cannot be read has its reason, and after
`;应为:` what is wanted. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

from core.characters import clean, faults
from core.files.excel.cells import Cell, text_of
from platforms.credit_code import clean_credit_code

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_PHONE = re.compile(r"[0-9+() /、,;转-]{5,}", re.ASCII)
_EARLIEST_YEAR = 2000
_DAY_WANTED = ";应为:日期,形如2026-03-31"


def text(longest: int, *, is_needed: bool = True) -> Callable[[Cell], str]:
    """Text of at most so many characters, runs of white space made one space; never a formula, nothing hidden in it."""

    def read(cell: Cell) -> str:
        found = " ".join(clean(text_of(cell)).split())
        if is_needed and not found:
            raise ValueError("必须填写")
        if found.startswith("="):
            raise ValueError("单元格是公式;应为:文字(选中后“复制-选择性粘贴-数值”)")
        if len(found) > longest:
            raise ValueError(f"有{len(found)}个字;应为:不超过{longest}个字")
        if wrong := faults(found):
            raise ValueError(wrong[0])
        return found

    return read


def credit_code(cell: Cell) -> str:
    """18 characters with a true check digit."""
    found = text_of(cell)
    if not found:
        raise ValueError("必须填写;应为:18位统一社会信用代码")
    if isinstance(cell, date) or found.startswith("="):
        raise ValueError("不是统一社会信用代码;应为:18位代码,把该列设为文本格式后填写")
    return clean_credit_code(found)


def past_day(today: date) -> Callable[[Cell], date | None]:
    """A day up to today, None when the cell is blank."""

    def read(cell: Cell) -> date | None:
        day = day_of(cell)
        if day is not None and day > today:
            raise ValueError(f"晚于今天;应为:不晚于{today}")
        if day is not None and day.year < _EARLIEST_YEAR:
            raise ValueError(f"早于{_EARLIEST_YEAR}年,请核对{_DAY_WANTED}")
        return day

    return read


def day_of(cell: Cell) -> date | None:
    """A date cell, or a date typed in one of the usual forms; None when blank."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = text_of(cell)
    if not found:
        return None
    match = _DAY.fullmatch(found)
    if match is None:
        raise ValueError(f"不是有效日期{_DAY_WANTED}")
    try:
        return date(*(int(part) for part in match.groups() if part))
    except ValueError:
        raise ValueError(f"没有这一天{_DAY_WANTED}") from None


def needed(read: Callable[[Cell], date | None]) -> Callable[[Cell], date]:
    def filled(cell: Cell) -> date:
        day = read(cell)
        if day is None:
            raise ValueError(f"必须填写{_DAY_WANTED}")
        return day

    return filled


def choice(labels: Mapping[str, str]) -> Callable[[Cell], str]:
    """A value by its label, or by itself."""
    values = {label: value for value, label in labels.items()} | {value: value for value in labels}

    def read(cell: Cell) -> str:
        found = "".join(text_of(cell).split())
        if found not in values:
            raise ValueError(f"{'不在可选范围' if found else '必须填写'};应为:{'、'.join(labels.values())}")
        return values[found]

    return read


def phone(cell: Cell) -> str:
    found = text(40, is_needed=False)(cell)
    if found and not _PHONE.fullmatch(found):
        raise ValueError("不像电话号码;应为:数字,可带区号、分机号")
    return found
