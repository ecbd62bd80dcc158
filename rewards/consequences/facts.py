"""The facts the rules are handed: published rankings with their places, and the reward standard's tiers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

COUNTY_WINDOW = "county_window"


@dataclass(frozen=True)
class Operator:
    """Who ran a platform. Two operators are the same when their keys are, whatever they are called."""

    key: str
    name: str


@dataclass(frozen=True)
class Place:
    """One platform in one published ranking, as it was named that day. `code` identifies the platform over the years.

    Ranked: `rank` and `total` are set. Not ranked (不参评): both are None and `not_ranked_reason` says why.
    """

    code: str
    name: str
    rank: int | None = None
    total: Decimal | None = None
    not_ranked_reason: str = ""
    region: str = ""
    operator: Operator | None = None


@dataclass(frozen=True)
class PublishedRanking:
    """One edition of one type's yearly ranking. `type_name` is the type in Chinese, for the rule path."""

    year: int
    platform_type: str
    type_name: str
    edition: int
    places: tuple[Place, ...]

    @property
    def title(self) -> str:
        return f"{self.year}年度{self.type_name}排名"

    @cached_property
    def ranks(self) -> Counter[int]:
        """How many platforms hold each rank."""
        return Counter(place.rank for place in self.places if place.rank is not None)

    @cached_property
    def ranked_count(self) -> int:
        return self.ranks.total()

    @cached_property
    def _by_code(self) -> dict[str, Place]:
        return {place.code: place for place in self.places}

    def place_of(self, code: str) -> Place | None:
        return self._by_code.get(code)


@dataclass(frozen=True)
class Tier:
    """From `lower_bound` on, the bound included, this amount in yuan."""

    name: str
    lower_bound: Decimal
    amount: int


def latest_editions(rankings: Iterable[PublishedRanking]) -> tuple[PublishedRanking, ...]:
    """Of each year and type the edition that counts: a correction replaces what it corrects."""
    latest: dict[tuple[int, str], PublishedRanking] = {}
    for ranking in sorted(rankings, key=lambda each: each.edition):
        latest[ranking.year, ranking.platform_type] = ranking
    return tuple(latest[key] for key in sorted(latest))


def percent_text(share: Decimal) -> str:
    """A share as people write it: 0.20 → 20%."""
    return f"{(share * 100).normalize():f}%"


def points_text(points: Decimal) -> str:
    """Points as people read them: `82.09`, `90.00`, never fewer than two decimals and no further trailing zeros."""
    whole, _, decimals = f"{points:f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"
