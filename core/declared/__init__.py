"""What the apps and slices declare about themselves: menu entries, job kinds, workflows, permissions and their
conditions, sights of the roles, answers to questions from below. Each has its own `registry.py`; the portal
collects them at start."""

from core.declared.collected import House, collect, house
from core.declared.forms import (
    Answer,
    Condition,
    Declared,
    JobKind,
    MenuEntry,
    Permission,
    Question,
    Sight,
    Workflow,
    register_entry,
)

__all__ = [
    "Answer",
    "Condition",
    "Declared",
    "House",
    "JobKind",
    "MenuEntry",
    "Permission",
    "Question",
    "Sight",
    "Workflow",
    "collect",
    "house",
    "register_entry",
]
