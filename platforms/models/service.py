"""What platforms did for enterprises: one enterprise, one activity, one day is one visit (细则 R3.1(2))."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from core.models import SealedFile
from core.workflow import frozen_once
from platforms.choices import ServiceKind
from platforms.models.enterprise import Enterprise
from platforms.models.platform import Platform

if TYPE_CHECKING:
    from core.models import User


class ServiceListQuerySet(models.QuerySet["ServiceList"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(platform__in=Platform.objects.visible_to(user))


class ServiceList(models.Model):
    """One list of served enterprises that a platform handed in, taken in whole. Append-only for the run-time role."""

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="service_lists", verbose_name="平台")
    file_name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey(SealedFile, models.PROTECT, related_name="+", verbose_name="原文件")
    row_count = models.PositiveIntegerField("数据行数")
    record_count = models.PositiveIntegerField("新增服务记录数")
    imported_at = models.DateTimeField("导入时间", db_default=Now())
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")

    objects = ServiceListQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务企业名单"
        ordering = ["-imported_at"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "file"], name="platforms_service_list_once"),
        ]

    def __str__(self) -> str:
        return f"{self.platform} · {self.file_name}"


class ServiceRecordQuerySet(models.QuerySet["ServiceRecord"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(platform__in=Platform.objects.visible_to(user))

    def in_force(self) -> Self:
        """Without those that the platform has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class ServiceRecord(models.Model):
    """One visit. `row` is the row of the list it came from, 0 when it was entered by hand.

    The run-time role may insert, and write the two columns of a withdrawal once; nothing else is ever changed, so the
    row is its own history.
    """

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="service_records", verbose_name="平台")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="service_records", verbose_name="企业")
    served_on = models.DateField("服务日期")
    kind = models.CharField("服务类别", max_length=20, choices=ServiceKind.choices)
    activity = models.CharField("服务事项(活动)", max_length=120)
    contact_person = models.CharField("企业联系人", max_length=40, blank=True)
    contact_phone = models.CharField("联系电话", max_length=40, blank=True)
    service_list = models.ForeignKey(
        ServiceList, models.PROTECT, null=True, related_name="records", verbose_name="来源名单"
    )
    row = models.PositiveIntegerField("行号", default=0)
    recorded_at = models.DateTimeField("登记时间", db_default=Now())
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="撤回人"
    )

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务记录"
        ordering = ["-served_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "enterprise", "served_on", "activity"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="platforms_service_one_visit",
                violation_error_message="同一企业、同一活动、同一天只算一家次,这条记录已经登记过",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=ServiceKind.values), name="platforms_service_kind_known"
            ),
            models.CheckConstraint(condition=~models.Q(activity=""), name="platforms_service_names_activity"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="platforms_service_withdrawn_pair",
            ),
        ]
        triggers = [frozen_once("OLD.withdrawn_at IS NOT NULL", name="withdrawn_once")]
        indexes = [
            models.Index(fields=["enterprise", "served_on"], name="platforms_served_when"),
            models.Index(fields=["platform", "served_on"], name="platforms_served_by_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} {self.enterprise_id} {self.activity}"
