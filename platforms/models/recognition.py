"""Recognitions and the provincial acceptance of a platform (办法 M3, 细则 R2)."""

from typing import TYPE_CHECKING, Self

from django.db import models

from core.history import tracked
from platforms.choices import Level, RecognitionKind
from platforms.models.platform import Platform

if TYPE_CHECKING:
    from core.models import User


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    def visible_to(self, user: "User") -> Self:
        """Those of the platforms that this person sees."""
        return self.filter(platform__in=Platform.objects.visible_to(user))


@tracked()
class Recognition(models.Model):
    """An authority recognised or accepted a platform on a day, by a document, at a level, perhaps until a day."""

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="recognitions", verbose_name="平台")
    kind = models.CharField("类别", max_length=20, choices=RecognitionKind.choices)
    authority = models.CharField("认定(验收)机关", max_length=80, blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    recognised_on = models.DateField("认定(验收)日期")
    level = models.CharField("级别", max_length=20, choices=Level.choices)
    valid_until = models.DateField("有效期至", null=True, blank=True)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "认定与验收"
        ordering = ["platform", "recognised_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=RecognitionKind.values) & models.Q(level__in=Level.values),
                name="platforms_recognition_known",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("recognised_on")),
                name="platforms_recognition_order",
                violation_error_message="有效期不能早于认定(验收)日期",
            ),
            models.UniqueConstraint(
                fields=["platform", "kind", "recognised_on", "document_number"],
                name="platforms_recognition_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform} · {self.get_kind_display()} · {self.recognised_on}"
