"""What changed from one version of a year's plan to another, in sentences that an official can sign. Pure: how rules,
items and sources are worded is handed in. Equal plans give nothing; every changed field gives a sentence."""

from evaluation.systems.checks.comparison import DifferenceGroup, system_differences
from evaluation.systems.checks.indicators import Words
from evaluation.systems.checks.plans import PlannedSystem, PlannedTarget, PlannedTask

__all__ = ["DifferenceGroup", "PlannedSystem", "PlannedTarget", "PlannedTask", "Words", "system_differences"]
