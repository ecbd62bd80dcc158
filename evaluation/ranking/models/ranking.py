"""The yearly evaluation of one type: its working result and, once published, the frozen record (细则 R4.2(2))."""

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django_fsm import FSMModelMixin

from core.choices import OVERSIGHT, Role
from core.history import tracked
from core.models import SealedFile
from core.workflow import StatusField, Transition, Transitions, frozen_once
from evaluation.ranking.choices import RankingStatus
from evaluation.systems.models import IndicatorSystem
from platforms.choices import EVALUATED_TYPES, PlatformType
from platforms.models import Platform

if TYPE_CHECKING:
    from core.models import User

TRANSITIONS = Transitions(
    RankingStatus.OPEN,
    Transition("score", "评分", (RankingStatus.OPEN,), RankingStatus.SCORED, "evaluation.score_ranking"),
    Transition(
        "reopen",
        "退回重评",
        (RankingStatus.SCORED,),
        RankingStatus.OPEN,
        "evaluation.score_ranking",
        reason_needed=True,
    ),
    Transition("publish", "发布", (RankingStatus.SCORED,), RankingStatus.PUBLISHED, "evaluation.publish_ranking"),
)


def none_added_once_published(status: str) -> pgtrigger.Trigger:
    """A guard that lets no row come to a published ranking, neither new nor from another. `status` is SQL that finds
    the ranking's status from NEW."""
    return pgtrigger.Trigger(
        name="none_added_once_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF ({status}) = 'published' THEN
                RAISE EXCEPTION 'frozen: nothing may be added to what is published' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class RankingQuerySet(models.QuerySet["Ranking"]):
    def visible_to(self, user: "User") -> Self:
        """A working result is seen by those who make, check or audit it; the city platform never sees its own before it
        is published (细则 R4.1)."""
        if user.role in OVERSIGHT:
            return self
        if user.role == Role.CITY_PLATFORM:
            return self.exclude(~models.Q(status=RankingStatus.PUBLISHED), platform_type=PlatformType.CITY_PLATFORM)
        return self.none()


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(ranking__in=Ranking.objects.visible_to(user))


@tracked()
class Ranking(FSMModelMixin, models.Model):
    """One year's ranking of one platform type. `bundle` is the sealed evaluation bundle that it was computed from; the
    file's name is the digest that the result document gives as `bundle_sha256`."""

    year = models.PositiveSmallIntegerField("年度")
    platform_type = models.CharField("平台类型", max_length=20, choices=[(t, t.label) for t in EVALUATED_TYPES])
    edition = models.PositiveSmallIntegerField("版次", default=1)
    system = models.ForeignKey(IndicatorSystem, models.PROTECT, related_name="rankings", verbose_name="指标体系")
    status = StatusField("状态", choices=RankingStatus.choices, default=RankingStatus.OPEN)
    bundle = models.ForeignKey(
        SealedFile, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="评价数据包"
    )
    not_ranked = models.JSONField("不参评平台", default=list, editable=False)
    scored_at = models.DateTimeField("评分时间", null=True, editable=False)
    scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="评分人",
        editable=False,
    )

    objects = RankingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度排名"
        ordering = ["-year", "platform_type", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["year", "platform_type", "edition"], name="evaluation_ranking_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=RankingStatus.values), name="evaluation_ranking_status"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status=RankingStatus.OPEN, scored_at__isnull=True, scored_by__isnull=True, bundle__isnull=True
                )
                | models.Q(
                    status__in=[RankingStatus.SCORED, RankingStatus.PUBLISHED],
                    scored_at__isnull=False,
                    scored_by__isnull=False,
                    bundle__isnull=False,
                ),
                name="evaluation_ranking_scored_pair",
            ),
        ]
        triggers = [
            TRANSITIONS.guard(),
            frozen_once("OLD.status = 'published'", name="published_is_frozen"),
            pgtrigger.Trigger(
                name="published_is_sealed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status="scored", new__status="published"),
                func="""
                    IF NOT EXISTS (SELECT FROM evaluation_publication WHERE ranking_id = NEW.id) THEN
                        RAISE EXCEPTION 'not sealed: a published ranking has a publication'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度{self.get_platform_type_display()}评价"

    @TRANSITIONS.move(status, "score")
    def score(self) -> None:
        """Scorecards were computed from the figures in force."""

    @TRANSITIONS.move(status, "reopen")
    def reopen(self) -> None:
        """Figures will change; the scorecards are dropped."""

    @TRANSITIONS.move(status, "publish")
    def publish(self) -> None:
        """The result is sealed as a publication."""


class Scorecard(models.Model):
    """One platform's result inside one ranking. `detail` is the scorecard object of the result document as canonical
    JSON text, with every score's reason; `sources` maps an indicator to the [batch id, row] pairs behind its figure."""

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="scorecards", verbose_name="排名")
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="scorecards", verbose_name="平台")
    rank = models.PositiveIntegerField("名次")
    position = models.PositiveIntegerField("印刷顺序")
    total = models.DecimalField("总分", max_digits=12, decimal_places=6)
    detail = models.TextField("评分明细")
    sources = models.TextField("数据来源")

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "评分表"
        ordering = ["ranking", "position"]
        constraints = [models.UniqueConstraint(fields=["ranking", "platform"], name="evaluation_scorecard_once")]
        triggers = [
            frozen_once(
                "(SELECT status FROM evaluation_ranking WHERE id = OLD.ranking_id) = 'published'",
                name="published_is_frozen",
            ),
            none_added_once_published("SELECT status FROM evaluation_ranking WHERE id = NEW.ranking_id"),
        ]

    def __str__(self) -> str:
        return f"{self.ranking} · {self.platform}"
