"""The year's plan as a draft of an indicator system (细则 R3.5): copied from an earlier year, changed, given targets
for single platforms. Putting it in force stands in `actions.systems`."""

from evaluation.systems.actions.changing import change_draft
from evaluation.systems.actions.copying import copy_system
from evaluation.systems.actions.drafts import PlanFault
from evaluation.systems.actions.targets import TargetCell, set_platform_targets

__all__ = ["PlanFault", "TargetCell", "change_draft", "copy_system", "set_platform_targets"]
