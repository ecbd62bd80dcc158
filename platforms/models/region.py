"""Places: Zhuzhou's statutory divisions and units such as 株洲经开区 that report beside them."""

from django.db import models

from core.history import tracked
from platforms.choices import RegionKind


@tracked()
class Region(models.Model):
    """A county-level place. Statutory divisions carry their six-digit code (国家统计局); others a code of ours."""

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=40, unique=True)
    kind = models.CharField("类别", max_length=20, choices=RegionKind.choices)

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=RegionKind.values), name="platforms_region_kind_known"),
            models.CheckConstraint(
                condition=models.Q(kind=RegionKind.NON_STATUTORY) | models.Q(code__regex=r"^[0-9]{6}$"),
                name="platforms_region_statutory_code",
                violation_error_message="法定行政区划的代码应为6位数字;非建制单位可自编代码",
            ),
        ]

    def __str__(self) -> str:
        return self.name
