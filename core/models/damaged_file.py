"""Stored files whose bytes are no longer what they were: found by whoever reads them or by the nightly check."""

from django.db import models
from django.db.models.functions import Now

from core.choices import Shelf
from core.workflow import frozen_once


class DamagedFile(models.Model):
    """One damage of one file, from when it was found until its bytes are right again. While it lasts, nobody is served
    the file: whoever reads one compares its digest."""

    shelf = models.CharField("存放处", max_length=10, choices=Shelf.choices)
    sha256 = models.CharField("SHA-256", max_length=64)
    found = models.CharField("现有摘要", max_length=64, blank=True, help_text="文件不存在或读不出时为空")
    found_at = models.DateTimeField("发现时间", db_default=Now())
    mended_at = models.DateTimeField("恢复时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "损坏的文件"
        ordering = ["found_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(shelf__in=Shelf.values), name="core_damagedfile_shelf_known"),
            models.UniqueConstraint(
                fields=["shelf", "sha256"], name="core_damagedfile_once", condition=models.Q(mended_at=None)
            ),
        ]

        triggers = [frozen_once("OLD.mended_at IS NOT NULL", name="mended_once")]

    def __str__(self) -> str:
        return f"{self.get_shelf_display()}{self.sha256}"
