"""Publications computed anew from what was sealed with them, as a stranger would; nothing else is read."""

from collections.abc import Iterator
from decimal import Decimal

from core.errors import Refusal
from core.files.intact import sealed_bytes
from evaluation.ranking.models import Publication, PublicationFile
from evaluation.ranking.queries.sealed_results import sealed_document
from evaluation.scoring.canonical import digest, file_bytes
from evaluation.scoring.document import Document
from evaluation.scoring.result import score_bundle


def recomputed() -> Iterator[tuple[Publication, str]]:
    """Every edition of every year with what does not agree, '' when bundle, result and places all do."""
    for publication in Publication.objects.order_by("year", "platform_type", "edition"):
        try:
            yield publication, _disagreement(publication)
        except Refusal as refusal:  # a damaged file
            yield publication, str(refusal)


def _disagreement(publication: Publication) -> str:
    bundle = sealed_document(publication, "bundle.json")
    if digest(bundle) != publication.bundle_sha256:
        return "评价数据包与登记的摘要不符"
    result = score_bundle(bundle)
    stored = PublicationFile.objects.select_related("file").get(publication=publication, name="result.json").file
    if file_bytes(result) != sealed_bytes(stored):
        return "重新计算的评价结果与封存的不符"
    return "" if _places(result) == _published(publication) else "重新计算的名次、总分与公布的不符"


def _places(result: Document) -> list[tuple[str, int, Decimal]]:
    return [(card["platform"], card["rank"], Decimal(card["total"])) for card in result["scorecards"]]


def _published(publication: Publication) -> list[tuple[str, int | None, Decimal | None]]:
    ranked = publication.standings.filter(rank__isnull=False).order_by("position")
    return list(ranked.values_list("platform_code", "rank", "total"))
