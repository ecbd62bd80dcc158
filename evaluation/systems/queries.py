"""Indicator systems: those that citizens may see, and what belongs to one beside its document."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.db.models.functions import Right

from core.numbers import plain
from evaluation.scoring.system import System
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem, PlatformTarget


def system_in_force(*, platform_type: str, year: int) -> IndicatorSystem | None:
    """The type's system that is in force for the year."""
    return IndicatorSystem.objects.filter(code=f"{platform_type}-{year}", status=SystemStatus.IN_FORCE).first()


def rules_in_force(*, platform_type: str, year: int) -> System | None:
    """The same as frozen objects."""
    found = system_in_force(platform_type=platform_type, year=year)
    return found.rules if found else None


def public_systems() -> QuerySet[IndicatorSystem]:
    """Versions in force or retired, newest year and version first within a type; drafts stay inside."""
    return IndicatorSystem.objects.exclude(status=SystemStatus.DRAFT).order_by("platform_type", "-code", "-version")


def planned_versions() -> QuerySet[IndicatorSystem]:
    """Every version, newest year first, with `task_count` key tasks that say what they rest on and `target_count` own
    targets; without the document."""
    counted = IndicatorSystem.objects.annotate(
        task_count=Count("key_tasks", distinct=True), target_count=Count("targets", distinct=True)
    )
    return _newest_first(counted.select_related("imported_by", "changed_by").defer("definition"))


def copied_systems() -> QuerySet[IndicatorSystem]:
    """The versions that a new year may be copied from: everything but drafts."""
    return _newest_first(IndicatorSystem.objects.exclude(status=SystemStatus.DRAFT).defer("definition"))


def comparable_systems(system: IndicatorSystem) -> list[IndicatorSystem]:
    """What a version is compared with, the likeliest first: the one it was copied from, the one in force for the same
    year, the one in force for the year before."""
    codes = [system.code, f"{system.platform_type}-{system.year - 1}"]
    in_force = {
        other.code: other
        for other in IndicatorSystem.objects.filter(code__in=codes, status=SystemStatus.IN_FORCE).exclude(pk=system.pk)
    }
    found = [system.copied_from, *(in_force.get(code) for code in codes)]
    return list({other.pk: other for other in found if other is not None}.values())


def _newest_first(systems: QuerySet[IndicatorSystem]) -> QuerySet[IndicatorSystem]:
    """By the year at the end of the code, then type and version."""
    return systems.annotate(year_of_code=Right("code", 4)).order_by("-year_of_code", "platform_type", "-version")


def years_with_system(platform_type: str, years: Iterable[int]) -> list[int]:
    """Those of these years for which the type has a system in force, in the order given."""
    codes = {f"{platform_type}-{year}": year for year in years}
    rows = IndicatorSystem.objects.filter(code__in=codes, status=SystemStatus.IN_FORCE)
    found = set(rows.values_list("code", flat=True))
    return [year for code, year in codes.items() if code in found]


def own_targets(system: IndicatorSystem) -> dict[int, dict[str, str]]:
    """Platform id → {indicator: target} of the platforms that have targets of their own, as plain decimal strings
    without needless zeros, which is how the bundle writes them."""
    found: dict[int, dict[str, str]] = {}
    rows = PlatformTarget.objects.filter(system=system).values_list("platform_id", "indicator", "target")
    for platform_id, indicator, target in rows.order_by("platform_id", "indicator"):
        found.setdefault(platform_id, {})[indicator] = plain(target)
    return found
