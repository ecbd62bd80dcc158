"""May this person score or publish a ranking? Nobody its own group; preparers never approve (细则 R4.1, R4.2)."""

import rules

from core.models import User
from core.permissions import is_bureau, is_city_platform
from evaluation.intake.choices import BatchStatus
from evaluation.intake.models import ImportBatch
from evaluation.ranking.models import Ranking
from evaluation.systems.models import IndicatorSystem
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
def has_not_prepared_ranking(user: User, ranking: Ranking | None) -> bool:
    """Whoever prepared a link (a file of the year, the indicator system, the score) does not publish."""
    if ranking is None:
        return True
    return ranking.scored_by_id != user.pk and not has_prepared_year(user, year=ranking.year, system=ranking.system)


def has_prepared_year(user: User, *, year: int, system: IndicatorSystem) -> bool:
    """Took in a file that is in force for the year, or drew up the rules it is scored by."""
    files = ImportBatch.objects.filter(year=year, status=BatchStatus.IN_FORCE, imported_by=user)
    return system.prepared_by_id == user.pk or files.exists()


can_score = (is_bureau & is_bureaus_to_score) | (is_city_platform & is_city_platforms_to_score)
