"""Half up, in exact arithmetic: the only rounding there is.

Points are rounded in three places: an indicator's score; a rescaled category or section; the total. Besides, a measure
is rounded where it is printed, and never computed with afterwards.
"""

MILLIONTH = 6  # a bundle's numbers are counted in units of 10^-6


def half_up(numerator: int, denominator: int) -> int:
    """The whole number nearest to numerator ÷ denominator (both at least 0), a half going up."""
    return (2 * numerator + denominator) // (2 * denominator)


def unit(decimals: int) -> int:
    """One unit of the last kept decimal, in millionths: 2 -> 10000."""
    return int("1".ljust(MILLIONTH - decimals + 1, "0"))
