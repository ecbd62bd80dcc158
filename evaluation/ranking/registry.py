"""What the rankings declare to the rest of the house, collected at start."""

from collections.abc import Collection

from evaluation.freezing import declare_published
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.models import Ranking


def published_rankings(year: int, quarter: int, platform_types: Collection[str], lock: bool) -> list[str]:
    """Published rankings of the year and these types, whatever the quarter: a year is made of all of them."""
    rankings = Ranking.objects.filter(year=year, platform_type__in=platform_types).order_by("pk")
    if lock:
        rankings = rankings.select_for_update()
    return [f"{r}排名(第{r.edition}版)" for r in rankings if r.status == RankingStatus.PUBLISHED]


declare_published("rankings", published_rankings)
