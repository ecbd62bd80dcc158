"""Where an explained scorecard is read from: the sealed files of a publication, or the desk's working rows."""

import json

from core.files.intact import sealed_bytes
from evaluation.intake.documents import Source, origins_of, period_label, sources_of
from evaluation.ranking.documents.scorecard import ExplainedScorecard, explained_scorecard
from evaluation.ranking.models import Publication, Scorecard
from evaluation.ranking.queries.scorecards import batches_by_id
from evaluation.ranking.queries.sealed_results import sealed_document


def published_scorecard(publication: Publication, platform_code: str) -> ExplainedScorecard | None:
    """From sealed files alone; None for a platform that the edition does not rank. Three queries."""
    result = sealed_document(publication, "result.json")
    card = next((card for card in result["scorecards"] if card["platform"] == platform_code), None)
    if card is None:
        return None
    return explained_scorecard(
        bundle=sealed_document(publication, "bundle.json"),
        bundle_sha256=publication.bundle_sha256,
        card=card,
        sources=sources_of(sealed_document(publication, "sources.json"), platform_code),
    )


def working_scorecard(scorecard: Scorecard) -> ExplainedScorecard:
    """From the stored row and the bundle it was scored from. One query beside those that loaded the row."""
    bundle = scorecard.ranking.bundle
    assert bundle is not None  # noqa: S101  scorecards exist only beside a sealed bundle
    return explained_scorecard(
        bundle=json.loads(sealed_bytes(bundle)),
        bundle_sha256=bundle.sha256,
        card=json.loads(scorecard.detail),
        sources=_working_sources(json.loads(scorecard.sources)),
    )


def _working_sources(places: dict[str, list[list[int]]]) -> dict[str, tuple[Source, ...]]:
    batches = batches_by_id({batch for pairs in places.values() for batch, _ in pairs})
    names = {pk: (period_label(batch.year, batch.quarter), batch.file_name) for pk, batch in batches.items()}
    origins = {pk: origins_of(batch) for pk, batch in batches.items()}
    return {
        code: tuple(Source(*names[batch], row, origins[batch].get(str(row), "")) for batch, row in pairs)
        for code, pairs in places.items()
    }
