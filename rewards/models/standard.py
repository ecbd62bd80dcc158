"""The year's reward standard, set by the bureau: 细则 R5.1 gives neither threshold nor amount."""

from decimal import Decimal

from django.db import models

from core.history import tracked
from platforms.choices import EVALUATED_TYPES
from rewards.consequences import points_text


@tracked()
class RewardStandard(models.Model):
    """Which totals earn which amount, for one type and year."""

    year = models.PositiveSmallIntegerField("年度")
    platform_type = models.CharField("平台类型", max_length=20, choices=[(t, t.label) for t in EVALUATED_TYPES])
    basis = models.CharField("依据文件", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "奖励标准"
        ordering = ["-year", "platform_type"]
        constraints = [models.UniqueConstraint(fields=["year", "platform_type"], name="rewards_standard_once")]

    def __str__(self) -> str:
        return f"{self.year}年度{self.get_platform_type_display()}奖励标准"


@tracked()
class RewardTier(models.Model):
    """From this total on (lower bound included) up to the next tier, this amount in yuan."""

    standard = models.ForeignKey(RewardStandard, models.CASCADE, related_name="tiers", verbose_name="奖励标准")
    name = models.CharField("等次", max_length=20)
    lower_bound = models.DecimalField("总分下限(含)", max_digits=9, decimal_places=6)
    amount = models.PositiveIntegerField("奖励金额(元)")

    class Meta:
        verbose_name = verbose_name_plural = "奖励档次"
        ordering = ["standard", "-lower_bound"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "lower_bound"], name="rewards_tier_bound_once"),
            models.CheckConstraint(condition=models.Q(lower_bound__gte=0), name="rewards_tier_bound_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.name}:{points_text(Decimal(self.lower_bound))}分及以上{self.amount}元"
