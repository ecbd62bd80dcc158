"""The letters of confirmed proposals as frozen view-models: all that a template prints, nothing it must decide."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from core.paper.official_page import LETTER_MARK_LARGEST, Layout, PageMeasures, layout_of, page_measures
from core.queries import office
from evaluation.ranking.models import Publication, Standing
from evaluation.ranking.queries.sealed_results import sealed_document, sealed_scorecard, sealed_standing
from evaluation.scoring.system import parse_system
from evaluation.wording import rule_text, value_text
from platforms.choices import PlatformType
from rewards.consequences import WeakIndicator, points_text, weakest_indicators
from rewards.models import OperatorReplacement, Reward, YellowCard
from rewards.models.consequences import Proposal

CORRECTION_DEADLINE = "30个工作日内"


@dataclass(frozen=True)
class YearPlace:
    """A platform's sealed place in one year, ready to print."""

    year: int
    type_name: str
    platform_name: str
    operator_name: str
    total: str
    rank: int
    ranked_count: int
    is_shared: bool


@dataclass(frozen=True)
class WeakRow:
    """An indicator named for correction: what it lost, the sealed figure and the rule in words."""

    indicator: WeakIndicator
    value: str
    rule: str


@dataclass(frozen=True)
class Letter:
    """What all three letters share. `layout`: the office's measures; `steps`: the sentences of the stored rule path."""

    template: str
    layout: Layout
    number: str
    addressee: str
    issuer: str
    copies: tuple[str, ...]
    dated_on: date
    place: YearPlace
    steps: tuple[str, ...]

    @property
    def page(self) -> PageMeasures:
        return page_measures(self.layout, self.issuer, signed_by=self.issuer, mark_largest=LETTER_MARK_LARGEST)


@dataclass(frozen=True)
class RewardLetter(Letter):
    tier_name: str
    amount: int


@dataclass(frozen=True)
class YellowCardLetter(Letter):
    weakest: tuple[WeakRow, ...]
    deadline: str
    is_county: bool


@dataclass(frozen=True)
class ReplacementLetter(Letter):
    years: tuple[YearPlace, ...]
    operator_now: str
    notes: tuple[str, ...]


def letter_of(proposal: Proposal) -> Letter:
    """The letter of a confirmed proposal, from sealed results and the decision alone."""
    if isinstance(proposal, Reward):
        return _reward(proposal)
    if isinstance(proposal, YellowCard):
        return _yellow_card(proposal)
    if isinstance(proposal, OperatorReplacement):
        return _replacement(proposal)
    raise TypeError(f"no letter for {type(proposal).__name__}")


def _reward(reward: Reward) -> RewardLetter:
    return RewardLetter(
        template="documents/reward_letter.html",
        layout=layout_of(office()),
        number=_number("奖励", reward),
        addressee=reward.standing.platform_name,
        issuer=office().name,
        copies=(),
        dated_on=_decided_on(reward),
        place=_year_place(reward.standing),
        steps=_steps(reward),
        tier_name=reward.tier_name,
        amount=reward.amount,
    )


def _yellow_card(card: YellowCard) -> YellowCardLetter:
    publication, standing = card.publication, card.standing
    copies = [office().name]
    if publication.platform_type != PlatformType.CITY_PLATFORM:
        copies.append(_county_department(standing))
    return YellowCardLetter(
        template="documents/yellow_card_letter.html",
        layout=layout_of(office()),
        number=_number("黄牌", card),
        addressee=standing.platform_name,
        issuer=office().city_platform_name,
        copies=tuple(copies),
        dated_on=_decided_on(card),
        place=_year_place(standing),
        steps=_steps(card),
        weakest=_weakest(publication, standing.platform_code),
        deadline=CORRECTION_DEADLINE,
        is_county=publication.platform_type == PlatformType.COUNTY_WINDOW,
    )


def _weakest(publication: Publication, code: str) -> tuple[WeakRow, ...]:
    bundle = sealed_document(publication, "bundle.json")
    system = parse_system(bundle["system"])
    figures = {figure["indicator"]: figure for figure in bundle["figures"] if figure["platform"] == code}
    targets = next(platform.get("targets", {}) for platform in bundle["platforms"] if platform["code"] == code)
    return tuple(
        WeakRow(
            indicator=weak,
            value=value_text(system.indicator(weak.code), figures.get(weak.code)),
            rule=rule_text(system.indicator(weak.code), targets.get(weak.code, "")),
        )
        for weak in weakest_indicators(bundle["system"], sealed_scorecard(publication, code))
    )


def _replacement(advice: OperatorReplacement) -> ReplacementLetter:
    before = sealed_standing(advice.previous_publication, advice.standing.platform_code)
    return ReplacementLetter(
        template="documents/operator_replacement_letter.html",
        layout=layout_of(office()),
        number=_number("建议", advice),
        addressee=_county_department(advice.standing),
        issuer=office().name,
        copies=(office().city_platform_name,),
        dated_on=_decided_on(advice),
        place=_year_place(advice.standing),
        steps=_steps(advice),
        years=(_year_place(before), _year_place(advice.standing)),
        operator_now=advice.operator.name if advice.operator else "",
        notes=tuple(step["text"] for step in advice.rule_path if step["for_decision"]),
    )


def _number(word: str, proposal: Proposal) -> str:
    """One proposal per edition and platform, so this names one letter: 黄牌〔2025〕CNT-08号, from the second edition on
    黄牌〔2025〕CNT-08-2号."""
    publication = proposal.publication
    edition = f"-{publication.edition}" if publication.edition > 1 else ""
    return f"{word}〔{publication.year}〕{proposal.standing.platform_code}{edition}号"


def _county_department(standing: Standing) -> str:
    return f"{standing.region_name}中小企业主管部门"


def _decided_on(proposal: Proposal) -> date:
    if proposal.decided_at is None:
        raise ValueError("a letter is written after the decision")
    return timezone.localdate(proposal.decided_at)


def _steps(proposal: Proposal) -> tuple[str, ...]:
    return tuple(step["text"] for step in proposal.rule_path)


def _year_place(standing: Standing) -> YearPlace:
    publication: Publication = standing.publication
    ranked = list(publication.standings.filter(rank__isnull=False).values_list("rank", flat=True))
    if standing.rank is None:
        raise ValueError("a platform that was not ranked gets no letter")
    return YearPlace(
        year=publication.year,
        type_name=PlatformType(publication.platform_type).label,
        platform_name=standing.platform_name,
        operator_name=standing.operator_name,
        total=points_text(standing.total or Decimal(0)),
        rank=standing.rank,
        ranked_count=len(ranked),
        is_shared=ranked.count(standing.rank) > 1,
    )
