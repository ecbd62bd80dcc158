"""Proposals that pure functions draw from published results; a person confirms or rejects each with a reason."""

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django_fsm import FSMModelMixin

from core.history import tracked
from core.models import SealedFile
from core.workflow import StatusField, Transition, Transitions, frozen_once
from evaluation.ranking.models import Publication, Standing
from platforms.models import Operator, Platform
from rewards.choices import ProposalStatus

if TYPE_CHECKING:
    from core.models import User

TRANSITIONS = Transitions(
    ProposalStatus.PROPOSED,
    Transition(
        "confirm",
        "确认",
        (ProposalStatus.PROPOSED,),
        ProposalStatus.CONFIRMED,
        "rewards.decide_proposal",
        reason_needed=True,
    ),
    Transition(
        "reject",
        "不予采纳",
        (ProposalStatus.PROPOSED,),
        ProposalStatus.REJECTED,
        "rewards.decide_proposal",
        reason_needed=True,
    ),
)


# Whoever prepared the ranking decides nothing that follows from it (细则 R4.1): the database's own copy of the rule in
# `rewards.permissions`.
TWO_PEOPLE = pgtrigger.Trigger(
    name="two_people",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__decided_by__isnull=False),
    func="""
        IF EXISTS (
            SELECT FROM evaluation_publication WHERE id = NEW.publication_id AND prepared_by_id = NEW.decided_by_id
        ) THEN
            RAISE EXCEPTION 'the scorer of a ranking may not decide its consequences'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(platform__in=Platform.objects.visible_to(user))

    def confirmed(self) -> Self:
        return self.filter(status=ProposalStatus.CONFIRMED)


class Proposal(FSMModelMixin, models.Model):
    """What the three consequences share.

    `rule_path` lists the steps of the rule in plain Chinese as `rewards.consequences.Step.as_row` writes them: text,
    clause code, for_decision. The letter is written once, after a confirmation, and never replaced.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="+", verbose_name="依据的排名")
    standing = models.ForeignKey(Standing, models.PROTECT, related_name="+", verbose_name="名次")
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="%(class)ss", verbose_name="平台")
    status = StatusField("状态", choices=ProposalStatus.choices, default=ProposalStatus.PROPOSED)
    rule_path = models.JSONField("规则依据")
    proposed_at = models.DateTimeField("提出时间", db_default=Now())
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人", editable=False
    )
    reason = models.TextField("决定理由", blank=True)
    decided_at = models.DateTimeField("决定时间", null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="决定人",
        editable=False,
    )
    letter = models.ForeignKey(
        SealedFile, models.PROTECT, null=True, related_name="+", verbose_name="函件", editable=False
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-publication__year", "standing__rank", "platform__code"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "platform"], name="rewards_%(class)s_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=ProposalStatus.values), name="rewards_%(class)s_status"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status=ProposalStatus.PROPOSED,
                    decided_at__isnull=True,
                    decided_by__isnull=True,
                    reason="",
                )
                | models.Q(
                    status__in=[ProposalStatus.CONFIRMED, ProposalStatus.REJECTED],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                )
                & ~models.Q(reason=""),
                name="rewards_%(class)s_decided_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("decided_by")),
                name="rewards_%(class)s_two_people",
                violation_error_message="提出建议的人不能决定",
            ),
            models.CheckConstraint(
                condition=models.Q(letter__isnull=True) | models.Q(status=ProposalStatus.CONFIRMED),
                name="rewards_%(class)s_letter_of_confirmed",
            ),
        ]
        triggers = [
            TRANSITIONS.guard(),
            frozen_once("OLD.status <> 'proposed'", free=("letter_id",), name="decided_is_frozen"),
            frozen_once("OLD.letter_id IS NOT NULL", name="letter_is_final"),
            TWO_PEOPLE,
        ]

    def __str__(self) -> str:
        return f"{self.platform} · {self._meta.verbose_name} · {self.publication.year}"

    @property
    def award(self) -> str:
        """What a reward gives; nothing for the others."""
        return ""

    @property
    def is_confirmed(self) -> bool:
        return self.status == TRANSITIONS["confirm"].target

    @TRANSITIONS.move(status, "confirm")
    def confirm(self) -> None:
        """A person stands behind the proposal; its letter is written and it shows in public."""

    @TRANSITIONS.move(status, "reject")
    def reject(self) -> None:
        """A person decided against it; the reason stays."""


@tracked()
class Reward(Proposal):
    """A municipal reward for reaching the year's standard (细则 R5.1). Amount in yuan."""

    tier_name = models.CharField("等次", max_length=20)
    amount = models.PositiveIntegerField("奖励金额(元)")

    class Meta(Proposal.Meta):
        verbose_name = verbose_name_plural = "奖励"

    @property
    def award(self) -> str:
        return f"{self.tier_name},{self.amount}元"


@tracked()
class YellowCard(Proposal):
    """A warning to the last of a type, issued by the city platform (细则 R5.2)."""

    class Meta(Proposal.Meta):
        verbose_name = verbose_name_plural = "黄牌警告"


@tracked()
class OperatorReplacement(Proposal):
    """Advice to replace the operator of a county platform last in two consecutive published years (细则 R5.2)."""

    previous_publication = models.ForeignKey(Publication, models.PROTECT, related_name="+", verbose_name="上一年度排名")
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="+", verbose_name="现运营单位")

    class Meta(Proposal.Meta):
        verbose_name = verbose_name_plural = "更换运营单位建议"
