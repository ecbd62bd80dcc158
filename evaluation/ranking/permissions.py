"""May this person score or publish a ranking? Nobody its own group; preparers never approve (细则 R4.1, R4.2)."""

import rules

from core.models import User
from core.permissions import is_bureau, is_city_platform
from evaluation.ranking.models import Ranking
from platforms.choices import PlatformType


@rules.predicate
def is_bureaus_to_score(user: User, ranking: Ranking | None) -> bool:
    """The bureau evaluates the city platform itself (细则 R4.1)."""
    return ranking is None or ranking.platform_type == PlatformType.CITY_PLATFORM


@rules.predicate
def is_city_platforms_to_score(user: User, ranking: Ranking | None) -> bool:
    """The city platform evaluates the windows, never its own group (细则 R4.1)."""
    return ranking is None or ranking.platform_type != PlatformType.CITY_PLATFORM


@rules.predicate
def has_not_scored(user: User, ranking: Ranking | None) -> bool:
    return ranking is None or ranking.scored_by_id != user.pk


can_score = (is_bureau & is_bureaus_to_score) | (is_city_platform & is_city_platforms_to_score)
