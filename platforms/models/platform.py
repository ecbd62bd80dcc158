"""The registered platforms (办法 M3, 细则 R2)."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from core.choices import CITY_WIDE, Role
from core.history import tracked
from platforms.choices import ADMITTING_KIND, EVALUATED_TYPES, PlatformType, RecognitionKind
from platforms.models.region import Region

if TYPE_CHECKING:
    from core.models import User


CODE_RULE = "字母、数字和“.”“_”“-”,以字母或数字开头"


class PlatformQuerySet(models.QuerySet["Platform"]):
    def visible_to(self, user: "User") -> Self:
        """Bureau, city platform and auditor see all; a county its region; a window account its own platform (M4)."""
        if user.role in CITY_WIDE:
            return self
        membership = getattr(user, "membership", None)
        if membership is None:
            return self.none()
        if user.role == Role.COUNTY:
            return self.filter(region=membership.region_id)
        return self.filter(pk=membership.platform_id)

    def evaluated(self) -> Self:
        """The three ranked types (细则 R2)."""
        return self.filter(platform_type__in=EVALUATED_TYPES)


@tracked()
class Platform(models.Model):
    """One platform. Its code never changes; name, type and region may, and history keeps every earlier form."""

    code = models.CharField("平台编码", max_length=20, unique=True)
    name = models.CharField("平台名称", max_length=80)
    platform_type = models.CharField("平台类型", max_length=20, choices=PlatformType.choices)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="行政区划")
    service_field = models.CharField("服务领域", max_length=80, blank=True)
    contact_person = models.CharField("联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    sort_key = models.CharField("拼音排序键", max_length=400, blank=True, editable=False)

    objects = PlatformQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "平台"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(platform_type__in=PlatformType.values),
                name="platforms_platform_type_known",
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"),
                name="platforms_platform_code_plain",
                violation_error_message=f"平台编码只能用{CODE_RULE}",
            ),
            models.UniqueConstraint(fields=["name"], name="platforms_platform_name_once"),
        ]
        indexes = [models.Index(fields=["platform_type", "code"], name="platforms_platform_by_type")]

    def __str__(self) -> str:
        return self.name

    @property
    def admitting_kind(self) -> RecognitionKind:
        """Provincial acceptance for the evaluated types, recognition for bases and institutions."""
        return ADMITTING_KIND[PlatformType(self.platform_type)]

    @property
    def accepted_on(self) -> date | None:
        """Day of the first acceptance (recognition for bases and institutions). Reads `recognitions`: prefetch it."""
        return min((r.recognised_on for r in self.recognitions.all() if r.kind == self.admitting_kind), default=None)
