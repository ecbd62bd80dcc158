"""Faults of one indicator: its fields, its measure, its rule."""

from dataclasses import dataclass

from evaluation.scoring.bundle import SOURCES
from evaluation.scoring.faults.findings import Fault, quoted
from evaluation.scoring.faults.inspection import Codes, Inspection
from evaluation.scoring.measures import MEASURE_KINDS
from evaluation.scoring.rounding import unit

FIELDS = ("code", "name", "points", "unit", "clause", "source", "measure", "rule")
OPTIONAL_FIELDS = ("quarterly", "evidence")
KINDS_WITH_ITEMS = ("weighted", "ticks")
RULE_PARAMETERS = {
    "linear": ("target",),
    "per_unit": ("each",),
    "ramp": ("zero", "full"),
    "slope": ("full", "per_point", "floor"),
    "deduct": (),
    "direct": (),
}
NOT_ZERO = ("target", "out_of")


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """Points are in millionths; a kind is '' and points are None where the system itself is at fault."""

    section: int
    points: int | None
    measure: str
    rule: str
    items: frozenset[str]


def check_points(inspection: Inspection, decimals: int | None) -> int | None:
    """`points`, not finer than `indicator_decimals`; in millionths."""
    points = inspection.number("points")
    if points is not None and decimals is not None and points % unit(decimals):
        found = quoted(inspection.fields["points"])
        inspection.note("points", f"是{found}", f"小数位应不多于 indicator_decimals({decimals} 位)")
    return points


def check_indicator(
    value: object, path: str, faults: list[Fault], codes: Codes, decimals: int | None, section: int
) -> tuple[str | None, KnownIndicator]:
    """The indicator's code, and what the other checks need to know of it."""
    inspection = Inspection(value, path, faults, FIELDS, OPTIONAL_FIELDS)
    code = codes.add(inspection)
    for key in ("name", "unit", "clause", "evidence"):
        inspection.text(key)
    inspection.choice("source", SOURCES)
    inspection.flag("quarterly")
    points = check_points(inspection, decimals)
    measure, items = _measure(inspection) if inspection.has("measure") else ("", frozenset())
    rule = _rule(inspection, points) if inspection.has("rule") else ""
    return code, KnownIndicator(section, points, measure, rule, items)


def _measure(indicator: Inspection) -> tuple[str, frozenset[str]]:
    path = f"{indicator.path}.measure"
    kind = _kind(indicator.fields["measure"])
    required = ("kind", "items") if kind in KINDS_WITH_ITEMS else ("kind",)
    known = kind in MEASURE_KINDS
    inspection = _of_kind(indicator.fields["measure"], path, indicator.faults, required, known)
    if inspection.choice("kind", MEASURE_KINDS) is None:
        return "", frozenset()
    if kind not in KINDS_WITH_ITEMS:
        return kind, frozenset()
    items = inspection.open_object("items")
    if items is None:
        return "", frozenset()
    for item in items.fields:
        items.number(item)
    return kind, frozenset(items.fields)


def _rule(indicator: Inspection, points: int | None) -> str:
    path = f"{indicator.path}.rule"
    kind = _kind(indicator.fields["rule"])
    parameters = RULE_PARAMETERS.get(kind, ())
    optional = ("out_of",) if kind == "direct" else ()
    known = kind in RULE_PARAMETERS
    inspection = _of_kind(indicator.fields["rule"], path, indicator.faults, ("kind", *parameters), known, optional)
    if inspection.choice("kind", RULE_PARAMETERS) is None:
        return ""
    read = {
        name: inspection.positive(name) if name in NOT_ZERO else inspection.number(name)
        for name in (*parameters, *optional)
    }
    _compare(inspection, kind, read, points)
    return kind


def _compare(inspection: Inspection, kind: str, read: dict[str, int | None], points: int | None) -> None:
    """`zero` = `full`; `floor` above the points."""
    if kind == "ramp" and None not in read.values() and read["zero"] == read["full"]:
        inspection.note("full", f"是{quoted(inspection.fields['full'])},与 zero 相等", "应与 zero 不同")
    floor = read.get("floor")
    if floor is not None and points is not None and floor > points:
        inspection.note("floor", f"是{quoted(inspection.fields['floor'])},高于指标分值", "应不高于指标分值")


def _kind(value: object) -> str:
    kind = value.get("kind") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else ""


def _of_kind(
    value: object,
    path: str,
    faults: list[Fault],
    required: tuple[str, ...],
    known: bool,
    optional: tuple[str, ...] = (),
) -> Inspection:
    """With an unknown kind nothing can be said about the other keys."""
    others = tuple(value) if isinstance(value, dict) and not known else ()
    return Inspection(value, path, faults, required, (*optional, *others))
