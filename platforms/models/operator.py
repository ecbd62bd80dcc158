"""Who runs a platform, and when."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func, Value

from core.history import tracked
from platforms.models.platform import Platform

if TYPE_CHECKING:
    from core.models import User


@tracked()
class Operator(models.Model):
    """A unit that runs platforms, known by its 统一社会信用代码."""

    name = models.CharField("运营单位", max_length=80)
    credit_code = models.CharField("统一社会信用代码", max_length=18, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "运营单位"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(credit_code__regex=r"^[0-9A-HJ-NP-RTUW-Y]{18}$"),
                name="platforms_operator_code_form",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OperatorTermQuerySet(models.QuerySet["OperatorTerm"]):
    def on(self, day: date) -> Self:
        """Terms that hold on `day`."""
        return self.filter(term__contains=day)

    def overlapping(self, start: date, end: date | None) -> Self:
        """Terms that share a day with [start, end)."""
        return self.filter(term__overlap=DateRange(start, end))

    def visible_to(self, user: "User") -> Self:
        """Terms of the platforms that this person sees."""
        return self.filter(platform__in=Platform.objects.visible_to(user))


@tracked()
class OperatorTerm(models.Model):
    """One operator runs one platform from a day until before another. Two terms of a platform never share a day."""

    platform = models.ForeignKey(Platform, models.PROTECT, related_name="operator_terms", verbose_name="平台")
    operator = models.ForeignKey(Operator, models.PROTECT, related_name="terms", verbose_name="运营单位")
    term = DateRangeField("运营期", help_text="含起始日,不含结束日;仍在运营的结束日留空")

    objects = OperatorTermQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "运营期"
        ordering = ["platform", "term"]
        constraints = [
            ExclusionConstraint(
                name="platforms_term_no_overlap",
                expressions=[
                    (
                        Func(F("platform"), F("platform"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("term", RangeOperators.OVERLAPS),
                ],
                violation_error_message="同一平台的运营期不能重叠:请先填写上一家运营单位的结束日期",
            ),
            models.CheckConstraint(condition=models.Q(term__isempty=False), name="platforms_term_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.platform} · {self.operator}"

    def holds_on(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day < self.ends_on)

    @property
    def starts_on(self) -> date | None:
        lower: date | None = self.term.lower
        return lower

    @property
    def ends_on(self) -> date | None:
        """The first day that no longer belongs to the term; None while it runs."""
        upper: date | None = self.term.upper
        return upper
