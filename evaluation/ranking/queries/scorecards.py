"""The files behind working scorecards of the desk. Citizens never read these."""

from collections.abc import Iterable

from evaluation.intake.models import ImportBatch


def batches_by_id(ids: Iterable[int]) -> dict[int, ImportBatch]:
    """Batches, also replaced ones: a scorecard names the batch it was scored from."""
    return ImportBatch.objects.in_bulk(list(ids))
