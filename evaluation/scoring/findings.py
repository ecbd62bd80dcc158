"""What a check finds: a fault, its JSON path, and how found values are quoted in its message."""

import re
from dataclasses import dataclass
from typing import TypeGuard

PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: where it is, and in Chinese what is wrong and what was expected."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def child(path: str, key: str) -> str:
    """The JSON path of a key: $.targets.A11, or $.targets["A 11"] when the key is not a plain name."""
    return f"{path}.{key}" if PLAIN_KEY.fullmatch(key) else f"{path}[{quoted(key)}]"


def quoted(value: object) -> str:
    """A found value for a message, short and on one line; containers by their type."""
    if isinstance(value, str):
        short = value if len(value) <= LONGEST_QUOTE else value[:LONGEST_QUOTE] + "…"
        return f'"{_visible(short)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list | tuple):
        return "一个对象" if isinstance(value, dict) else "一个数组"
    return "null" if value is None else f"数字 {_visible(str(value)[:LONGEST_QUOTE])}"


def _visible(text: str) -> str:
    return "".join([c if c.isprintable() else c.encode("unicode_escape").decode() for c in text])


def is_text(value: object) -> TypeGuard[str]:
    """A string that UTF-8 can hold: no lone surrogates."""
    return isinstance(value, str) and (value.isascii() or not any("\ud800" <= c <= "\udfff" for c in value))
