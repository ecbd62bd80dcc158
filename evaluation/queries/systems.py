"""Indicator systems: those that citizens may see, and what belongs to one beside its document."""

from django.db.models import QuerySet

from evaluation.choices import SystemStatus
from evaluation.models import IndicatorSystem, PlatformTarget


def public_systems() -> QuerySet[IndicatorSystem]:
    """Versions in force or retired, newest year and version first within a type; drafts stay inside."""
    return IndicatorSystem.objects.exclude(status=SystemStatus.DRAFT).order_by("platform_type", "-code", "-version")


def own_targets(system: IndicatorSystem) -> dict[int, dict[str, str]]:
    """Platform id → {indicator: target} of the platforms that have targets of their own, as plain decimal strings
    without needless zeros, which is how the bundle writes them."""
    found: dict[int, dict[str, str]] = {}
    rows = PlatformTarget.objects.filter(system=system).values_list("platform_id", "indicator", "target")
    for platform_id, indicator, target in rows.order_by("platform_id", "indicator"):
        found.setdefault(platform_id, {})[indicator] = f"{target.normalize():f}"
    return found
