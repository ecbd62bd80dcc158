"""Targets of single platforms instead of the type's (细则 R3.5)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

import pghistory
from django.db import transaction

from core.models import User
from evaluation.scoring.system import Indicator
from evaluation.systems.actions.drafts import PlanFault, locked_draft, refuse_if_any, stamp
from evaluation.systems.checks.planning import NUMBER_WANTED, number_text
from evaluation.systems.checks.systems import NUMBER
from evaluation.systems.models import IndicatorSystem, PlatformTarget
from platforms.models import Platform

GROUP = "targets"


class TargetCell(NamedTuple):
    """A platform by id and an indicator by code."""

    platform_id: int
    indicator: str


def set_platform_targets(*, system: IndicatorSystem, targets: Mapping[TargetCell, str], by: User) -> IndicatorSystem:
    """Set, change or (with an empty text) remove platforms' own targets; cells that are not given stay as they are.
    Only an indicator whose rule takes one has a target. Refused with every fault, each at its cell."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        draft = locked_draft(system, by=by)
        platforms = Platform.objects.filter(platform_type=draft.platform_type).in_bulk(
            {cell.platform_id for cell in targets}
        )
        rules = draft.rules.by_code
        texts = {cell: number_text(typed) for cell, typed in targets.items()}
        refuse_if_any(
            fault for cell, text in texts.items() if (fault := _fault(cell, text, platforms, rules)) is not None
        )
        return stamp(draft, by) if _store(draft, texts) else draft


def _fault(
    cell: TargetCell, text: str, platforms: Mapping[int, Platform], rules: Mapping[str, Indicator]
) -> PlanFault | None:
    """What is wrong with one cell."""
    platform, indicator = platforms.get(cell.platform_id), rules.get(cell.indicator)
    message = ""
    if platform is None:
        message = "不是这一类型的平台"
    elif indicator is None:
        message = "指标体系中没有这个指标"
    elif not indicator.rule.takes_target:
        message = f"“{indicator.name}”不按目标值计分,不能设单独目标"
    elif text and (NUMBER.fullmatch(text) is None or Decimal(text) == 0):
        message = f"单独目标应大于0,填{NUMBER_WANTED}"
    if not message:
        return None
    name = platform.name if platform is not None else f"平台{cell.platform_id}"
    return PlanFault(
        message, value=text, group=GROUP, field=f"{cell.platform_id}-{cell.indicator}", place=f"{name}{cell.indicator}"
    )


def _store(draft: IndicatorSystem, texts: Mapping[TargetCell, str]) -> bool:
    """Whether anything had to be written."""
    known = {TargetCell(own.platform_id, own.indicator): own for own in draft.targets.all()}
    written = False
    for cell, text in texts.items():
        own = known.get(cell)
        if not text and own is not None:
            own.delete()
            written = True
        elif text and (own is None or own.target != Decimal(text)):
            own = own or PlatformTarget(system=draft, platform_id=cell.platform_id, indicator=cell.indicator)
            own.target = Decimal(text)
            own.save()
            written = True
    return written
