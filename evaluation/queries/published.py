"""Reads of what citizens may see: sealed publications, issued bulletins, systems in force or retired. Working results,
drafts and the registry of today are not read here."""

import json
from typing import Any

from django.db.models import Q, QuerySet

from evaluation.choices import BulletinStatus, SystemStatus
from evaluation.models import (
    Bulletin,
    IndicatorSystem,
    Publication,
    PublicationFile,
    Scorecard,
    Standing,
)


def publications() -> QuerySet[Publication]:
    """Every edition, newest year first, newest edition first."""
    return Publication.objects.select_related("ranking__system", "replaces", "replaced_by")


def publications_in_force() -> QuerySet[Publication]:
    """The editions that no later one replaces: one for each type and year."""
    return publications().filter(replaced_by__isnull=True)


def editions(year: int, platform_type: str) -> list[Publication]:
    """All editions of one ranking, newest first; empty when nothing was published."""
    return list(publications().filter(year=year, platform_type=platform_type))


def standings(*published: Publication, first: int | None = None) -> list[Standing]:
    """The rows of these publications in printing order; with `first`, only the best so many of each."""
    rows = Standing.objects.filter(publication__in=published).order_by("publication", "position")
    return list(rows.filter(position__lte=first) if first else rows)


def ranks_before(*published: Publication) -> dict[int, dict[int, int | None] | None]:
    """For each publication, by id, the platforms' ranks in the same type's ranking of the year before as it stands now:
    None when that year has none. A platform that took no part has rank None."""
    last_year = Q(pk__in=[])
    for publication in published:
        last_year |= Q(publication__year=publication.year - 1, publication__platform_type=publication.platform_type)
    rows = Standing.objects.filter(last_year, publication__replaced_by__isnull=True).values_list(
        "publication__year", "publication__platform_type", "platform_id", "rank"
    )
    ranks: dict[tuple[int, str], dict[int, int | None]] = {}
    for year, platform_type, platform, rank in rows:
        ranks.setdefault((year + 1, platform_type), {})[platform] = rank
    return {publication.pk: ranks.get((publication.year, publication.platform_type)) for publication in published}


def files_of(publication: Publication) -> QuerySet[PublicationFile]:
    """An edition's files without their bytes."""
    files = PublicationFile.objects.filter(publication=publication).order_by("name")
    return files.select_related("file").defer("file__content")


def standing_of(publication: Publication, platform_code: str) -> Standing | None:
    return Standing.objects.filter(publication=publication, platform_code=platform_code).first()


def sealed_scorecard(publication: Publication, standing: Standing) -> Scorecard:
    """The result of a ranked platform; frozen in the database since its ranking was published."""
    return Scorecard.objects.get(ranking=publication.ranking_id, platform=standing.platform_id)


def sealed_json(publication: Publication, name: str) -> dict[str, Any]:
    """A sealed JSON file of an edition, parsed; empty when the edition has no such file."""
    files = PublicationFile.objects.filter(publication=publication, name=name)
    content = files.values_list("file__content", flat=True).first()
    return dict(json.loads(bytes(content))) if content is not None else {}


def issued_bulletins() -> QuerySet[Bulletin]:
    """Newest first."""
    return Bulletin.objects.filter(status=BulletinStatus.ISSUED)


def public_systems() -> QuerySet[IndicatorSystem]:
    """Versions in force or retired; drafts stay inside."""
    return IndicatorSystem.objects.exclude(status=SystemStatus.DRAFT).order_by("platform_type", "-code", "-version")
