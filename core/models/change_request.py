"""What one person asks about an account or the bureau's particulars and another confirms (细则 R4.1: nobody alone)."""

import uuid
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django_fsm import FSMModelMixin

from core.choices import OVERSIGHT, ChangeStatus
from core.workflow import StatusField, Transition, Transitions, frozen_once

if TYPE_CHECKING:
    from core.models.user import User

TRANSITIONS = Transitions(
    ChangeStatus.PROPOSED,
    Transition("confirm", "确认", (ChangeStatus.PROPOSED,), ChangeStatus.CONFIRMED, "core.decide_change"),
    Transition(
        "reject", "不同意", (ChangeStatus.PROPOSED,), ChangeStatus.REJECTED, "core.decide_change", reason_needed=True
    ),
    Transition("withdraw", "撤回", (ChangeStatus.PROPOSED,), ChangeStatus.WITHDRAWN, "core.withdraw_change"),
)
_BY_ANOTHER = models.Q(status__in=[ChangeStatus.CONFIRMED, ChangeStatus.REJECTED])


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def visible_to(self, user: "User") -> Self:
        """The bureau and the auditors see all; anybody else what they asked for."""
        if user.role in OVERSIGHT:
            return self
        return self.filter(asked_by=user)

    def waiting(self) -> Self:
        return self.filter(status=ChangeStatus.PROPOSED)

    def to_be_told(self, user: "User") -> Self:
        """What was done to somebody's account and they have not yet read."""
        return self.filter(account=user, status=ChangeStatus.CONFIRMED, told_at__isnull=True)


class ChangeRequest(FSMModelMixin, models.Model):
    """One change, asked for once and decided once; what it says never changes.

    `wanted` and `stood` map a field to its JSON value, as asked for and as it was then; `lines` are the same as people
    read them: [label, before, after]. `target` names what is changed, so that one thing has one open request. Without
    `asked_by` it is the server's own command, done at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("事项", max_length=40)
    target = models.CharField(max_length=200, editable=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="涉及账号"
    )
    wanted = models.JSONField(default=dict)
    stood = models.JSONField(default=dict)
    lines = models.JSONField("内容", default=list)
    status = StatusField("状态", choices=ChangeStatus.choices, default=ChangeStatus.PROPOSED)
    reason = models.CharField("申请理由", max_length=200)
    asked_at = models.DateTimeField("申请时间", db_default=Now())
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="申请人"
    )
    decision_reason = models.CharField("审核意见", max_length=500, blank=True, db_default="")
    decided_at = models.DateTimeField("审核时间", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审核人"
    )
    told_at = models.DateTimeField("本人阅知时间", null=True)

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "变更申请"
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=ChangeStatus.values), name="core_change_request_status"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True, status=ChangeStatus.PROPOSED, decided_by__isnull=True)
                | models.Q(decided_at__isnull=False) & ~models.Q(status=ChangeStatus.PROPOSED),
                name="core_change_request_decided_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(asked_by__isnull=True, decided_by__isnull=True)
                | ~_BY_ANOTHER
                | models.Q(decided_by__isnull=False) & ~models.Q(decided_by=models.F("asked_by")),
                name="core_change_request_two_people",
                violation_error_message="申请人不能确认自己的申请",
            ),
            models.CheckConstraint(
                condition=~_BY_ANOTHER
                | models.Q(account__isnull=True)
                | models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("account")),
                name="core_change_request_not_about_oneself",
                violation_error_message="涉及本人账号的申请须由其他人确认",
            ),
            models.UniqueConstraint(
                fields=["target"],
                condition=models.Q(status=ChangeStatus.PROPOSED),
                name="core_change_request_one_open",
            ),
        ]
        triggers = [
            TRANSITIONS.guard(),
            frozen_once("OLD.status <> 'proposed'", free=("told_at",), name="decided_is_frozen"),
            pgtrigger.Trigger(
                name="told_once",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__told_at__isnull=False),
                func="RAISE EXCEPTION 'frozen: the person has read it' USING ERRCODE = 'check_violation';",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def is_waiting(self) -> bool:
        return TRANSITIONS.allows("confirm", self.status)

    @property
    def is_confirmed(self) -> bool:
        return self.status == TRANSITIONS["confirm"].target

    @TRANSITIONS.move(status, "confirm")
    def confirm(self) -> None:
        """A second person stands behind it, and it is done."""

    @TRANSITIONS.move(status, "reject")
    def reject(self) -> None:
        """A second person is against it; nothing is done."""

    @TRANSITIONS.move(status, "withdraw")
    def withdraw(self) -> None:
        """Whoever asked thought better of it."""
