"""A gathered figure on its way into a batch, and the column that says where it comes from. Pure."""

from typing import Any, NamedTuple

# The last column of the file that the portal writes for itself.
ORIGIN = "来源"


class CollectedRow(NamedTuple):
    """One annual figure found inside the portal. `value` has the form of the bundle's `value`, None together with
    `is_not_applicable`; `origin` says in Chinese where it comes from."""

    platform_code: str
    indicator: str
    value: Any
    is_not_applicable: bool
    origin: str
