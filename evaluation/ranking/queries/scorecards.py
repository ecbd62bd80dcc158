"""Working scorecards of the desk: rows of a scored ranking, and the files behind them. Citizens never read these."""

from collections.abc import Iterable

from django.db.models import QuerySet

from evaluation.intake.models import ImportBatch
from evaluation.ranking.models import Ranking, Scorecard


def ranking_scorecards(ranking: Ranking) -> QuerySet[Scorecard]:
    """In print order with the platforms; without the long texts."""
    cards = Scorecard.objects.filter(ranking=ranking).select_related("platform")
    return cards.defer("detail", "sources").order_by("position")


def scorecard_of(*, ranking: Ranking, platform_code: str) -> Scorecard | None:
    """One platform's scorecard with the bundle it follows from."""
    cards = Scorecard.objects.select_related("ranking__bundle", "platform")
    return cards.filter(ranking=ranking, platform__code=platform_code).first()


def batches_by_id(ids: Iterable[int]) -> dict[int, ImportBatch]:
    """Batches, also replaced ones: a scorecard names the batch it was scored from."""
    return ImportBatch.objects.in_bulk(list(ids))
