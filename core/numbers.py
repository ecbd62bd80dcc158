"""Numbers as people read them; no page or paper of ours has a thousands separator. Standard library only. Three print
their own from exact integers: the scoring (`evaluation/scoring/numbers.py`), the bulletin with its signs
(`evaluation/bulletin/documents/numbers.py`, on the scoring's) and the pure rules of consequences."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor


def exact(number: Decimal) -> str:
    """Every digit that it has and never an exponent: 12.50 → 12.50, 1E+2 → 100."""
    return f"{number:f}"


def plain(number: Decimal | str | None) -> str:
    """A number without trailing zeros: 82.090000 → 82.09, 100 → 100; nothing for none."""
    if number is None:
        return ""
    text = exact(Decimal(number))
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_decimals(number: Decimal | None, count: int) -> str:
    """A number with as many decimals as asked, rounded half up: 94.500000 with 2 → 94.50; nothing for none."""
    return "" if number is None else exact(number.quantize(Decimal(1).scaleb(-count), ROUND_HALF_UP))


def percent(share: Decimal | str) -> str:
    """A share as people write it: 0.20 → 20%."""
    return plain(Decimal(share) * 100) + "%"


def half_up(number: Fraction, decimals: int) -> str:
    """Rounded half up, without needless zeros: 2/3 with 1 → 0.7. Exact: a quotient would be rounded twice."""
    units = floor(abs(number) * 10**decimals + Fraction(1, 2))
    return plain(Decimal(units if number >= 0 else -units).scaleb(-decimals))
