"""The job table: PostgreSQL's record of every background step. Redis carries only ids and may be emptied any time."""

import uuid
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from core.choices import OVERSIGHT, JobState

if TYPE_CHECKING:
    from core.models.user import User


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: "User") -> Self:
        """The bureau and the auditors see all; anybody else what they asked for."""
        if user.role in OVERSIGHT:
            return self
        return self.filter(created_by=user)


class Job(models.Model):
    """One piece of background work, done once however often its message arrives.

    A worker claims it by writing a fresh `token` and a `lease_until`; only the holder of that token can finish it, in
    the same transaction as the effect.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("任务", max_length=60)
    idempotency_key = models.CharField("防重键", max_length=200)
    arguments = models.JSONField("参数", default=dict)
    state = models.CharField("状态", max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    run_after = models.DateTimeField("最早执行时间", db_default=Now())
    created_at = models.DateTimeField("提交时间", db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="提交人"
    )
    retried_at = models.DateTimeField("重新执行时间", null=True)
    retried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="重新执行人"
    )
    finished_at = models.DateTimeField("结束时间", null=True)
    progress_done = models.PositiveIntegerField("已完成", default=0)
    progress_total = models.PositiveIntegerField("总量", default=0)
    progress_note = models.CharField("进度说明", max_length=200, blank=True)
    result = models.JSONField("结果", null=True)
    error = models.TextField("错误", blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "idempotency_key"], name="core_job_once"),
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="core_job_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=JobState.RUNNING, token__isnull=False, lease_until__isnull=False)
                | ~models.Q(state=JobState.RUNNING),
                name="core_job_running_has_lease",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[JobState.DONE, JobState.REFUSED, JobState.DEAD], finished_at__isnull=False
                )
                | models.Q(state__in=[JobState.QUEUED, JobState.RUNNING], finished_at__isnull=True),
                name="core_job_finished_has_time",
            ),
            models.CheckConstraint(
                condition=models.Q(retried_at__isnull=True, retried_by__isnull=True)
                | models.Q(retried_at__isnull=False, retried_by__isnull=False),
                name="core_job_retried_pair",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="done_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=JobState.DONE.value),
                func="RAISE EXCEPTION 'frozen: the job is done' USING ERRCODE = 'check_violation';",
            )
        ]
        indexes = [
            models.Index(
                fields=["run_after"],
                name="core_job_due",
                condition=models.Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.idempotency_key}"

    @property
    def is_finished(self) -> bool:
        return self.state in {JobState.DONE, JobState.REFUSED, JobState.DEAD}

    @property
    def is_the_systems(self) -> bool:
        """Nobody's own affair: the calendar asked for it."""
        return self.created_by is None or self.created_by.is_the_system

    @property
    def may_go_on(self) -> bool:
        """Whether it ended without taking effect, so that another round may still do the work."""
        return self.state in {JobState.REFUSED, JobState.DEAD}

    @property
    def is_refused(self) -> bool:
        return self.state == JobState.REFUSED

    @property
    def is_dead(self) -> bool:
        return self.state == JobState.DEAD

    @property
    def percent(self) -> int:
        """Whole percent for a progress bar, 0 to 100."""
        if self.state == JobState.DONE:
            return 100
        return 100 * self.progress_done // self.progress_total if self.progress_total else 0
