"""Annual summaries of the windows (细则 R4.3)."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from core.models import Attachment
from evaluation.deadlines import hours_late
from platforms.models import Platform

if TYPE_CHECKING:
    from core.models import User


class AnnualSummaryQuerySet(models.QuerySet["AnnualSummary"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(platform__in=Platform.objects.visible_to(user))

    def latest(self) -> Self:  # type: ignore[override]
        """The newest version of each platform and year."""
        return self.order_by("platform_id", "year", "-version").distinct("platform_id", "year")


class AnnualSummary(models.Model):
    """One handed-in version. `received_at` is the database's clock; `is_late` holds what that clock said about the
    deadline (10 December 24:00 Beijing time). `text` is what the document says, for reading beside the scores and for
    searching. Append-only for the run-time role: a new file is a new version."""

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="annual_summaries", verbose_name="平台")
    year = models.PositiveSmallIntegerField("年度")
    version = models.PositiveSmallIntegerField("版本")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="文件")
    stamped = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+", verbose_name="盖章扫描件(PDF)")
    text = models.TextField("正文", blank=True)
    missing_headings = models.JSONField("缺少的提纲标题", default=list)
    receipt_number = models.CharField("回执编号", max_length=40, unique=True)
    received_at = models.DateTimeField("收到时间")
    is_late = models.BooleanField("逾期")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报送人")

    objects = AnnualSummaryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度工作总结"
        ordering = ["-year", "platform", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "year", "version"], name="evaluation_summary_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.year}年度工作总结 第{self.version}次"

    @property
    def hours_late(self) -> int:
        """Begun hours after the deadline; 0 when in time."""
        return hours_late(year=self.year, received_at=self.received_at)
