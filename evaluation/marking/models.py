"""Assessors and their marks: several people judge one indicator, none sees the others before handing in (R3.1(3))."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from core.choices import OVERSIGHT
from core.history import tracked
from core.workflow import frozen_once
from platforms.choices import EVALUATED_TYPES
from platforms.models import Platform

if TYPE_CHECKING:
    from core.models import User


@tracked()
class AssessorAppointment(models.Model):
    """A named person assesses one type of platform in one year."""

    year = models.PositiveSmallIntegerField("年度")
    platform_type = models.CharField("平台类型", max_length=20, choices=[(t, t.label) for t in EVALUATED_TYPES])
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments", verbose_name="评委"
    )
    appointed_at = models.DateTimeField("指定时间", db_default=Now())
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="指定人")

    class Meta:
        verbose_name = verbose_name_plural = "评委"
        ordering = ["-year", "platform_type", "assessor"]
        constraints = [
            models.UniqueConstraint(fields=["year", "platform_type", "assessor"], name="evaluation_appointment_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessor} {self.year}年{self.get_platform_type_display()}"


class AssessorMarkQuerySet(models.QuerySet["AssessorMark"]):
    def visible_to(self, user: "User") -> Self:
        """One's own always. Another's once it is handed in: to whoever has handed in their own for the same platform
        and indicator, and to the bureau and the auditors as far as they are not appointed to assess it themselves."""
        own = AssessorMarkQuerySet(self.model).filter(
            assessor=user,
            year=models.OuterRef("year"),
            platform=models.OuterRef("platform"),
            indicator=models.OuterRef("indicator"),
        )
        handed_in = models.Q(handed_in_at__isnull=False)
        seen = models.Q(models.Exists(own.filter(handed_in_at__isnull=False)))
        if user.role in OVERSIGHT:
            appointed = AssessorAppointment.objects.filter(
                assessor=user,
                year=models.OuterRef("year"),
                platform_type=models.OuterRef("platform__platform_type"),
            )
            seen |= ~models.Q(models.Exists(own)) & ~models.Q(models.Exists(appointed))
        return self.filter(models.Q(assessor=user) | handed_in & seen)


@tracked()
class AssessorMark(models.Model):
    """One assessor's judgement of one indicator of one platform, with a reason. `value` is a mark as a number in text,
    or a list of ticked items. Once handed in it never changes."""

    year = models.PositiveSmallIntegerField("年度")
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="assessor_marks", verbose_name="平台")
    indicator = models.CharField("指标", max_length=20)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assessor_marks", verbose_name="评委"
    )
    value = models.JSONField("评分")
    reason = models.CharField("理由", max_length=500)
    saved_at = models.DateTimeField("保存时间", db_default=Now())
    handed_in_at = models.DateTimeField("提交时间", null=True)

    objects = AssessorMarkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评委评分"
        ordering = ["year", "platform", "indicator", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "platform", "indicator", "assessor"], name="evaluation_mark_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="evaluation_mark_says_why"),
        ]
        triggers = [frozen_once("OLD.handed_in_at IS NOT NULL", name="handed_in_is_frozen")]

    def __str__(self) -> str:
        return f"{self.platform} {self.indicator} {self.assessor}"
