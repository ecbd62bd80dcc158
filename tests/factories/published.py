"""Published things: rankings scored by the real core and sealed with their files, issued bulletins."""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from core.files.sealing import seal
from evaluation.bulletin.documents import view_bytes
from evaluation.bulletin.models import Bulletin
from evaluation.intake.choices import BatchKind
from evaluation.intake.documents import sources_document
from evaluation.intake.models import ImportBatch
from evaluation.ranking.models import Publication, PublicationFile, Ranking, Scorecard, Standing
from evaluation.scoring.canonical import file_bytes
from evaluation.scoring.result import score_bundle
from evaluation.systems.actions.systems import import_system, put_system_in_force
from evaluation.systems.checks.feeds import bare_system
from evaluation.systems.models import IndicatorSystem
from platforms.models import Platform
from tests.factories import PlatformFactory, RegionFactory, UserFactory
from tests.factories.bulletins import small_view

DEMO = Path(__file__).parent.parent.parent / "demo"
EXAMPLE = Path(__file__).parent.parent / "evaluation/scoring/golden/worked-example.bundle.json"
JSON, CSV = "application/json", "text/csv; charset=utf-8"


def example_bundle() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return document


def _indicators(system: dict[str, Any]) -> list[dict[str, Any]]:
    return [i for section in system["sections"] for category in section["categories"] for i in category["indicators"]]


def with_feeds(system: dict[str, Any]) -> dict[str, Any]:
    """The example's system is a bundle's; what feeds its indicators is said as the demonstration's system says it."""
    demo = json.loads((DEMO / "systems" / "county_window-2025.json").read_text(encoding="utf-8"))
    feeds = {indicator["code"]: indicator["feed"] for indicator in _indicators(demo)}
    found = deepcopy(system)
    for indicator in _indicators(found):
        if indicator["code"] in feeds:
            indicator["feed"] = feeds[indicator["code"]]
    return found


def system_in_force(year: int = 2025, platform_type: str = "county_window") -> IndicatorSystem:
    """The example's system under the code of this type and year."""
    code = f"{platform_type}-{year}"
    known = IndicatorSystem.objects.filter(code=code, status="in_force").first()
    if known is not None:
        return known
    importer, approver = UserFactory.create_batch(2, role="bureau")
    document = with_feeds({**example_bundle()["system"], "code": code, "version": 1})
    draft = import_system(document=document, by=importer).system
    return put_system_in_force(system=draft, by=approver, reason="演示:补行施行")


def published_ranking(
    platforms: Iterable[Platform],
    *,
    year: int = 2025,
    platform_type: str = "county_window",
    visits: Mapping[str, int] | None = None,
    not_ranked: Mapping[Platform, str] | None = None,
    targets: Mapping[str, Mapping[str, str]] | None = None,
    replaces: Publication | None = None,
) -> Publication:
    """One edition. Every platform has the example's figures but for A16 服务企业家次, which `visits` sets by code."""
    scorer, publisher = UserFactory.create(role="city_platform"), UserFactory.create(role="bureau")
    system = system_in_force(year, platform_type)
    edition = replaces.edition + 1 if replaces else 1
    ranked, left_out = list(platforms), dict(not_ranked or {})
    bundle = _bundle(system, year, platform_type, ranked, visits or {}, left_out, targets or {})
    result = score_bundle(bundle)
    sealed = seal(file_bytes(bundle), media_type=JSON)
    ranking = Ranking.objects.create(
        year=year, platform_type=platform_type, edition=edition, system=system, not_ranked=bundle["not_ranked"]
    )
    batch = _batch(year)
    by_code = {platform.code: platform for platform in [*ranked, *left_out]}
    _scorecards(ranking, result, by_code, batch)
    ranking.score()
    ranking.bundle, ranking.scored_at, ranking.scored_by = sealed, "2026-01-20T08:00:00Z", scorer
    ranking.save()
    publication = Publication.objects.create(
        ranking=ranking,
        year=year,
        platform_type=platform_type,
        edition=edition,
        replaces=replaces,
        correction_reason="演示更正原因" if replaces else "",
        title=f"{year}年度评价排名",
        bundle_sha256=result["bundle_sha256"],
        prepared_by=scorer,
        published_by=publisher,
    )
    _standings(publication, result, by_code, left_out)
    sources = sources_document(
        bundle_sha256=result["bundle_sha256"],
        batches=[batch],
        sources={card.platform.code: card.sources for card in ranking.scorecards.select_related("platform")},
    )
    for name, content, media_type in (
        ("sources.json", file_bytes(sources), JSON),
        ("bundle.json", file_bytes(bundle), JSON),
        ("result.json", file_bytes(result), JSON),
        ("ranking.csv", b"\xef\xbb\xbfrank,total\r\n", CSV),
    ):
        PublicationFile.objects.create(publication=publication, name=name, file=seal(content, media_type=media_type))
    ranking.publish()
    ranking.save()
    return publication


