"""What slices share about who may do what: who checks whom (细则 R4.1), and how a step that others take is told. The
rules are declared by the slices, each in its `registry`; a slice's own predicates stand in its `permissions`."""

from typing import Any

import rules
from django.db.models import Model

from core.declared import house
from core.models import User
from core.permissions import is_bureau, is_city_platform
from platforms.choices import PlatformType
from platforms.models import Platform


@rules.predicate
def is_checked_by(user: object, instance: object) -> bool:
    """The bureau checks the city platform, the city platform the windows, nobody its own (细则 R4.1)."""
    if instance is None:
        anybody: bool = is_bureau(user) or is_city_platform(user)
        return anybody
    is_citys_own = platform_of(instance).platform_type == PlatformType.CITY_PLATFORM
    checks: bool = is_bureau(user) if is_citys_own else is_city_platform(user)
    return checks


def platform_of(instance: Any) -> Platform:
    """Of a platform itself, a submission, or a figure of one."""
    if isinstance(instance, Platform):
        return instance
    platform: Platform = getattr(instance, "submission", instance).platform
    return platform


def obstacle(user: User, permission: str, instance: Model | None = None) -> str:
    """Why this person may not take a step, in one sentence; '' when they may."""
    if user.has_perm(permission, instance):
        return ""
    asked = house().permissions[permission]
    if asked.second and is_bureau(user) and not asked.second(user, instance):
        return asked.to_the_first
    if not asked.taken_by:
        raise LookupError(f"nobody has said who takes {permission}")
    return asked.taken_by
