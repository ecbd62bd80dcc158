"""Sealed results as the rules want them, and what the rules answer on them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from evaluation.ranking.models import Publication, Standing
from evaluation.ranking.queries.sealed_results import latest_publications, sealed_standings
from platforms.choices import PlatformType
from platforms.models import OperatorTerm
from rewards import consequences
from rewards.models import RewardTier


@dataclass(frozen=True)
class Findings:
    """What the three rules answer on one publication, one finding per platform and rule, and what they were handed."""

    ranking: consequences.PublishedRanking
    operators_now: Mapping[str, consequences.Operator]
    rewards: tuple[consequences.RewardFinding, ...]
    yellow_cards: tuple[consequences.Finding, ...]
    operator_replacements: tuple[consequences.Finding, ...]


def findings_on(publication: Publication, today: date) -> Findings:
    """The rules applied to sealed results, the year's standard and, for the operator of today, the registry."""
    ranking, *others = published_rankings([publication, *earlier_publications(publication)])
    operators_now = operators_on(today, ranking)
    return Findings(
        ranking=ranking,
        operators_now=operators_now,
        rewards=consequences.propose_rewards(ranking, tiers_of(publication)),
        yellow_cards=consequences.propose_yellow_cards(ranking),
        operator_replacements=consequences.propose_operator_replacements(ranking, others, operators_now),
    )


def earlier_publications(publication: Publication) -> QuerySet[Publication]:
    """Editions that count among those the two-year rule may look at: last year's, and older ones of counties."""
    last_year = Q(year=publication.year - 1)
    older = Q(year__lt=publication.year - 1, platform_type=PlatformType.COUNTY_WINDOW)
    return latest_publications().filter(last_year | older)


def published_rankings(publications: Iterable[Publication]) -> list[consequences.PublishedRanking]:
    """These editions as the rules want them, in the order given."""
    wanted = list(publications)
    places: dict[int, list[consequences.Place]] = {each.pk: [] for each in wanted}
    for standing in sealed_standings(wanted):
        places[standing.publication_id].append(_place(standing))
    return [_ranking(each, places[each.pk]) for each in wanted]


def tiers_of(publication: Publication) -> tuple[consequences.Tier, ...]:
    """The reward standard's tiers for this year and type; empty when the bureau set none (细则 R5.1)."""
    return standard_of(publication.year, publication.platform_type)


def standard_of(year: int, platform_type: str) -> tuple[consequences.Tier, ...]:
    """The tiers in any order; empty when there is no standard."""
    tiers = RewardTier.objects.filter(standard__year=year, standard__platform_type=platform_type)
    return tuple(consequences.Tier(tier.name, tier.lower_bound, tier.amount) for tier in tiers)


def operators_on(day: date, ranking: consequences.PublishedRanking) -> Mapping[str, consequences.Operator]:
    """Who runs each platform of the ranking on a day, by platform code."""
    terms = OperatorTerm.objects.on(day).filter(platform__code__in=[place.code for place in ranking.places])
    return {
        term.platform.code: consequences.Operator(str(term.operator_id), term.operator.name)
        for term in terms.select_related("platform", "operator")
    }


def _ranking(publication: Publication, places: list[consequences.Place]) -> consequences.PublishedRanking:
    return consequences.PublishedRanking(
        publication.year,
        publication.platform_type,
        PlatformType(publication.platform_type).label,
        publication.edition,
        tuple(places),
    )


def _place(standing: Standing) -> consequences.Place:
    operator = None
    if standing.operator_id is not None:
        operator = consequences.Operator(str(standing.operator_id), standing.operator_name)
    return consequences.Place(
        standing.platform_code,
        standing.platform_name,
        standing.rank,
        standing.total,
        standing.not_ranked_reason,
        standing.region_name,
        operator,
    )
