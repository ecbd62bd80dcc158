"""Guidance and reminders to platforms (办法 M4(2)): written, sent to many at once, signed for. No figure is touched."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from core.characters import checked
from core.errors import Fault, Refusal
from core.models import User
from platforms.choices import GuidanceKind
from platforms.models import Guidance, Platform

LONGEST = 1000


def write_guidance(*, platform: Platform, kind: str, text: str, by: User) -> Guidance:
    """One note or reminder to one platform."""
    if not by.has_perm("platforms.guide_platform", platform):
        raise PermissionDenied(f"{by}没有指导{platform}的权限")
    text = checked(text, "内容", lines=True)
    faults = []
    if kind not in GuidanceKind.values:
        faults.append(Fault("请选择类别", expected="、".join(map(str, GuidanceKind.labels))))
    if not text:
        faults.append(Fault("请写明指导或提醒的内容"))
    if len(text) > LONGEST:
        faults.append(Fault(f"内容共{len(text)}字,太长", expected=f"不超过{LONGEST}字"))
    if faults:
        raise Refusal(faults)
    with pghistory.context(user=by.pk):
        return Guidance.objects.create(platform=platform, kind=kind, text=text, written_by=by)


def remind_platforms(*, texts: Mapping[int, str], now: datetime, by: User) -> list[Guidance]:
    """A reminder to each platform, by its id, that has had none today (Beijing time); returns those that were written.

    1. The platforms' rows are locked in the order of their ids, so that of two clicks at once the second waits.
    2. Platforms with a reminder of today are left out.
    3. Whoever may not guide one of them reminds nobody.
    """
    with transaction.atomic(), pghistory.context(user=by.pk):
        platforms = _lock(texts)
        if not all(by.has_perm("platforms.guide_platform", platform) for platform in platforms):
            raise PermissionDenied(f"{by}没有催报这些平台的权限")
        done = _reminded_today(platforms, now)
        return Guidance.objects.bulk_create(
            Guidance(platform=platform, kind=GuidanceKind.REMINDER, text=texts[platform.pk], written_by=by)
            for platform in platforms
            if platform.pk not in done
        )


def acknowledge_guidance(*, guidance: Guidance, by: User) -> Guidance:
    """The platform signs for it (签收), once; signing again changes nothing."""
    if not by.has_perm("platforms.acknowledge_guidance", guidance.platform):
        raise PermissionDenied(f"{by}不能代{guidance.platform}签收")
    with transaction.atomic(), pghistory.context(user=by.pk):
        unsigned = Guidance.objects.filter(pk=guidance.pk, acknowledged_at=None)
        unsigned.update(acknowledged_at=Now(), acknowledged_by=by)
    guidance.refresh_from_db()
    return guidance


def _lock(ids: Iterable[int]) -> list[Platform]:
    return list(Platform.objects.filter(pk__in=list(ids)).order_by("pk").select_for_update())


def _reminded_today(platforms: Iterable[Platform], now: datetime) -> set[int]:
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    reminders = Guidance.objects.filter(kind=GuidanceKind.REMINDER, platform__in=platforms, written_at__gte=midnight)
    return set(reminders.values_list("platform_id", flat=True))
