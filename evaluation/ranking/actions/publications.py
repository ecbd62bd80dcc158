"""Publishing a scored ranking: sealed once, by a second person (细则 R4.2(2))."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pghistory
from django.db import transaction

from core import jobs
from core.errors import Refusal
from core.files.sealing import seal
from core.models import Job, User
from evaluation.intake.documents import sources_document
from evaluation.intake.models import ImportBatch
from evaluation.intake.queries.annual_figures import year_batches
from evaluation.ranking.actions.rankings import JSON
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.documents.bundle import BundleDraft, bundle_draft
from evaluation.ranking.documents.card_texts import card_texts
from evaluation.ranking.documents.ranking import ranking_table
from evaluation.ranking.models import Publication, PublicationFile, Ranking, Standing
from evaluation.ranking.models.ranking import TRANSITIONS
from evaluation.ranking.permissions import has_prepared_year
from evaluation.scoring.canonical import digest, file_bytes
from evaluation.scoring.document import Document
from evaluation.scoring.result import score_bundle
from evaluation.scoring.system import parse_system
from evaluation.wording import DEMO_NOTICE
from platforms.models import OperatorTerm, Platform

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BUNDLE, RESULT, TABLE, WORKBOOK, SOURCES = "bundle.json", "result.json", "ranking.csv", "ranking.xlsx", "sources.json"


def publish_ranking(*, ranking: Ranking, by: User, is_demo: bool) -> Publication:
    """Seal a scored ranking as a publication; a second call returns the first one's.

    1. The ranking's row is locked: imports that would change its figures wait, and so does anybody else who publishes.
    2. Whoever scored, took in data of the year or drew up its rules does not publish; here and in the permission, the
       first of them in the database too.
    3. The bundle is built again: had a figure, a name or an acceptance date changed since scoring, it is refused.
    4. The result is computed again from the sealed bundle; it must agree with every stored scorecard.
    5. Places are written with the names, region and the operator of 31 December, and the files are sealed.
    """
    with transaction.atomic(), pghistory.context(user=by.pk):
        locked = Ranking.objects.select_for_update(of=("self",)).select_related("system", "bundle").get(pk=ranking.pk)
        if locked.status == RankingStatus.PUBLISHED:
            return locked.publication
        if locked.scored_by_id == by.pk:
            raise Refusal(f"“{locked}”由您评分,须由另一人审核发布")
        if has_prepared_year(by, year=locked.year, system=locked.system):
            raise Refusal(f"“{locked}”所用的数据由您导入,或指标体系由您编制,须由另一人审核发布")
        TRANSITIONS.check(locked, "publish", by=by)
        draft = _unchanged_draft(locked, is_demo=is_demo)
        result = _agreed_result(locked, draft)
        publication = _publication(locked, by)
        standings = _standings(publication, result, draft.platform_ids)
        _seal_files(publication, locked, draft, result, standings, notice=DEMO_NOTICE if is_demo else "")
        locked.publish()
        locked.save()
    return publication


def request_publishing(*, ranking: Ranking, submission: str, by: User) -> Job:
    """Have the worker publish a scored ranking."""
    key = f"{ranking.pk}:{submission}"
    return jobs.enqueue("evaluation.publish_ranking", key=key, arguments={"ranking": ranking.pk}, by=by)


def _unchanged_draft(ranking: Ranking, *, is_demo: bool) -> BundleDraft:
    draft = bundle_draft(
        year=ranking.year,
        platform_type=ranking.platform_type,
        system=ranking.system,
        is_demo=is_demo,
    )
    if digest(draft.document) != ranking.bundle_id:
        raise Refusal(f"“{ranking}”评分之后,数据或登记信息已有变化,请退回重评后再发布")
    return draft


def _agreed_result(ranking: Ranking, draft: BundleDraft) -> Document:
    result = score_bundle(draft.document)
    rows = ranking.scorecards.order_by("position")
    stored = list(rows.values_list("platform__code", "rank", "position", "total", "detail", "sources"))
    cards = result["scorecards"]
    computed = [
        (code := card["platform"], card["rank"], position, Decimal(card["total"]), text, draft.sources[code])
        for position, (card, text) in enumerate(zip(cards, card_texts(cards), strict=True), 1)
    ]
    if stored != computed:
        raise Refusal(f"“{ranking}”的评分表与重新计算的结果不一致,请退回重评后再发布")
    return result


def _publication(ranking: Ranking, by: User) -> Publication:
    assert ranking.scored_by is not None and ranking.bundle_id is not None  # noqa: S101  a constraint of a scored row
    return Publication.objects.create(
        ranking=ranking,
        year=ranking.year,
        platform_type=ranking.platform_type,
        edition=ranking.edition,
        title=f"{ranking}排名",
        bundle_sha256=ranking.bundle_id,
        prepared_by=ranking.scored_by,
        published_by=by,
    )


def _standings(publication: Publication, result: Document, ids: Mapping[str, int]) -> list[Standing]:
    """Ranked platforms in print order, then those not taking part by code."""
    platforms = Platform.objects.select_related("region").in_bulk(list(ids.values()))
    year_end = date(publication.year, 12, 31)
    terms = OperatorTerm.objects.on(year_end).filter(platform__in=platforms).select_related("operator")
    operators = {term.platform_id: term.operator for term in terms}
    entries = [(card["platform"], card["name"], card) for card in result["scorecards"]]
    entries += [(entry["code"], entry["name"], entry) for entry in result["not_ranked"]]
    return Standing.objects.bulk_create(
        [
            Standing(
                publication=publication,
                platform_id=ids[code],
                platform_code=code,
                platform_name=name,
                region_name=platforms[ids[code]].region.name,
                operator=operators.get(ids[code]),
                operator_name=operators[ids[code]].name if ids[code] in operators else "",
                position=position,
                rank=entry.get("rank"),
                total=Decimal(entry["total"]) if "total" in entry else None,
                section_scores={section["code"]: section["score"] for section in entry.get("sections", ())},
                not_ranked_reason=entry.get("reason", ""),
            )
            for position, (code, name, entry) in enumerate(entries, 1)
        ]
    )


def _seal_files(
    publication: Publication,
    ranking: Ranking,
    draft: BundleDraft,
    result: Document,
    standings: list[Standing],
    *,
    notice: str,
) -> None:
    table = ranking_table(
        title=publication.title,
        year=publication.year,
        platform_type=publication.platform_type,
        system=parse_system(draft.document["system"]),
        standings=standings,
        notice=notice,
    )
    sources = sources_document(
        bundle_sha256=publication.bundle_sha256,
        batches=ImportBatch.objects.filter(pk__in=year_batches(ranking.year).ids).order_by("quarter", "pk"),
        sources=draft.sources,
    )
    files = {
        RESULT: seal(file_bytes(result), media_type=JSON),
        TABLE: seal(table.as_csv(), media_type=CSV),
        WORKBOOK: seal(table.as_workbook(), media_type=XLSX),
        SOURCES: seal(file_bytes(sources), media_type=JSON),
        BUNDLE: ranking.bundle,
    }
    PublicationFile.objects.bulk_create(
        [PublicationFile(publication=publication, name=name, file=file) for name, file in files.items()]
    )
