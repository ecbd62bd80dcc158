"""Numbers as people read them: rounded half up and once."""

from decimal import Decimal
from fractions import Fraction

import pytest

from core.numbers import half_up, with_decimals

JUST_UNDER = Fraction(1, 8) - Fraction(1, 10**40)


@pytest.mark.parametrize(
    ("number", "count", "text"),
    [("94.500000", 2, "94.50"), ("0.125", 2, "0.13"), ("0.135", 2, "0.14"), ("-0.125", 2, "-0.13"), ("2.5", 0, "3")],
)
def test_with_decimals_is_half_up(number, count, text):
    assert with_decimals(Decimal(number), count) == text


def test_no_number_is_no_text():
    assert with_decimals(None, 2) == ""


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (Fraction(2, 3), 1, "0.7"),
        (Fraction(1, 8), 2, "0.13"),
        (-Fraction(1, 8), 2, "-0.13"),
        (JUST_UNDER, 2, "0.12"),
        (Fraction(100), 2, "100"),
    ],
)
def test_a_fraction_is_rounded_once(number, decimals, text):
    assert half_up(number, decimals) == text