def issued_bulletin(year: int = 2025, quarter: int = 1) -> Bulletin:
    compiler, issuer = UserFactory.create(role="city_platform"), UserFactory.create(role="bureau")
    bulletin = Bulletin.objects.create(year=year, quarter=quarter)
    bulletin.compile()
    bulletin.view, bulletin.pdf = (
        seal(view_bytes(small_view(f"{year}Q{quarter}")), media_type=JSON),
        seal(b"%PDF-1.7", media_type="application/pdf"),
    )
    bulletin.serial_number, bulletin.issued_on = quarter, f"{year}-{quarter * 3:02}-15"
    bulletin.compiled_at, bulletin.compiled_by = "2025-04-10T08:00:00Z", compiler
    bulletin.save()
    bulletin.issue()
    bulletin.issued_at, bulletin.issued_by = "2025-04-15T08:00:00Z", issuer
    bulletin.save()
    return bulletin


def county_windows(number: int) -> list[Platform]:
    region = RegionFactory.create()
    return [PlatformFactory.create(region=region) for _ in range(number)]


def _bundle(
    system: IndicatorSystem,
    year: int,
    platform_type: str,
    ranked: list[Platform],
    visits: Mapping[str, int],
    left_out: Mapping[Platform, str],
    targets: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    example = example_bundle()
    figures = []
    for platform in ranked:
        for figure in deepcopy(example["figures"]):
            figure["platform"] = platform.code
            if figure["indicator"] == "A16" and platform.code in visits:
                figure["value"] = str(visits[platform.code])
            figures.append(figure)
    return {
        **example,
        "year": year,
        "platform_type": platform_type,
        "system": bare_system(system.definition),
        "platforms": [
            {"code": p.code, "name": p.name} | ({"targets": targets[p.code]} if p.code in targets else {})
            for p in ranked
        ],
        "not_ranked": [{"code": p.code, "name": p.name, "reason": reason} for p, reason in left_out.items()],
        "figures": figures,
    }


def _batch(year: int) -> ImportBatch:
    known = ImportBatch.objects.filter(kind=BatchKind.HUB, year=year, quarter=1).first()
    return known or ImportBatch.objects.create(
        kind=BatchKind.HUB,
        year=year,
        quarter=1,
        file_name=f"{year}Q1.xlsx",
        file=seal(f"演示{year}".encode(), media_type="application/octet-stream"),
        row_count=1,
        figure_count=1,
    )


def _scorecards(
    ranking: Ranking, result: Mapping[str, Any], by_code: Mapping[str, Platform], batch: ImportBatch
) -> None:
    for position, card in enumerate(result["scorecards"], start=1):
        Scorecard.objects.create(
            ranking=ranking,
            platform=by_code[card["platform"]],
            rank=card["rank"],
            position=position,
            total=card["total"],
            detail=file_bytes(card).decode(),
            sources=json.dumps({"A16": [[batch.pk, 4 + position]]}),
        )


def _standings(
    publication: Publication,
    result: Mapping[str, Any],
    by_code: Mapping[str, Platform],
    left_out: Mapping[Platform, str],
) -> None:
    position = 0
    for position, card in enumerate(result["scorecards"], start=1):
        Standing.objects.create(
            publication=publication,
            **_names(by_code[card["platform"]]),
            position=position,
            rank=card["rank"],
            total=card["total"],
            section_scores={section["code"]: section["score"] for section in card["sections"]},
        )
    for platform, reason in left_out.items():
        position += 1
        Standing.objects.create(
            publication=publication, **_names(platform), position=position, not_ranked_reason=reason
        )


def _names(platform: Platform) -> dict[str, Any]:
    return {
        "platform": platform,
        "platform_code": platform.code,
        "platform_name": platform.name,
        "region_name": platform.region.name,
        "operator_name": "演示运营单位",
    }
