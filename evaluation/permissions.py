"""May this person do this to this object? One rule per step; preparers never approve (细则 R4.1, R4.2)."""

from typing import Any

import rules

from core.permissions import is_bureau, is_city_platform
from platforms.choices import PlatformType
from platforms.models import Platform


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


@rules.predicate
def has_not_compiled(user: Any, bulletin: Any) -> bool:
    return bulletin is None or bulletin.compiled_by_id != user.pk


@rules.predicate
def is_own_window(user: Any, platform: Platform | None) -> bool:
    membership = getattr(user, "membership", None)
    return membership is not None and platform is not None and membership.platform_id == platform.pk


can_score = (is_bureau & is_bureaus_to_score) | (is_city_platform & is_city_platforms_to_score)

rules.add_perm("evaluation.import_system", is_bureau)
rules.add_perm("evaluation.put_system_in_force", is_bureau)
rules.add_perm("evaluation.retire_system", is_bureau)
rules.add_perm("evaluation.import_hub", is_bureau | is_city_platform)
rules.add_perm("evaluation.import_figures", is_bureau | is_city_platform)
rules.add_perm("evaluation.score_ranking", can_score)
rules.add_perm("evaluation.publish_ranking", is_bureau & has_not_scored)
rules.add_perm("evaluation.compile_bulletin", is_bureau | is_city_platform)
rules.add_perm("evaluation.issue_bulletin", is_bureau & has_not_compiled)
rules.add_perm("evaluation.submit_summary", is_own_window)
