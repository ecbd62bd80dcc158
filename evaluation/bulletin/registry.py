"""What the bulletins declare to the rest of the house, collected at start."""

from collections.abc import Collection

from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.models import Bulletin
from evaluation.freezing import declare_published


def issued_bulletins(year: int, quarter: int, platform_types: Collection[str], lock: bool) -> list[str]:
    """Issued bulletins of the quarter, of every type alike. The fourth quarter's also holds the year, so it uses every
    period of it."""
    bulletins = Bulletin.objects.filter(year=year, quarter__in={quarter or 4, 4}).order_by("pk")
    if lock:
        bulletins = bulletins.select_for_update()
    return [str(bulletin) for bulletin in bulletins if bulletin.status == BulletinStatus.ISSUED]


declare_published("bulletins", issued_bulletins)
