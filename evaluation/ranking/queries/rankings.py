"""Published rankings and their places, with the movement against the year before. Sealed rows only; the desk's working
rankings are plain `Ranking` rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from evaluation.ranking.models import Publication, PublicationFile, Standing
from evaluation.ranking.queries.sealed_results import latest_publications, sealed_standings


@dataclass(frozen=True)
class PlacedStanding:
    """A published place beside that of the same platform in the year before. `movement` is how many places up (below
    zero: down), None when one of the two years gives no rank."""

    standing: Standing
    previous_rank: int | None
    movement: int | None


@dataclass(frozen=True)
class PublishedRanking:
    """A publication and how many platforms it ranks, and lists as 不参评."""

    publication: Publication
    ranked_count: int
    not_ranked_count: int


def published_rankings() -> list[PublishedRanking]:
    """The edition that counts of each year and type, newest year first."""
    ranked = Count("standings", filter=Q(standings__rank__isnull=False))
    not_ranked = Count("standings", filter=Q(standings__rank__isnull=True))
    counted = latest_publications().annotate(ranked_count=ranked, not_ranked_count=not_ranked)
    found = counted.order_by("-year", "platform_type")  # counting groups the rows and drops the model's own order
    return [PublishedRanking(entry, entry.ranked_count, entry.not_ranked_count) for entry in found]


def publication_of(*, year: int, platform_type: str, edition: int | None = None) -> Publication | None:
    """One edition by its number; without a number the one that counts."""
    found = editions(year=year, platform_type=platform_type)
    return (found.filter(edition=edition) if edition is not None else found).first()


def editions(**conditions: Any) -> QuerySet[Publication]:
    """Every edition, also corrected ones, newest year and edition first, with what it replaces and is replaced by."""
    return Publication.objects.filter(**conditions).select_related("ranking__system", "replaces", "replaced_by")


def newest_editions() -> dict[str, Publication]:
    """The edition that counts of each type's last published year."""
    in_force = editions(replaced_by__isnull=True).order_by("year")
    return {publication.platform_type: publication for publication in in_force}


def previous_publication(publication: Publication) -> Publication | None:
    """The edition that counts of the year before; a gap of two years is nothing to compare with."""
    return latest_publications().filter(platform_type=publication.platform_type, year=publication.year - 1).first()


def placed_standings(publication: Publication) -> list[PlacedStanding]:
    """All places in print order with their movement; always the same number of queries."""
    previous = previous_publication(publication)
    standings = list(sealed_standings([publication]))
    ranks = dict(previous.standings.values_list("platform_id", "rank")) if previous else {}
    return [_placed(standing, ranks.get(standing.platform_id)) for standing in standings]


def placed_standing(publication: Publication, platform_code: str) -> PlacedStanding | None:
    """One platform's place with its movement; None for a platform that the edition does not name."""
    standing = sealed_standings([publication]).filter(platform_code=platform_code).first()
    if standing is None:
        return None
    before = previous_publication(publication)
    ranks = before.standings.filter(platform=standing.platform_id).values_list("rank", flat=True) if before else []
    return _placed(standing, next(iter(ranks), None))


def publication_files(publication: Publication) -> QuerySet[PublicationFile]:
    """Name, size and digest of every file of an edition; the contents are read when asked for."""
    files = PublicationFile.objects.filter(publication=publication).select_related("file")
    return files.defer("file__content").order_by("name")


def _placed(standing: Standing, previous_rank: int | None) -> PlacedStanding:
    is_comparable = standing.rank is not None and previous_rank is not None
    movement = previous_rank - standing.rank if is_comparable else None  # type: ignore[operator]
    return PlacedStanding(standing, previous_rank, movement)
