"""The reward list: who reached the year's standard, and which tier (细则 R5.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rewards.consequences.facts import Place, PublishedRanking, Tier, points_text
from rewards.consequences.findings import Finding, Step

CLAUSE = "R5.1"
RULE = Step("规则:对年度考评综合达到标准的平台给予一定市级财政奖励", CLAUSE)


@dataclass(frozen=True)
class RewardFinding(Finding):
    """A finding with the tier reached, None when there is none."""

    tier: Tier | None


@dataclass(frozen=True)
class RewardDistance:
    """How far a total is from the lowest tier; `missing` is 0 once its bound is reached."""

    tier: Tier
    missing: Decimal

    @property
    def bound_text(self) -> str:
        return points_text(self.tier.lower_bound)

    @property
    def missing_text(self) -> str:
        return points_text(self.missing)


def distance_to_reward(total: Decimal, standard: Sequence[Tier]) -> RewardDistance | None:
    """To the lower bound of the lowest tier, the bound itself included; None when the bureau set no standard."""
    if not standard:
        return None
    lowest = min(standard, key=lambda tier: (tier.lower_bound, tier.amount))
    return RewardDistance(lowest, max(Decimal(0), lowest.lower_bound - total))


def propose_rewards(ranking: PublishedRanking, standard: Sequence[Tier] | None) -> tuple[RewardFinding, ...]:
    """One finding per platform: the highest tier whose lower bound the total reaches, the bound itself included.

    `standard` is the year's and type's list of tiers in any order; None or empty means that the bureau set none, and
    then nobody is proposed.
    """
    tiers = sorted(standard or (), key=lambda tier: (tier.lower_bound, tier.amount), reverse=True)
    return tuple(_finding(ranking, place, tiers) for place in ranking.places)


def _finding(ranking: PublishedRanking, place: Place, tiers: Sequence[Tier]) -> RewardFinding:
    if place.total is None:
        text = f"{ranking.year}年度不参评({place.not_ranked_reason}),没有总分"
        return _answer(place, None, [text])
    score = f"{ranking.title}参评{ranking.ranked_count}家,该平台总分{points_text(place.total)},第{place.rank}名"
    if not tiers:
        return _answer(place, None, [score, f"市工信局没有设置{ranking.year}年度{ranking.type_name}奖励标准"])
    standard = f"{ranking.year}年度奖励标准:" + ";".join(_described(tier) for tier in tiers)
    reached = next((tier for tier in tiers if place.total >= tier.lower_bound), None)
    return _answer(place, reached, [score, standard, _compared(place.total, reached, tiers)])


def _described(tier: Tier) -> str:
    return f"{tier.name}{points_text(tier.lower_bound)}分及以上{tier.amount}元"


def _compared(total: Decimal, reached: Tier | None, tiers: Sequence[Tier]) -> str:
    if reached is None:
        lowest = tiers[-1]
        return f"{points_text(total)}低于最低档“{lowest.name}”的下限{points_text(lowest.lower_bound)}"
    return f"{points_text(total)}不低于{points_text(reached.lower_bound)}(含下限),达到的最高档为“{reached.name}”"


def _answer(place: Place, tier: Tier | None, facts: Sequence[str]) -> RewardFinding:
    verdict = "不提出奖励" if tier is None else f"提出奖励:{tier.name},{tier.amount}元"
    steps = (RULE, *(Step(text, CLAUSE) for text in (*facts, verdict)))
    return RewardFinding(place.code, place.name, tier is not None, steps, tier)
