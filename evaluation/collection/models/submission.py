"""What platforms hand in each quarter (细则 R4.2(1)): a submission, its figures, their evidence, its receipts."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django_fsm import FSMModelMixin

from core.history import counts_versions, tracked
from core.models import Attachment
from core.workflow import StatusField, Transition, Transitions, frozen_once
from evaluation.collection.choices import SubmittedStatus as Status
from evaluation.collection.models.reporting_period import ReportingPeriod
from evaluation.systems.models import IndicatorSystem
from platforms.models import Platform

if TYPE_CHECKING:
    from core.models import User

# Statuses in which the platform may still write into a figure.
OPEN_STATUSES = (Status.EXPECTED, Status.MISSING, Status.RETURNED)

TRANSITIONS = Transitions(
    Status.EXPECTED,
    Transition("hand_in", "报送", OPEN_STATUSES, Status.HANDED_IN, "evaluation.fill_submission"),
    Transition("mark_missing", "标为未报", (Status.EXPECTED,), Status.MISSING, "evaluation.keep_period"),
    Transition("accept", "接受", (Status.HANDED_IN,), Status.ACCEPTED, "evaluation.check_figure"),
    Transition(
        "approve_not_applicable", "同意不适用", (Status.HANDED_IN,), Status.NOT_APPLICABLE, "evaluation.check_figure"
    ),
    Transition(
        "return_to_platform",
        "退回",
        (Status.HANDED_IN, Status.ACCEPTED, Status.NOT_APPLICABLE),
        Status.RETURNED,
        "evaluation.check_figure",
        reason_needed=True,
    ),
    Transition("lock", "锁定", (Status.ACCEPTED,), Status.LOCKED, "evaluation.keep_period"),
    Transition("unlock", "解除锁定", (Status.LOCKED,), Status.ACCEPTED, "evaluation.keep_period", reason_needed=True),
)


_TONES = {
    **dict.fromkeys((Status.ACCEPTED, Status.LOCKED, Status.NOT_APPLICABLE), "good"),
    **dict.fromkeys((Status.RETURNED, Status.MISSING), "bad"),
    Status.HANDED_IN: "info",
}


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(platform__in=Platform.objects.visible_to(user))


class Submission(models.Model):
    """One platform's figures of one quarter, by the indicator system it is asked by. It has no status of its own: each
    figure has one, and every handing in leaves a receipt."""

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="submissions", verbose_name="报送期")
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="submissions", verbose_name="平台")
    system = models.ForeignKey(IndicatorSystem, models.PROTECT, related_name="submissions", verbose_name="指标体系")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "季度报送"
        ordering = ["period", "platform"]
        constraints = [models.UniqueConstraint(fields=["period", "platform"], name="evaluation_submission_once")]
        triggers = [frozen_once("TRUE", name="never_changes")]

    def __str__(self) -> str:
        return f"{self.platform} {self.period}"


class SubmittedFigureQuerySet(models.QuerySet["SubmittedFigure"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(submission__platform__in=Platform.objects.visible_to(user))


@tracked()
class SubmittedFigure(FSMModelMixin, models.Model):
    """One indicator of one submission. `value` has the form of the bundle's `value`; `not_applicable_reason` says
    instead why the indicator does not apply. While handed in, accepted or locked neither can change: only a returned
    figure opens again, and its history keeps every earlier form, each under its `version`."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="figures", verbose_name="季度报送")
    indicator = models.CharField("指标", max_length=20)
    status = StatusField("状态", choices=Status.choices, default=Status.EXPECTED)
    value = models.JSONField("数据", null=True)
    not_applicable_reason = models.CharField("不适用的原因", max_length=200, blank=True)
    remark = models.CharField("说明", max_length=500, blank=True)
    saved_at = models.DateTimeField("保存时间", null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="保存人"
    )
    handed_in_at = models.DateTimeField("报送时间", null=True)
    checked_at = models.DateTimeField("审核时间", null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审核人"
    )
    return_reason = models.CharField("退回原因", max_length=500, blank=True)
    return_due_on = models.DateField("重报截止日期", null=True)
    version = models.PositiveIntegerField("版本", default=0, editable=False)

    objects = SubmittedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "报送数据"
        ordering = ["submission", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "indicator"], name="evaluation_submitted_once"),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="evaluation_submitted_status"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(not_applicable_reason=""),
                name="evaluation_submitted_value_or_reason",
                violation_error_message="填了数据就不能再写不适用的原因,请二者择一",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[Status.EXPECTED, Status.MISSING, Status.RETURNED])
                | models.Q(status=Status.HANDED_IN)
                & (models.Q(value__isnull=False) | ~models.Q(not_applicable_reason=""))
                | models.Q(status=Status.NOT_APPLICABLE) & ~models.Q(not_applicable_reason="")
                | models.Q(status__in=[Status.ACCEPTED, Status.LOCKED], value__isnull=False),
                name="evaluation_submitted_says_something",
            ),
            models.CheckConstraint(
                condition=models.Q(saved_at__isnull=True, saved_by__isnull=True)
                | models.Q(saved_at__isnull=False, saved_by__isnull=False),
                name="evaluation_submitted_saved_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_at__isnull=True, checked_by__isnull=True)
                | models.Q(checked_at__isnull=False, checked_by__isnull=False),
                name="evaluation_submitted_checked_pair",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[Status.ACCEPTED, Status.NOT_APPLICABLE, Status.LOCKED])
                | models.Q(checked_by__isnull=True)
                | models.Q(saved_by__isnull=True)
                | ~models.Q(checked_by=models.F("saved_by")),
                name="evaluation_submitted_checked_by_another",
                violation_error_message="填报人不能审核自己填报的数据",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.RETURNED)
                | (~models.Q(return_reason="") & models.Q(return_due_on__isnull=False)),
                name="evaluation_submitted_returned_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["handed_in_at"], name="evaluation_submitted_waiting", condition=models.Q(status="handed_in")
            )
        ]
        triggers = [
            TRANSITIONS.guard(),
            frozen_once(
                "OLD.status IN ('handed_in', 'accepted', 'not_applicable', 'locked')",
                free=("status", "checked_at", "checked_by_id", "return_reason", "return_due_on", "version"),
                name="handed_in_is_frozen",
            ),
            counts_versions(),
            pgtrigger.Trigger(
                name="checked_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__status__in=["accepted", "not_applicable"], old__status="handed_in"),
                func="""
                    IF EXISTS (
                        SELECT FROM evaluation_submissionreceipt
                         WHERE submission_id = NEW.submission_id AND submitted_by_id = NEW.checked_by_id
                    ) THEN
                        RAISE EXCEPTION 'two people: whoever handed the submission in does not check it'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="period_lock_holds",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM evaluation_submission s JOIN evaluation_reportingperiod p ON p.id = s.period_id
                         WHERE s.id IN (OLD.submission_id, NEW.submission_id) AND p.status = 'locked'
                    ) THEN
                        RAISE EXCEPTION 'frozen: the period is locked' USING ERRCODE = 'check_violation';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.indicator}"

    @property
    def is_returned(self) -> bool:
        """It came back, with a reason and a day."""
        return self.status == TRANSITIONS["return_to_platform"].target

    @property
    def may_be_accepted(self) -> bool:
        """Accepted, or agreed not to apply: the same place in the workflow."""
        return TRANSITIONS.allows("accept", self.status)

    @property
    def may_be_returned(self) -> bool:
        return TRANSITIONS.allows("return_to_platform", self.status)

    @property
    def tone(self) -> str:
        """How its status is coloured: settled, in need of work, on its way, still to come."""
        return _TONES.get(Status(self.status), "warn")

    @property
    def is_open(self) -> bool:
        """Whether the platform may still write here."""
        return self.status in OPEN_STATUSES

    @property
    def due_on(self) -> date:
        """The last day in time: the one set when the figure came back, else the period's. Reads `submission.period`."""
        if self.status == Status.RETURNED and self.return_due_on is not None:
            return self.return_due_on
        return self.submission.period.due_on

    @property
    def says(self) -> tuple[Any, str, str]:
        """What stands in its cells."""
        return self.value, self.not_applicable_reason, self.remark

    @property
    def claims_not_applicable(self) -> bool:
        return bool(self.not_applicable_reason)

    @TRANSITIONS.move(status, "hand_in")
    def hand_in(self) -> None:
        """The platform stands by what it wrote."""

    @TRANSITIONS.move(status, "mark_missing")
    def mark_missing(self) -> None:
        """The deadline passed without a figure."""

    @TRANSITIONS.move(status, "accept")
    def accept(self) -> None:
        """Checked against its evidence and taken."""

    @TRANSITIONS.move(status, "approve_not_applicable")
    def approve_not_applicable(self) -> None:
        """The reason holds: neither 0 nor full."""

    @TRANSITIONS.move(status, "return_to_platform")
    def return_to_platform(self) -> None:
        """Only this figure opens again."""

    @TRANSITIONS.move(status, "lock")
    def lock(self) -> None:
        """The year is being scored."""

    @TRANSITIONS.move(status, "unlock")
    def unlock(self) -> None:
        """The period was opened again before publication."""


@tracked()
class Evidence(models.Model):
    """A file that shows one figure. Taken back by a stamp, never deleted."""

    figure = models.ForeignKey(SubmittedFigure, models.PROTECT, related_name="evidence", verbose_name="报送数据")
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="文件")
    added_at = models.DateTimeField("上传时间", db_default=Now())
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    removed_at = models.DateTimeField("移除时间", null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="移除人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        ordering = ["figure", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True, removed_by__isnull=True)
                | models.Q(removed_at__isnull=False, removed_by__isnull=False),
                name="evaluation_evidence_removed_pair",
            )
        ]
        triggers = [frozen_once("OLD.removed_at IS NOT NULL", name="removed_once")]

    def __str__(self) -> str:
        return str(self.attachment)


class SubmissionReceipt(models.Model):
    """What was handed in at one moment. `document` is the canonical JSON of those figures, `sha256` its digest;
    `received_at` is the database's clock. Append-only for the run-time role."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="receipts", verbose_name="季度报送")
    version = models.PositiveSmallIntegerField("次数")
    number = models.CharField("回执编号", max_length=60, unique=True)
    received_at = models.DateTimeField("收到时间")
    is_late = models.BooleanField("逾期")
    document = models.TextField("报送内容")
    sha256 = models.CharField("SHA-256", max_length=64)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报送人")

    class Meta:
        verbose_name = verbose_name_plural = "季度报送回执"
        ordering = ["submission", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "version"], name="evaluation_receipt_version_once")
        ]

    def __str__(self) -> str:
        return self.number
