"""What is published already and so may not change underneath. Reads only."""

from collections.abc import Collection

from evaluation.bulletin.models import Bulletin
from evaluation.choices import BulletinStatus, RankingStatus
from evaluation.ranking.models import Ranking


def published_results(*, year: int, quarter: int, platform_types: Collection[str], lock: bool = False) -> list[str]:
    """Names of published results that used figures of this period and these types; `quarter` 0 is the whole year.

    The bulletin of the fourth quarter also holds the year, so it uses every period of it. `lock` holds all rankings
    and bulletins concerned, published or not, so that none is published until the transaction ends.
    """
    rankings = Ranking.objects.filter(year=year, platform_type__in=platform_types).order_by("pk")
    bulletins = Bulletin.objects.filter(year=year, quarter__in={quarter or 4, 4}).order_by("pk")
    if lock:
        rankings, bulletins = rankings.select_for_update(), bulletins.select_for_update()
    published = [f"{r}排名(第{r.edition}版)" for r in rankings if r.status == RankingStatus.PUBLISHED]
    return published + [str(bulletin) for bulletin in bulletins if bulletin.status == BulletinStatus.ISSUED]
