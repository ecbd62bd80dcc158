"""Enterprises that platforms serve, and what they have been recognised as (细则 R3.1(2), R3.4)."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from core.choices import CITY_WIDE
from core.history import tracked
from core.models import SealedFile
from platforms.choices import EnterpriseRecognitionKind
from platforms.models.platform import Platform

if TYPE_CHECKING:
    from core.models import User


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    def visible_to(self, user: "User") -> Self:
        """Bureau, city platform and auditor see all; others the enterprises that their platforms have served."""
        if user.role in CITY_WIDE:
            return self
        return self.filter(
            models.Exists(Platform.objects.visible_to(user).filter(service_records__enterprise=models.OuterRef("pk")))
        )


@tracked()
class Enterprise(models.Model):
    """One enterprise, known by its 统一社会信用代码. The name is the newest that a published list gave; until one does,
    the newest that a platform's list gave."""

    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)
    name = models.CharField("企业名称", max_length=200)

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "企业"
        ordering = ["credit_code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(credit_code__regex=r"^[0-9A-HJ-NP-RTUW-Y]{18}$"),
                name="platforms_enterprise_code_form",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RecognitionList(models.Model):
    """One published list of recognised enterprises, taken in whole and once. Append-only for the run-time role."""

    kind = models.CharField("认定类别", max_length=20, choices=EnterpriseRecognitionKind.choices)
    title = models.CharField("名单名称", max_length=200)
    document_number = models.CharField("文号", max_length=80, blank=True)
    published_on = models.DateField("公布日期")
    file_name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey(SealedFile, models.PROTECT, related_name="+", verbose_name="原文件")
    row_count = models.PositiveIntegerField("企业(产品)数")
    imported_at = models.DateTimeField("导入时间", db_default=Now())
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="导入人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "认定名单"
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "file"], name="platforms_recognition_list_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=EnterpriseRecognitionKind.values),
                name="platforms_recognition_list_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EnterpriseRecognition(models.Model):
    """One row of a list: an enterprise, or one of its products (单项冠军 counts both), recognised on a day.
    Append-only for the run-time role: `row` is the row of the list's file."""

    recognition_list = models.ForeignKey(
        RecognitionList, models.PROTECT, related_name="recognitions", verbose_name="名单"
    )
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="recognitions", verbose_name="企业")
    kind = models.CharField("认定类别", max_length=20, choices=EnterpriseRecognitionKind.choices)
    product = models.CharField("产品", max_length=120, blank=True)
    recognised_on = models.DateField("认定日期")
    row = models.PositiveIntegerField("行号")

    class Meta:
        verbose_name = verbose_name_plural = "企业认定"
        ordering = ["-recognised_on", "enterprise"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "kind", "product", "recognised_on"], name="platforms_enterprise_recognised_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=EnterpriseRecognitionKind.values),
                name="platforms_enterprise_recognition_kind",
            ),
        ]
        indexes = [models.Index(fields=["kind", "recognised_on"], name="platforms_recognised_in_year")]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.get_kind_display()} · {self.recognised_on}"
