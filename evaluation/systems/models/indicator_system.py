"""Indicator systems as versions (细则 R3, R3.6): draft, in force, retired."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Func
from django.db.models.functions import Now
from django.db.models.lookups import Exact
from django_fsm import FSMModelMixin

from core.history import tracked
from core.workflow import StatusField, Transition, Transitions, frozen_once
from evaluation.scoring.document import Document
from evaluation.scoring.system import System, parse_system
from evaluation.systems.checks.systems import system_type_and_year
from evaluation.systems.choices import SystemStatus
from platforms.choices import EVALUATED_TYPES

TRANSITIONS = Transitions(
    SystemStatus.DRAFT,
    Transition("put_in_force", "施行", (SystemStatus.DRAFT,), SystemStatus.IN_FORCE, "evaluation.put_system_in_force"),
    Transition(
        "retire",
        "停用",
        (SystemStatus.IN_FORCE,),
        SystemStatus.RETIRED,
        "evaluation.retire_system",
        reason_needed=True,
    ),
)

# The database's own copy of two rules: whoever prepared a draft does not put it in force; a version that comes into
# force when its year has begun says why.
_PUT_IN_FORCE_RIGHTLY = pgtrigger.Trigger(
    name="put_in_force_rightly",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__status="draft", new__status="in_force"),
    func="""
        IF NEW.in_force_by_id = coalesce(NEW.changed_by_id, NEW.imported_by_id) THEN
            RAISE EXCEPTION 'two people: whoever prepared the draft does not put it in force'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.late_reason = '' AND (NEW.in_force_at AT TIME ZONE 'Asia/Shanghai')::date
                                    >= make_date(right(NEW.code, 4)::integer, 1, 1) THEN
            RAISE EXCEPTION 'late: the year has begun, a reason is needed' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)


_PARSED: dict[tuple[int | None, str], tuple[Mapping[str, object], System]] = {}
_KEPT = 64  # versions; more than three types have in twenty years


def parsed(pk: int | None, sha256: str, definition: Document) -> System:
    """From memory when the version was read before with this very document; comparing is cheaper than parsing."""
    known = _PARSED.get((pk, sha256))
    if known is not None and known[0] == definition:
        return known[1]
    if len(_PARSED) >= _KEPT:
        _PARSED.clear()
    system = parse_system(definition)
    _PARSED[pk, sha256] = deepcopy(definition), system
    return system


@tracked()
class IndicatorSystem(FSMModelMixin, models.Model):
    """One version of the rules of one platform type. `definition` is the `system` object of the evaluation bundle,
    whole; once in force no column but the status and its stamps can change, and nothing can delete it."""

    platform_type = models.CharField("平台类型", max_length=20, choices=[(t, t.label) for t in EVALUATED_TYPES])
    code = models.CharField("体系代码", max_length=40)
    version = models.PositiveIntegerField("版本")
    status = StatusField("状态", choices=SystemStatus.choices, default=SystemStatus.DRAFT)
    definition = models.JSONField("指标体系")
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    imported_at = models.DateTimeField("导入时间", db_default=Now())
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="导入人"
    )
    changed_at = models.DateTimeField("修改时间", null=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="修改人",
        editable=False,
    )
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="copies", editable=False, verbose_name="复制自"
    )
    in_force_at = models.DateTimeField("施行时间", null=True, editable=False)
    in_force_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="施行人",
        editable=False,
    )
    late_reason = models.CharField("年度开始后施行的理由", max_length=500, blank=True, db_default="", editable=False)
    retired_at = models.DateTimeField("停用时间", null=True, editable=False)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="停用人",
        editable=False,
    )

    class Meta:
        verbose_name = verbose_name_plural = "指标体系"
        ordering = ["platform_type", "code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="evaluation_system_version_once"),
            models.CheckConstraint(
                condition=Exact(
                    Func("definition", function="evaluation_system_adds_up", output_field=models.BooleanField()),
                    True,
                ),
                name="evaluation_system_adds_up",
                violation_error_message="常规考核须占20%、年度重点工作须占80%,各部分指标分值之和须等于该部分满分(细则R3)",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(status="in_force"), name="evaluation_system_one_in_force"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=SystemStatus.values), name="evaluation_system_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(changed_at__isnull=True, changed_by__isnull=True)
                | models.Q(changed_at__isnull=False, changed_by__isnull=False),
                name="evaluation_system_changed_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(in_force_at__isnull=True, in_force_by__isnull=True)
                | models.Q(in_force_at__isnull=False, in_force_by__isnull=False),
                name="evaluation_system_in_force_pair",
            ),
            models.CheckConstraint(
                condition=models.Q(retired_at__isnull=True, retired_by__isnull=True)
                | models.Q(retired_at__isnull=False, retired_by__isnull=False),
                name="evaluation_system_retired_pair",
            ),
        ]
        triggers = [
            TRANSITIONS.guard(),
            _PUT_IN_FORCE_RIGHTLY,
            frozen_once(
                "OLD.status <> 'draft'",
                free=("status", "retired_at", "retired_by_id"),
                name="in_force_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} 第{self.version}版"

    @property
    def year(self) -> int:
        """The year that it scores; the import refuses codes that name none."""
        named = system_type_and_year(self.code)
        if named is None:
            raise ValueError(f"no year in {self.code}")
        return named[1]

    @property
    def rules(self) -> System:
        """The document as frozen objects, parsed once for each version and read by everything."""
        return parsed(self.pk, self.sha256, self.definition)

    @property
    def is_draft(self) -> bool:
        """It may still change, and be put in force."""
        return TRANSITIONS.allows("put_in_force", self.status)

    @property
    def is_in_force(self) -> bool:
        return TRANSITIONS.allows("retire", self.status)

    @property
    def is_retired(self) -> bool:
        return self.status == TRANSITIONS["retire"].target

    @property
    def prepared_by_id(self) -> int | None:
        """Whoever last worked on it; None for the command line."""
        return self.changed_by_id or self.imported_by_id

    def is_late_on(self, day: date) -> bool:
        """Key work is set before its year begins (细则 R3.5); from 1 January a version is late."""
        return day >= date(self.year, 1, 1)

    @TRANSITIONS.move(status, "put_in_force")
    def put_in_force(self) -> None:
        """From now on rankings may use this version, and it never changes."""

    @TRANSITIONS.move(status, "retire")
    def retire(self) -> None:
        """No new ranking may use this version; old results keep it."""
