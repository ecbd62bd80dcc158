"""Published rankings for tests: a small true system, scored by the scoring core and sealed as an edition."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models.functions import Now

from core.files.sealing import seal
from core.models import User
from evaluation.ranking.models import Publication, PublicationFile, Ranking, Standing
from evaluation.scoring.canonical import canonical_bytes, file_bytes
from evaluation.scoring.result import score_bundle
from evaluation.systems.models import IndicatorSystem
from platforms.choices import PlatformType
from platforms.models import OperatorTerm, Platform
from tests.factories import UserFactory

_INDICATORS = {
    "A": (("A11", "通知公告与优惠政策发布", "60"), ("A16", "服务企业家次", "40")),
    "K": (("K1", "进企服务", "60"), ("K6", "培训人次", "40")),
}


def publish(
    totals: Mapping[Platform, str | None],
    *,
    year: int = 2025,
    platform_type: str = PlatformType.COUNTY_WINDOW,
    replaces: Publication | None = None,
    prepared_by: User | None = None,
) -> Publication:
    """Publish a ranking in which each platform has the total given, None for 不参评. Every indicator scores the same
    share of its points, so the 80 % section's indicators lose most."""
    people = {"prepared_by": prepared_by or UserFactory.create(), "published_by": UserFactory.create()}
    edition = replaces.edition + 1 if replaces else 1
    bundle = _bundle(totals, year, platform_type)
    result = score_bundle(bundle)
    ranking = _scored_ranking(bundle, edition, people["prepared_by"])
    publication = Publication.objects.create(
        ranking=ranking,
        year=year,
        platform_type=platform_type,
        edition=edition,
        replaces=replaces,
        correction_reason="演示更正" if replaces else "",
        title=f"{year}年度{PlatformType(platform_type).label}评价排名",
        bundle_sha256=result["bundle_sha256"],
        **people,
    )
    for name, document in (("bundle.json", bundle), ("result.json", result)):
        file = seal(file_bytes(document), media_type="application/json")
        PublicationFile.objects.create(publication=publication, name=name, file=file)
    _standings(publication, totals, result)
    ranking.publish()
    ranking.save()
    return publication


def _bundle(totals: Mapping[Platform, str | None], year: int, platform_type: str) -> dict[str, Any]:
    ranked = {platform: Decimal(total) for platform, total in totals.items() if total is not None}
    return {
        "format": "sme-evaluation-bundle/1",
        "title": f"{year}年度{PlatformType(platform_type).label}评价",
        "year": year,
        "platform_type": platform_type,
        "system": _system(f"{platform_type}-{year}"),
        "platforms": [{"code": platform.code, "name": platform.name} for platform in ranked],
        "not_ranked": [
            {"code": platform.code, "name": platform.name, "reason": "下半年验收"}
            for platform, total in totals.items()
            if total is None
        ],
        "figures": [
            {"platform": platform.code, "indicator": code, "value": f"{total * Decimal(points) / 100:.4f}"}
            for platform, total in ranked.items()
            for indicators in _INDICATORS.values()
            for code, _, points in indicators
        ],
    }


def _system(code: str) -> dict[str, Any]:
    sections = (("A", "routine", "常规考核", "0.20", "R3.1"), ("K", "key_work", "年度重点工作考核", "0.80", "R3.5"))
    return {
        "code": code,
        "version": 1,
        "indicator_decimals": 2,
        "total_decimals": 2,
        "total_cap": None,
        "tie_style": "competition",
        "print_order": ["platform"],
        "not_applicable": "within_category",
        "sections": [
            {
                "code": section,
                "name": name,
                "weight": weight,
                "points": "100",
                "clause": "R3",
                "categories": [
                    {"code": f"{key}0", "name": name, "clause": clause, "indicators": _indicators(key, clause)}
                ],
            }
            for key, section, name, weight, clause in sections
        ],
    }


def _indicators(key: str, clause: str) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "name": name,
            "points": points,
            "unit": "分",
            "clause": clause,
            "source": "assessor",
            "measure": {"kind": "count"},
            "rule": {"kind": "direct"},
        }
        for code, name, points in _INDICATORS[key]
    ]


def _scored_ranking(bundle: dict[str, Any], edition: int, by: User) -> Ranking:
    system, _ = IndicatorSystem.objects.get_or_create(
        code=bundle["system"]["code"],
        version=1,
        defaults={"platform_type": bundle["platform_type"], "definition": bundle["system"], "sha256": "0" * 64},
    )
    ranking = Ranking.objects.create(
        year=bundle["year"], platform_type=bundle["platform_type"], edition=edition, system=system
    )
    ranking.score()
    ranking.bundle = seal(canonical_bytes(bundle), media_type="application/json")
    ranking.scored_at, ranking.scored_by = Now(), by
    ranking.save()
    return ranking


def _standings(publication: Publication, totals: Mapping[Platform, str | None], result: Mapping[str, Any]) -> None:
    cards = {card["platform"]: (position, card) for position, card in enumerate(result["scorecards"], start=1)}
    for platform in totals:
        position, card = cards.get(platform.code, (len(totals), None))
        term = OperatorTerm.objects.on(date(publication.year, 12, 31)).filter(platform=platform).first()
        operator = term.operator if term else None
        Standing.objects.create(
            publication=publication,
            platform=platform,
            platform_code=platform.code,
            platform_name=platform.name,
            region_name=platform.region.name,
            operator=operator,
            operator_name=operator.name if operator else "",
            position=position,
            rank=card["rank"] if card else None,
            total=card["total"] if card else None,
            section_scores={section["code"]: section["score"] for section in card["sections"]} if card else {},
            not_ranked_reason="" if card else "下半年验收",
        )
