"""One platform's figures as the engine takes them: a row with one hashable value per indicator, in order.

A value is None (missing), NOT_APPLICABLE, or number strings: '52' for a count, (numerator, denominator) for a
ratio, the counts in the order of the measure's items for `weighted`, the ticked items for `ticks`, all marks
for `marks`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final


class NotApplicable:
    """The one value that says: this indicator does not apply to this platform."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NOT_APPLICABLE"


NOT_APPLICABLE: Final = NotApplicable()

Value = str | tuple[str, ...] | NotApplicable | None
Row = Sequence[Value]


def figure_value(kind: str, items: tuple[tuple[str, str], ...], figure: Mapping[str, Any]) -> Value:
    """A figure of a sound bundle as the engine takes it; the order inside an array is dropped."""
    if "state" in figure:
        return NOT_APPLICABLE if figure["state"] == "not_applicable" else None
    value = figure["value"]
    if kind == "ratio":
        return value["numerator"], value["denominator"]
    if kind == "weighted":
        return tuple([value.get(item, "0") for item, _ in items])
    if kind in ("ticks", "marks"):
        return tuple(sorted(value))
    text: str = value
    return text
