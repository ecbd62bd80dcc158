"""Which indicators platforms are asked for, and what is collected about a year besides the hub's files. Pure."""

from typing import Any, NamedTuple

ASSESSOR_SOURCE = "assessor"
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
