"""Numbers as people type them into a cell, and the cells that a measure asks for."""

import re
from collections.abc import Callable
from typing import NamedTuple

_NUMBER = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,6}))?")
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_LONGEST_QUOTE = 20

ItemName = Callable[[str], str]
"""The name of a counted or ticked item by its code."""


class InputCell(NamedTuple):
    """One cell of an indicator's row: its key, its label ('' when it is the only one), and for a cell in which one
    chooses the choices as (what is sent, what is read)."""

    key: str
    label: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def typed_number(text: str) -> tuple[str, str]:
    """A number string without needless zeros, or what is wrong with the text."""
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    found = _NUMBER.fullmatch(text)
    if found is None:
        quoted = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
        return "", f"应为不小于0的数字(整数至多12位,小数至多6位,不带单位),现为“{quoted}”"
    whole, decimals = found[1].lstrip("0") or "0", (found[2] or "").rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole, ""
