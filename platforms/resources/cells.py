"""How single cells of registry tables are read and written. A cell that cannot be read is a ValueError in Chinese."""

import re
from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Choices, Model
from import_export.widgets import Widget

from core.files.excel.cells import Cell, text_of
from platforms.credit_code import clean_credit_code
from platforms.models.platform import CODE_RULE

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")


class Text(Widget):
    """Text without outer spaces; numbers that an office program made of codes come back as their digits."""

    def clean(self, value: Cell, row: object = None, **_: object) -> str:
        return text_of(value)

    def render(self, value: object, obj: object = None, **_: object) -> str:
        return "" if value is None else str(value)


class Required(Text):
    def clean(self, value: Cell, row: object = None, **_: object) -> str:
        text = super().clean(value)
        if not text:
            raise ValueError("必须填写")
        return text


class PlatformCode(Required):
    def clean(self, value: Cell, row: object = None, **_: object) -> str:
        code = super().clean(value)
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", code):
            raise ValueError(f"不是有效的平台编码;应为:{CODE_RULE}")
        return code


class Choice(Required):
    """A fixed vocabulary: accepts the Chinese label or the code, writes the label."""

    def __init__(self, choices: type[Choices], **more: str) -> None:
        super().__init__()
        self.labels = dict(choices.choices)
        self.values = {label: value for value, label in choices.choices}
        self.values |= {value: value for value in self.labels} | more

    def clean(self, value: Cell, row: object = None, **_: object) -> str:
        text = super().clean(value)
        if text not in self.values:
            raise ValueError(f"不在可选范围;应为:{'、'.join(self.labels.values())}")
        return str(self.values[text])

    def render(self, value: object, obj: object = None, **_: object) -> str:
        return str(self.labels.get(value, ""))


class Registered(Required):
    """A row of another register by its code; one query for a whole table."""

    def __init__(self, model: type[Model], code: str, unknown: str, read: Callable[[str], str] = str) -> None:
        super().__init__()
        self.model, self.code, self.unknown, self.read = model, code, unknown, read
        self.known: dict[str, Model] | None = None

    def clean(self, value: Cell, row: object = None, **_: object) -> Model:  # type: ignore[override]
        code = self.read(super().clean(value))
        if self.known is None:
            self.known = {getattr(each, self.code): each for each in self.model._default_manager.all()}
        if code not in self.known:
            raise ValueError(self.unknown)
        return self.known[code]

    def render(self, value: object, obj: object = None, **_: object) -> str:
        return str(getattr(value, self.code)) if value else ""


class Day(Widget):
    """A date cell, or a date typed as text in one of the usual forms."""

    def clean(self, value: Cell, row: object = None, **_: object) -> date | None:
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = text_of(value)
        if not text:
            return None
        match = _DAY.fullmatch(text)
        try:
            if match:
                return date(*(int(part) for part in match.groups() if part))
        except ValueError:
            pass
        raise ValueError("不是有效日期;应为:形如2025-03-31")

    def render(self, value: object, obj: object = None, **_: object) -> str:
        return value.isoformat() if isinstance(value, date) else ""


class RequiredDay(Day):
    def clean(self, value: Cell, row: object = None, **_: object) -> date:
        day = super().clean(value)
        if day is None:
            raise ValueError("必须填写")
        return day


class CreditCode(Text):
    def clean(self, value: Cell, row: object = None, **_: object) -> str:
        text = super().clean(value)
        return clean_credit_code(text) if text else ""


class RequiredCreditCode(CreditCode):
    def clean(self, value: Cell, row: object = None, **_: object) -> str:
        code = super().clean(value)
        if not code:
            raise ValueError("必须填写")
        return code
