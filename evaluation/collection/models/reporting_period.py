"""The periods in which platforms hand their figures in (细则 R4.2)."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django_fsm import FSMModelMixin

from core.history import tracked
from core.periods import Quarter
from core.workflow import StatusField, Transition, Transitions
from evaluation.collection.choices import PeriodStatus

TRANSITIONS = Transitions(
    PeriodStatus.OPEN,
    Transition("close", "截止报送", (PeriodStatus.OPEN,), PeriodStatus.CLOSED, "evaluation.keep_period"),
    Transition("lock", "锁定", (PeriodStatus.CLOSED,), PeriodStatus.LOCKED, "evaluation.keep_period"),
    Transition(
        "unlock",
        "解除锁定",
        (PeriodStatus.LOCKED,),
        PeriodStatus.CLOSED,
        "evaluation.keep_period",
        reason_needed=True,
    ),
)


@tracked()
class ReportingPeriod(FSMModelMixin, models.Model):
    """One quarter's collection. `due_on` is the last day in time, until 24:00 Beijing time; a date, never a status.

    Open: platforms fill in and hand in. Closed: what was not handed in is marked 未报; it may still come, late. Locked:
    no figure of the period changes any more, because the year is being scored.
    """

    year = models.PositiveSmallIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度")
    due_on = models.DateField("截止日期", help_text="当日24时(北京时间)前为按时")
    status = StatusField("状态", choices=PeriodStatus.choices, default=PeriodStatus.OPEN)
    opened_at = models.DateTimeField("开始时间", db_default=Now())
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发起人")

    class Meta:
        verbose_name = verbose_name_plural = "报送期"
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="evaluation_period_once"),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="evaluation_period_quarter"),
            models.CheckConstraint(condition=models.Q(status__in=PeriodStatus.values), name="evaluation_period_status"),
        ]
        triggers = [TRANSITIONS.guard()]

    def __str__(self) -> str:
        return f"{Quarter(self.year, self.quarter)}报送"

    @property
    def as_quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter)

    @property
    def is_locked(self) -> bool:
        """Nothing of it changes until it is unlocked."""
        return TRANSITIONS.allows("unlock", self.status)

    @TRANSITIONS.move(status, "close")
    def close(self) -> None:
        """The deadline has passed; figures still expected become missing."""

    @TRANSITIONS.move(status, "lock")
    def lock(self) -> None:
        """The year is being scored; accepted figures are locked with the period."""

    @TRANSITIONS.move(status, "unlock")
    def unlock(self) -> None:
        """A figure must still change before anything is published."""
