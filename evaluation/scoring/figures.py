"""One platform's figures as the engine takes them: a row with one hashable value per indicator, in order.

A value is None (missing), NOT_APPLICABLE, or number strings in the form that the indicator's measure makes of them
(`Measure.figure_value`): '52' for a count, (numerator, denominator) for a ratio, and so on.
"""

from collections.abc import Sequence
from typing import Final


class NotApplicable:
    """The one value that says: this indicator does not apply to this platform."""

    __slots__ = ()


NOT_APPLICABLE: Final = NotApplicable()

Value = str | tuple[str, ...] | NotApplicable | None
Row = Sequence[Value]
