"""Exact numbers as a bulletin prints them, half up. Fractions in, texts out."""

from fractions import Fraction

from evaluation.scoring.numbers import fixed
from evaluation.scoring.rounding import half_up

NOTHING = "—"
MISSING = "未报"


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Half up, away from zero below it: -2.5 becomes -3, as people round a decrease."""
    scale = 10**decimals
    size = Fraction(half_up(abs(value.numerator) * scale, value.denominator), scale)
    return -size if value < 0 else size


def printed(value: Fraction, decimals: int) -> str:
    """With all its decimals: 66.7, 0.50, -3."""
    size = abs(rounded(value, decimals))
    sign = "-" if value < 0 and size else ""
    return sign + fixed(int(size * 10**decimals), decimals)


def counted(value: Fraction) -> str:
    """A count: whole numbers plain, others with two decimals."""
    return printed(value, 0 if value.denominator == 1 else 2)


def signed(text: str) -> str:
    """+3, -2, 0."""
    return text if text.startswith("-") or not text.strip("0.%") else f"+{text}"


def percent(value: Fraction, decimals: int = 1) -> str:
    """A value that is already in per cent."""
    return f"{printed(value, decimals)}%"
