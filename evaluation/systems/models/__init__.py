from evaluation.systems.models.indicator_system import IndicatorSystem
from evaluation.systems.models.key_task import KeyTask, PlatformTarget

__all__ = ["IndicatorSystem", "KeyTask", "PlatformTarget"]
