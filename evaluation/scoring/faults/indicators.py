"""Faults of one indicator: its fields, its measure, its rule."""

from dataclasses import dataclass

from evaluation.scoring.findings import Fault, quoted
from evaluation.scoring.inspection import Codes, Inspection
from evaluation.scoring.measures import MEASURES, Measure
from evaluation.scoring.rounding import unit
from evaluation.scoring.rules import RULES, Rule
from evaluation.scoring.system import SOURCES

FIELDS = ("code", "name", "points", "unit", "clause", "source", "measure", "rule")
OPTIONAL_FIELDS = ("quarterly", "evidence")
STORED_FIELDS = (*OPTIONAL_FIELDS, "feed")


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """Points are in millionths; these and the kinds are None where the system itself is at fault."""

    section: int
    points: int | None
    measure: type[Measure] | None
    rule: type[Rule] | None
    items: frozenset[str]


def check_points(inspection: Inspection, decimals: int | None) -> int | None:
    """`points`, not finer than `indicator_decimals`; in millionths."""
    points = inspection.number("points")
    if points is not None and decimals is not None and points % unit(decimals):
        found = quoted(inspection.fields["points"])
        inspection.note("points", f"是{found}", f"小数位应不多于 indicator_decimals({decimals} 位)")
    return points


def check_indicator(
    inspection: Inspection, codes: Codes, decimals: int | None, section: int
) -> tuple[str | None, KnownIndicator]:
    """The indicator's code, and what the other checks need to know of it."""
    code = codes.add(inspection)
    for key in ("name", "unit", "clause", "evidence"):
        inspection.text(key)
    inspection.choice("source", SOURCES)
    inspection.flag("quarterly")
    points = check_points(inspection, decimals)
    measure, items = _measure(inspection) if inspection.has("measure") else (None, frozenset())
    rule = _rule(inspection, points) if inspection.has("rule") else None
    return code, KnownIndicator(section, points, measure, rule, items)


def _measure(indicator: Inspection) -> tuple[type[Measure] | None, frozenset[str]]:
    found = indicator.fields["measure"]
    kind = MEASURES.get(_kind(found))
    keys = kind.keys if kind else ("kind",)
    inspection = _of_kind(found, f"{indicator.path}.measure", indicator.faults, keys, is_known=kind is not None)
    if inspection.choice("kind", MEASURES) is None or kind is None:
        return None, frozenset()
    items = kind.faults(inspection)
    return (None, frozenset()) if items is None else (kind, items)


def _rule(indicator: Inspection, points: int | None) -> type[Rule] | None:
    found = indicator.fields["rule"]
    kind = RULES.get(_kind(found))
    parameters = kind.parameters if kind else ()
    required = ("kind", *(each.name for each in parameters if not each.is_optional))
    optional = tuple(each.name for each in parameters if each.is_optional)
    path = f"{indicator.path}.rule"
    inspection = _of_kind(found, path, indicator.faults, required, is_known=kind is not None, optional=optional)
    if inspection.choice("kind", RULES) is None or kind is None:
        return None
    read = {
        each.name: inspection.positive(each.name) if each.is_positive else inspection.number(each.name)
        for each in parameters
    }
    for note in kind.faults(inspection.fields, read, points):
        inspection.note(*note)
    return kind


def _kind(value: object) -> str:
    kind = value.get("kind") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else ""


def _of_kind(
    value: object,
    path: str,
    faults: list[Fault],
    required: tuple[str, ...],
    *,
    is_known: bool,
    optional: tuple[str, ...] = (),
) -> Inspection:
    """With an unknown kind nothing can be said about the other keys."""
    others = tuple(value) if isinstance(value, dict) and not is_known else ()
    return Inspection(value, path, faults, required, (*optional, *others))
