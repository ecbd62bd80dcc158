"""Faults of a whole bundle, and of a system alone (as when one is imported)."""

from evaluation.scoring.bundle import BUNDLE_FORMAT, PLATFORM_TYPES
from evaluation.scoring.faults.figures import FigureCheck, KnownPlatforms
from evaluation.scoring.faults.system import KnownSystem, SystemCheck
from evaluation.scoring.findings import Fault, quoted
from evaluation.scoring.inspection import Codes, Inspection
from evaluation.scoring.rules import WITH_TARGET

BUNDLE_FIELDS = ("format", "title", "year", "platform_type", "system", "platforms", "figures")


def system_faults(system: object) -> list[Fault]:
    """Every fault of a `system` object that stands alone, but for its `feed` and `print`; paths start at `$`."""
    faults: list[Fault] = []
    SystemCheck(faults, is_stored=True).run(system, "$")
    return faults


def bundle_faults(document: object) -> list[Fault]:
    """Every fault of a bundle; an empty list means that it can be scored."""
    faults: list[Fault] = []
    bundle = Inspection(document, "$", faults, BUNDLE_FIELDS, ("not_ranked",))
    bundle.choice("format", (BUNDLE_FORMAT,))
    bundle.text("title")
    bundle.whole("year")
    bundle.choice("platform_type", PLATFORM_TYPES)
    system = KnownSystem(is_readable=False)
    if bundle.has("system"):
        system = SystemCheck(faults).run(bundle.fields["system"], "$.system")
    platforms = _check_platforms(bundle, system)
    bundle.array("figures")
    if bundle.is_array("figures"):
        figures = FigureCheck(faults, platforms, system)
        figures.run(bundle.fields["figures"])
        faults += _nothing_applicable(system, platforms, figures.not_applicable)
    return faults


def _check_platforms(bundle: Inspection, system: KnownSystem) -> KnownPlatforms:
    """The ranked platforms; those not ranked are checked too."""
    codes = Codes()
    found = KnownPlatforms(is_readable=bundle.is_array("platforms"))
    for path, value in bundle.array("platforms") or []:
        platform = Inspection(value, path, bundle.faults, ("code", "name"), ("targets",))
        code = codes.add(platform)
        platform.text("name")
        _check_targets(platform, system)
        if code is None:
            found.is_readable = False
        else:
            found.paths.setdefault(code, path)
    for path, value in bundle.array("not_ranked") or []:
        platform = Inspection(value, path, bundle.faults, ("code", "name", "reason"))
        codes.add(platform)
        platform.text("name")
        platform.text("reason")
    return found


def _check_targets(platform: Inspection, system: KnownSystem) -> None:
    targets = platform.open_object("targets")
    if targets is None:
        return
    for code in targets.fields:
        targets.positive(code)
        known = system.indicators.get(code)
        if known is None and system.is_readable:
            targets.note(code, f"指标编码 {quoted(code)} 未知", f"应为 system 中采用 {WITH_TARGET} 规则的指标")
        elif known is not None and known.rule is not None and not known.rule.takes_target:
            targets.note(code, f"指标采用 {known.rule.kind} 规则", f"单独目标应只用于 {WITH_TARGET} 规则的指标")


def _nothing_applicable(
    system: KnownSystem, platforms: KnownPlatforms, not_applicable: dict[str, set[str]]
) -> list[Fault]:
    """A section in which nothing (or nothing that carries points) is applicable for some platform."""
    if not system.is_complete:
        return []
    usual = _idle_sections(system, set())
    faults = []
    for code, path in platforms.paths.items():
        idle = _idle_sections(system, not_applicable[code]) if code in not_applicable else usual
        faults += [
            Fault(path, f"平台 {quoted(code)} 在 {section} 中没有任何适用的指标,应至少有一个适用") for section in idle
        ]
    return faults


def _idle_sections(system: KnownSystem, left_out: set[str]) -> list[str]:
    """The paths of the sections in which nothing is applicable when these indicators are left out."""
    points: list[list[int]] = [[] for _ in system.section_paths]
    kept: list[list[int]] = [[] for _ in system.section_paths]
    for code, indicator in system.indicators.items():
        value = 1 if indicator.points is None else indicator.points
        points[indicator.section].append(value)
        if code not in left_out:
            kept[indicator.section].append(value)
    return [
        path
        for path, all_points, applicable in zip(system.section_paths, points, kept, strict=True)
        if not applicable or (any(all_points) and not any(applicable))
    ]
