"""What a county department tells its platforms (办法 M4(2)): guidance and reminders, no change of their figures."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from core.history import tracked
from core.workflow import frozen_once
from platforms.choices import GuidanceKind
from platforms.models.platform import Platform

if TYPE_CHECKING:
    from core.models import User


class GuidanceQuerySet(models.QuerySet["Guidance"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(platform__in=Platform.objects.visible_to(user))


@tracked()
class Guidance(models.Model):
    """One note or reminder to one platform; the platform signs for it (签收) by a POST of its own."""

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="guidance", verbose_name="平台")
    kind = models.CharField("类别", max_length=10, choices=GuidanceKind.choices)
    text = models.TextField("内容", max_length=1000)
    written_at = models.DateTimeField("发出时间", db_default=Now())
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发出人")
    acknowledged_at = models.DateTimeField("签收时间", null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="签收人"
    )

    objects = GuidanceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指导与提醒"
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=GuidanceKind.values), name="platforms_guidance_kind"),
            models.CheckConstraint(condition=~models.Q(text=""), name="platforms_guidance_says_something"),
            models.CheckConstraint(
                condition=models.Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | models.Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="platforms_guidance_acknowledged_pair",
            ),
        ]
        triggers = [frozen_once("OLD.acknowledged_at IS NOT NULL", name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.platform} · {self.get_kind_display()}"
