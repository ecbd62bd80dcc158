"""Figures and the batches they came in. A batch that replaces another leaves the old one and its figures in place."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django_fsm import FSMModelMixin

from core.history import tracked
from core.models import SealedFile
from core.periods import Quarter
from core.workflow import StatusField, Transition, Transitions
from evaluation.choices import FigureState
from evaluation.intake.choices import BatchKind, BatchStatus
from platforms.models import Platform

ANNUAL = 0
BATCH_TRANSITIONS = Transitions(
    BatchStatus.IN_FORCE,
    Transition(
        "replace",
        "替换",
        (BatchStatus.IN_FORCE,),
        BatchStatus.REPLACED,
        "evaluation.import_hub",
        reason_needed=False,
    ),
)


@tracked()
class ImportBatch(FSMModelMixin, models.Model):
    """One file that was taken in whole. `quarter` is 0 for figures of a whole year."""

    kind = models.CharField("类别", max_length=10, choices=BatchKind.choices)
    year = models.PositiveSmallIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度", default=ANNUAL)
    status = StatusField("状态", choices=BatchStatus.choices, default=BatchStatus.IN_FORCE)
    file_name = models.CharField("文件名", max_length=200)
    file = models.ForeignKey(SealedFile, models.PROTECT, related_name="+", verbose_name="原文件")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="替换的批次"
    )
    row_count = models.PositiveIntegerField("数据行数")
    figure_count = models.PositiveIntegerField("数据个数")
    imported_at = models.DateTimeField("导入时间", db_default=Now())
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="导入人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        ordering = ["-year", "-quarter", "-imported_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "year", "quarter"],
                condition=models.Q(status="in_force"),
                name="evaluation_batch_one_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=BatchKind.HUB, quarter__range=(1, 4))
                | models.Q(kind__in=[BatchKind.FIGURES, BatchKind.COLLECTED], quarter=ANNUAL),
                name="evaluation_batch_period",
            ),
            models.CheckConstraint(condition=models.Q(status__in=BatchStatus.values), name="evaluation_batch_status"),
        ]
        triggers = [BATCH_TRANSITIONS.guard()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period} {self.file_name}"

    @property
    def period(self) -> str:
        """2025年第一季度, or 2025年 for figures of a whole year."""
        return f"{self.year}年" if self.quarter == ANNUAL else str(Quarter(self.year, self.quarter))

    @BATCH_TRANSITIONS.move(status, "replace")
    def replace(self) -> None:
        """A newer file of the same period takes over; this batch's figures stay readable."""


class FigureQuerySet(models.QuerySet["Figure"]):
    def in_force(self) -> Self:
        return self.filter(batch__status=BatchStatus.IN_FORCE)


class Figure(models.Model):
    """What one row of a file says about one indicator of one platform in one period. The hub's files are stored by
    column: `indicator` is its key there (`systems.checks.hub_columns`), and each system says what it feeds.

    A count stands in `amount`; a ratio in `amount` (numerator) and `base` (denominator); every other measure in
    `parts`, in the form of the bundle's `value`. `row` is the row of the sheet, as the office program numbers it.
    Written once with its batch and never changed: the run-time role has no UPDATE or DELETE here.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="figures", verbose_name="批次")
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="figures", verbose_name="平台")
    indicator = models.CharField("指标", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度")
    row = models.PositiveIntegerField("行号")
    state = models.CharField("状态", max_length=15, choices=FigureState.choices, default=FigureState.REPORTED)
    amount = models.DecimalField("数值", max_digits=18, decimal_places=6, null=True)
    base = models.DecimalField("分母", max_digits=18, decimal_places=6, null=True)
    parts = models.JSONField("分项", null=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "数据"
        constraints = [
            models.UniqueConstraint(fields=["batch", "platform", "indicator"], name="evaluation_figure_once"),
            models.CheckConstraint(
                condition=models.Q(state=FigureState.REPORTED, amount__isnull=False, parts__isnull=True)
                | models.Q(state=FigureState.REPORTED, amount__isnull=True, base__isnull=True, parts__isnull=False)
                | models.Q(
                    state__in=[FigureState.MISSING, FigureState.NOT_APPLICABLE],
                    amount__isnull=True,
                    base__isnull=True,
                    parts__isnull=True,
                ),
                name="evaluation_figure_one_form",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="evaluation_figure_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(base__isnull=True) | models.Q(base__gte=0),
                name="evaluation_figure_base_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform_id} {self.indicator} {self.year}Q{self.quarter}"
