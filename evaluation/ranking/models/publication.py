"""Published rankings: rows of their own, append-only for the run-time role, with their files stored once."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from core.models import SealedFile
from evaluation.ranking.models.ranking import Ranking, none_added_once_published
from platforms.choices import PlatformType
from platforms.models import Operator, Platform

FILE_LABELS = {
    "bundle.json": "评价数据包(规则、平台和全部数据)",
    "result.json": "评价结果(得分、名次和算式)",
    "ranking.csv": "名次表(CSV)",
    "ranking.xlsx": "名次表(Excel、WPS表格)",
    "sources.json": "数据来源(文件与行号)",
}

_STATUS = """SELECT r.status FROM evaluation_publication p JOIN evaluation_ranking r ON r.id = p.ranking_id
              WHERE p.id = NEW.publication_id"""


class Publication(models.Model):
    """One edition of one type's yearly ranking. A correction is a new edition that names the one it replaces."""

    ranking = models.OneToOneField(Ranking, models.PROTECT, related_name="publication", verbose_name="排名")
    year = models.PositiveSmallIntegerField("年度")
    platform_type = models.CharField("平台类型", max_length=20)
    edition = models.PositiveSmallIntegerField("版次")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="更正的版次"
    )
    correction_reason = models.TextField("更正原因", blank=True)
    title = models.CharField("标题", max_length=120)
    bundle_sha256 = models.CharField("数据包 SHA-256", max_length=64)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="评分人")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发布人")
    published_at = models.DateTimeField("发布时间", db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = "排名发布"
        ordering = ["-year", "platform_type", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["year", "platform_type", "edition"], name="evaluation_publication_once"),
            models.CheckConstraint(
                condition=~models.Q(prepared_by=models.F("published_by")),
                name="evaluation_publication_two_people",
                violation_error_message="评分人与发布人不能是同一人",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces__isnull=True, correction_reason="")
                | models.Q(replaces__isnull=False) & ~models.Q(correction_reason=""),
                name="evaluation_publication_correction_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def type_label(self) -> str:
        return str(PlatformType(self.platform_type).label)


class PublicationFile(models.Model):
    """A file of an edition, by its public name: one of those in FILE_LABELS."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="files", verbose_name="排名发布")
    name = models.CharField("文件名", max_length=40)
    file = models.ForeignKey(SealedFile, models.PROTECT, related_name="+", verbose_name="封存文件")

    class Meta:
        verbose_name = verbose_name_plural = "发布文件"
        constraints = [models.UniqueConstraint(fields=["publication", "name"], name="evaluation_publication_file_once")]
        triggers = [none_added_once_published(_STATUS)]

    def __str__(self) -> str:
        return f"{self.publication}(第{self.publication.edition}版){self.name}"

    @property
    def label(self) -> str:
        """What the file is, for people."""
        return FILE_LABELS.get(self.name, self.name)


class Standing(models.Model):
    """A platform's published place: names as they were that day, so later edits of the registry change nothing."""

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="standings", verbose_name="排名发布")
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="standings", verbose_name="平台")
    platform_code = models.CharField("平台编码", max_length=20)
    platform_name = models.CharField("平台名称", max_length=80)
    region_name = models.CharField("行政区划", max_length=40)
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="+", verbose_name="年末运营单位")
    operator_name = models.CharField("年末运营单位名称", max_length=80, blank=True)
    position = models.PositiveIntegerField("印刷顺序")
    rank = models.PositiveIntegerField("名次", null=True)
    total = models.DecimalField("总分", max_digits=12, decimal_places=6, null=True)
    section_scores = models.JSONField("分部得分", default=dict)
    not_ranked_reason = models.CharField("不参评原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "名次"
        ordering = ["publication", "position"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "platform"], name="evaluation_standing_once"),
            models.CheckConstraint(
                condition=models.Q(rank__isnull=False, total__isnull=False, not_ranked_reason="")
                | models.Q(rank__isnull=True, total__isnull=True) & ~models.Q(not_ranked_reason=""),
                name="evaluation_standing_ranked_or_reason",
            ),
        ]
        triggers = [none_added_once_published(_STATUS)]

    def __str__(self) -> str:
        return f"{self.publication} · {self.platform_name}"
