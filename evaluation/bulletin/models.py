"""Quarterly bulletins (细则 R4.2(1)): Q1 to Q3 alone, Q4 together with the year."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, ExtractYear
from django_fsm import FSMModelMixin

from core.history import tracked
from core.models import SealedFile
from core.workflow import StatusField, Transition, Transitions, frozen_once
from evaluation.bulletin.choices import BulletinStatus

TRANSITIONS = Transitions(
    BulletinStatus.DRAFT,
    Transition("compile", "编制", (BulletinStatus.DRAFT,), BulletinStatus.COMPILED, "evaluation.compile_bulletin"),
    Transition(
        "revise",
        "退回修改",
        (BulletinStatus.COMPILED,),
        BulletinStatus.DRAFT,
        "evaluation.compile_bulletin",
        reason_needed=True,
    ),
    Transition("issue", "印发", (BulletinStatus.COMPILED,), BulletinStatus.ISSUED, "evaluation.issue_bulletin"),
)


@tracked()
class Bulletin(FSMModelMixin, models.Model):
    """One bulletin. `view` is the frozen view-model as canonical JSON that both the PDF and the web page render."""

    year = models.PositiveSmallIntegerField("年度")
    quarter = models.PositiveSmallIntegerField("季度")
    status = StatusField("状态", choices=BulletinStatus.choices, default=BulletinStatus.DRAFT)
    serial_number = models.PositiveIntegerField("发文顺序号", null=True, blank=True)
    issued_on = models.DateField("成文日期", null=True, blank=True)
    problems = models.TextField("存在问题", blank=True)
    requirements = models.TextField("下一步工作要求", blank=True)
    view = models.ForeignKey(
        SealedFile, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="内容"
    )
    pdf = models.ForeignKey(SealedFile, models.PROTECT, null=True, related_name="+", editable=False, verbose_name="PDF")
    compiled_at = models.DateTimeField("编制时间", null=True, editable=False)
    compiled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="编制人",
        editable=False,
    )
    issued_at = models.DateTimeField("印发时间", null=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="印发人",
        editable=False,
    )

    class Meta:
        verbose_name = verbose_name_plural = "季度通报"
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="evaluation_bulletin_once"),
            # The number counts within the year of issue: the fourth quarter's bulletin bears the next year's.
            # The cast says what an absent date is when a form is checked: without it the database cannot tell.
            models.UniqueConstraint(
                ExtractYear(Cast("issued_on", models.DateField())),
                "serial_number",
                name="evaluation_bulletin_number_once",
                violation_error_message="这个发文字号已用于另一份通报,请改用其他顺序号",
            ),
            models.CheckConstraint(condition=models.Q(quarter__range=(1, 4)), name="evaluation_bulletin_quarter"),
            models.CheckConstraint(
                condition=models.Q(status__in=BulletinStatus.values), name="evaluation_bulletin_status"
            ),
            models.CheckConstraint(
                condition=models.Q(status=BulletinStatus.DRAFT, compiled_at__isnull=True, compiled_by__isnull=True)
                | models.Q(
                    status__in=[BulletinStatus.COMPILED, BulletinStatus.ISSUED],
                    compiled_at__isnull=False,
                    compiled_by__isnull=False,
                    view__isnull=False,
                    pdf__isnull=False,
                    serial_number__isnull=False,
                    issued_on__isnull=False,
                ),
                name="evaluation_bulletin_compiled_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(status=BulletinStatus.ISSUED, issued_at__isnull=False, issued_by__isnull=False)
                | ~models.Q(status=BulletinStatus.ISSUED) & models.Q(issued_at__isnull=True, issued_by__isnull=True),
                name="evaluation_bulletin_issued_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(issued_by__isnull=True) | ~models.Q(issued_by=models.F("compiled_by")),
                name="evaluation_bulletin_two_people",
                violation_error_message="编制人与印发人不能是同一人",
            ),
        ]
        triggers = [TRANSITIONS.guard(), frozen_once("OLD.status = 'issued'", name="issued_is_frozen")]

    def __str__(self) -> str:
        return f"{self.year}年第{'一二三四'[self.quarter - 1]}季度通报"

    @TRANSITIONS.move(status, "compile")
    def compile(self) -> None:
        """The view-model and its PDF are sealed and waiting for a second person."""

    @TRANSITIONS.move(status, "revise")
    def revise(self) -> None:
        """Back to the draft; the sealed files of this attempt stay unused."""

    @TRANSITIONS.move(status, "issue")
    def issue(self) -> None:
        """A second person issued it; it is public and frozen."""
