"""What a platform was told, and whether it signed for it. Reads only."""

from django.db.models import QuerySet

from platforms.models import Guidance, Platform


def guidance_of(platform: Platform) -> QuerySet[Guidance]:
    """Newest first."""
    return Guidance.objects.filter(platform=platform).select_related("written_by", "acknowledged_by")


def unsigned_guidance(platform: Platform) -> QuerySet[Guidance]:
    """What still waits for 签收, newest first."""
    return guidance_of(platform).filter(acknowledged_at=None)
