"""Published rankings and their places, with the movement against the year before. Sealed rows only; the desk's working
rankings are plain `Ranking` rows."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from core.models import SealedFile
from evaluation.models import Publication, PublicationFile, Standing
from evaluation.queries.sealed_results import latest_publications, sealed_standings


@dataclass(frozen=True)
class PlacedStanding:
    """A published place beside that of the same platform in the type's previous published year. `movement` is how many
    places up (below zero: down), None when one of the two years gives no rank."""

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
    found = latest_publications().annotate(ranked_count=ranked, not_ranked_count=not_ranked)
    return [PublishedRanking(entry, entry.ranked_count, entry.not_ranked_count) for entry in found]


def publication_of(*, year: int, platform_type: str, edition: int | None = None) -> Publication | None:
    """One edition by its number; without a number the one that counts."""
    editions = Publication.objects.filter(year=year, platform_type=platform_type).select_related("replaces")
    return editions.filter(edition=edition).first() if edition else editions.order_by("-edition").first()


def previous_publication(publication: Publication) -> Publication | None:
    """The edition that counts of the last year before this one in which the type was published."""
    earlier = latest_publications().filter(platform_type=publication.platform_type, year__lt=publication.year)
    return earlier.order_by("-year").first()


def placed_standings(publication: Publication) -> list[PlacedStanding]:
    """All places in print order with their movement; always the same number of queries."""
    previous = previous_publication(publication)
    standings = list(sealed_standings([publication]))
    ranks = dict(previous.standings.values_list("platform_id", "rank")) if previous else {}
    return [_placed(standing, ranks.get(standing.platform_id)) for standing in standings]


def publication_file(*, publication: Publication, name: str) -> SealedFile | None:
    """A sealed file of an edition by its public name, content included."""
    found = PublicationFile.objects.select_related("file").filter(publication=publication, name=name).first()
    return found.file if found else None


def publication_files(publication: Publication) -> QuerySet[PublicationFile]:
    """Name, size and digest of every file of an edition, without the contents."""
    files = PublicationFile.objects.filter(publication=publication).select_related("file")
    return files.defer("file__content").order_by("name")


def _placed(standing: Standing, previous_rank: int | None) -> PlacedStanding:
    is_comparable = standing.rank is not None and previous_rank is not None
    movement = previous_rank - standing.rank if is_comparable else None  # type: ignore[operator]
    return PlacedStanding(standing, previous_rank, movement)
