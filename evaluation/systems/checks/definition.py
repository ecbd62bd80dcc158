"""The indicators of a stored system, and which of them platforms hand in themselves. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Counted from the register of enterprise recognitions and the platforms' service records; nobody types them (R3.4).
REGISTER_FED = frozenset({"D11", "D12", "D13", "D14", "K2", "K4"})


# Counted from the registry itself: 县(市、区)窗口覆盖率 (R3.3(1)).
REGISTRY_FED = frozenset({"C15"})


REPORT_SOURCE = "report"


def is_asked(indicator: Mapping[str, Any]) -> bool:
    """Whether platforms hand this indicator in each quarter: those they alone know. What the hub, the register, the
    surveys or the assessors supply is never asked for again."""
    return indicator["source"] == REPORT_SOURCE and indicator["code"] not in REGISTER_FED


def indicators_of(definition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Every indicator of a system by its code, in the system's order."""
    return {
        indicator["code"]: indicator
        for section in definition["sections"]
        for category in section["categories"]
        for indicator in category["indicators"]
    }


def asked_indicators(definition: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Those that platforms hand in themselves."""
    return {code: indicator for code, indicator in indicators_of(definition).items() if is_asked(indicator)}


@dataclass(frozen=True)
class Measured:
    """What the indicator system in force says of one indicator: kind of measure, its items, who supplies the figure."""

    kind: str
    items: frozenset[str]
    source: str
