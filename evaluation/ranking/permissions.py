"""May this person score or publish a ranking? Nobody its own group; preparers never approve (细则 R4.1, R4.2)."""

from typing import Any

import rules

from core.permissions import is_bureau, is_city_platform
from platforms.choices import PlatformType


@rules.predicate
def is_bureaus_to_score(user: Any, ranking: Any) -> bool:
    """The bureau evaluates the city platform itself (细则 R4.1)."""
    return ranking is None or ranking.platform_type == PlatformType.CITY_PLATFORM


@rules.predicate
def is_city_platforms_to_score(user: Any, ranking: Any) -> bool:
    """The city platform evaluates the windows, never its own group (细则 R4.1)."""
    return ranking is None or ranking.platform_type != PlatformType.CITY_PLATFORM


@rules.predicate
def has_not_scored(user: Any, ranking: Any) -> bool:
    return ranking is None or ranking.scored_by_id != user.pk


can_score = (is_bureau & is_bureaus_to_score) | (is_city_platform & is_city_platforms_to_score)
