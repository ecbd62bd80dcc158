"""Numbers of a bundle as exact integers, and their printing. No rule of the policy stands here.

Every number in a bundle is a decimal string with at most six decimals, so it is a whole count of millionths.
"""

import re

MILLION = 1_000_000
TEN_THOUSANDTH = 100  # in millionths: the last decimal that an inexact intermediate shows
NUMBER = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")

Ratio = tuple[int, int]  # numerator over denominator, in millionths: (3_500_000, 1) is 3.5


def is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None


def millionths(text: str) -> int:
    """'0.5' -> 500000. The text has passed `is_number`."""
    if "." not in text:
        return int(text) * MILLION
    whole, _, decimals = text.partition(".")
    return int(whole) * MILLION + int(decimals.ljust(6, "0"))


def plain(value: int) -> str:
    """Millionths without trailing zeros: 500000 -> '0.5', 3000000 -> '3'."""
    whole, rest = divmod(value, MILLION)
    return f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)


def fixed(value: int, decimals: int) -> str:
    """A count of 10^-decimals with all its decimals: (347, 2) -> '3.47', (300, 2) -> '3.00'."""
    if not decimals:
        return str(value)
    digits = str(value).zfill(decimals + 1)
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


class Prints(dict[int, str]):
    """`fixed`, each number rendered once: there are far fewer scores than figures."""

    def __init__(self, decimals: int) -> None:
        super().__init__()
        self.decimals = decimals

    def __missing__(self, score: int) -> str:
        printed = self[score] = self.render(score, self.decimals)
        return printed

    @staticmethod
    def render(value: int, decimals: int) -> str:
        return fixed(value, decimals)


class TrimmedPrints(Prints):
    """`Prints` without trailing zeros."""

    @staticmethod
    def render(value: int, decimals: int) -> str:
        return trimmed(fixed(value, decimals))


def cut(numerator: int, denominator: int) -> str:
    """An intermediate of a reason: exact when four decimals hold it, else cut after four and followed by '…'.

    It is cut and never rounded, so that no reader rounds twice.
    """
    value, rest = divmod(numerator, denominator * TEN_THOUSANDTH)
    whole, decimals = divmod(value, 10_000)
    if rest:
        return f"{whole}.{decimals:04d}…"
    return f"{whole}.{decimals:04d}".rstrip("0") if decimals else str(whole)


def trimmed(text: str) -> str:
    """A bundle's number as a reader writes it: '52.0' -> '52'."""
    return text.rstrip("0").rstrip(".") if "." in text else text
