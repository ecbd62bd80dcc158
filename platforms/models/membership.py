"""Which platform or region an account belongs to."""

from django.conf import settings
from django.db import models

from core.history import tracked
from platforms.models.platform import Platform
from platforms.models.region import Region


@tracked()
class Membership(models.Model):
    """A window account, or one of the city platform, belongs to a platform; a county account to a region; the bureau's
    and the auditors' have no membership. Whoever `is_manager` keeps the accounts of their own unit."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="membership", verbose_name="账号"
    )
    platform = models.ForeignKey(Platform, models.PROTECT, null=True, blank=True, verbose_name="所属平台")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="所属县(市、区)")

    is_manager = models.BooleanField("单位管理员", default=False, help_text="可以管理本单位的账号")

    class Meta:
        verbose_name = verbose_name_plural = "账号归属"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(platform__isnull=False, region__isnull=True)
                | models.Q(platform__isnull=True, region__isnull=False),
                name="platforms_membership_one_owner",
                violation_error_message="请在“所属平台”和“所属县(市、区)”中恰好填写一项",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.platform or self.region}"
