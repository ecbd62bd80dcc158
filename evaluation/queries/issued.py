"""Bulletins that citizens may see."""

from django.db.models import QuerySet

from evaluation.choices import BulletinStatus
from evaluation.models import Bulletin


def issued_bulletins() -> QuerySet[Bulletin]:
    """Newest first."""
    return Bulletin.objects.filter(status=BulletinStatus.ISSUED)
