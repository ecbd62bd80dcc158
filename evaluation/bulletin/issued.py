"""Bulletins that citizens may see."""

from django.db.models import QuerySet

from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.models import Bulletin


def issued_bulletins() -> QuerySet[Bulletin]:
    """Newest first."""
    return Bulletin.objects.filter(status=BulletinStatus.ISSUED)


def issued_bulletin(*, year: int, quarter: int) -> Bulletin | None:
    """One of them with its sealed view-model and PDF."""
    return issued_bulletins().select_related("view", "pdf").filter(year=year, quarter=quarter).first()
