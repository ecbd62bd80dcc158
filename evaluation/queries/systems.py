"""Indicator systems that citizens may see."""

from django.db.models import QuerySet

from evaluation.choices import SystemStatus
from evaluation.models import IndicatorSystem


def public_systems() -> QuerySet[IndicatorSystem]:
    """Versions in force or retired, newest year and version first within a type; drafts stay inside."""
    return IndicatorSystem.objects.exclude(status=SystemStatus.DRAFT).order_by("platform_type", "-code", "-version")
