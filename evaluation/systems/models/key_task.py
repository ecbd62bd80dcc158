"""What a year's indicator system says beyond the bundle: key tasks' base documents and deadlines, platforms' own
targets (细则 R3.5). Free to change while the system is a draft, frozen with it."""

import pgtrigger
from django.db import models

from core.history import tracked
from evaluation.systems.models.indicator_system import IndicatorSystem
from platforms.models import Platform

_FROZEN_WITH_SYSTEM = pgtrigger.Trigger(
    name="frozen_with_system",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        IF EXISTS (
            SELECT FROM evaluation_indicatorsystem WHERE id IN (OLD.system_id, NEW.system_id) AND status <> 'draft'
        ) THEN
            RAISE EXCEPTION 'frozen: the system is no draft any more' USING ERRCODE = 'check_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)


@tracked()
class KeyTask(models.Model):
    """One key task of a year: which document it rests on, who is responsible, until when. Its name, points and target
    stand in the system's `definition` under the same indicator code."""

    system = models.ForeignKey(IndicatorSystem, models.PROTECT, related_name="key_tasks", verbose_name="指标体系")
    indicator = models.CharField("指标", max_length=20)
    base_document = models.CharField("依据文件", max_length=200)
    responsible_section = models.CharField("责任科室", max_length=60, blank=True)
    due_on = models.DateField("完成期限")

    class Meta:
        verbose_name = verbose_name_plural = "重点工作"
        ordering = ["system", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["system", "indicator"], name="evaluation_key_task_once"),
            models.CheckConstraint(condition=~models.Q(base_document=""), name="evaluation_key_task_rests_on"),
        ]
        triggers = [_FROZEN_WITH_SYSTEM]

    def __str__(self) -> str:
        return f"{self.system} {self.indicator}"


@tracked()
class PlatformTarget(models.Model):
    """One platform's own target instead of the type's, for an indicator with a linear rule; goes into the bundle's
    `targets`."""

    system = models.ForeignKey(IndicatorSystem, models.PROTECT, related_name="targets", verbose_name="指标体系")
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="targets", verbose_name="平台")
    indicator = models.CharField("指标", max_length=20)
    target = models.DecimalField("目标", max_digits=18, decimal_places=6)

    class Meta:
        verbose_name = verbose_name_plural = "平台目标"
        ordering = ["system", "platform", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["system", "platform", "indicator"], name="evaluation_target_once"),
            models.CheckConstraint(condition=models.Q(target__gt=0), name="evaluation_target_above_zero"),
        ]
        triggers = [_FROZEN_WITH_SYSTEM]

    def __str__(self) -> str:
        return f"{self.platform} {self.indicator} {self.target}"
