"""What one cell says, pure: its text, its number, a name that ignores spaces. Each unreadable number has its reason."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from core.characters import plain_forms
from core.numbers import exact

Cell = str | int | Decimal | bool | date | time | timedelta | None

# A number as an office program shows it. More digits than any count or sum of money here could honestly have.
MAX_DIGITS = 15
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_REASONS = (
    (re.compile(r"#.*[!?]|#N/A", re.IGNORECASE), "是错误值"),
    (re.compile(r"TRUE|FALSE", re.IGNORECASE), "是逻辑值,不是数字"),
    (re.compile(r"[+-]?(?:NAN|INF|INFINITY)", re.IGNORECASE), "不是数字"),
    (re.compile(r"-0+(?:\.0+)?"), "是“负零”,请填0"),
    (re.compile(r"[-(]\s*[0-9,.]+\)?"), "是负数"),
    (re.compile(r".*[%‰]"), "带有百分号,请填写数值本身"),
    (re.compile(r"[+-]?[0-9.]+E[+-]?[0-9]+", re.IGNORECASE), "是科学计数法,请写出全部数字"),
    (re.compile(r"0X[0-9A-F]+", re.IGNORECASE), "是十六进制写法"),
    (re.compile(r"[0-9][0-9_]*_[0-9_.]*"), "含有下划线"),
    (re.compile(r"[=].*"), "是公式"),
    (re.compile(r"\+[0-9,.]+"), "带有正号,请删去"),
    (re.compile(r"[0-9,.]*,[0-9,.]*"), "的千位分隔符位置不对"),
    (re.compile(r"[0-9.]*"), "的小数点不对"),
)


def column_letter(index: int) -> str:
    """Letters of the column with this 0-based index: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """1-based number of a column: A → 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def text_of(cell: Cell) -> str:
    """The cell as text, outer spaces removed; dates as 2025-03-31, whole numbers without decimals, empty as ''."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, Decimal):
        return exact(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return str(cell)


def amount_of(cell: Cell) -> Decimal | None:
    """The number ≥ 0 in a cell, None when it is empty.

    Accepted besides real numbers: digits typed as text, full-width digits, thousands commas in their places, outer
    spaces. Anything else is a ValueError whose message says in Chinese what is wrong with it.
    """
    if type(cell) is int and cell >= 0:  # by far the most frequent; a bool is not an int here
        return Decimal(cell)
    if isinstance(cell, date | time | timedelta):
        raise ValueError("是日期或时间,不是数字")
    text = plain_forms(text_of(cell)).replace("−", "-").strip()
    if not text:
        return None
    if not (_PLAIN.fullmatch(text) or _GROUPED.fullmatch(text)):
        raise ValueError(_reason(text))
    digits = text.replace(",", "")
    if len(digits.replace(".", "").lstrip("0")) > MAX_DIGITS:
        raise ValueError(f"超过{MAX_DIGITS}位数字")
    return Decimal(digits)


def _reason(text: str) -> str:
    for pattern, reason in _REASONS:
        if pattern.fullmatch(text):
            return reason
    return "不是数字"
