"""A platform's own points while the year runs (暂估): scored by the scoring core from what is known so far, without a
rank and without any other platform in it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from core.errors import Fault
from evaluation.intake.checks.annual import annual_value
from evaluation.participation.checks import not_ranked_reason
from evaluation.progress.queries.year_so_far import figures_so_far
from evaluation.ranking.documents.scorecard import ExplainedScorecard, explained_scorecard
from evaluation.scoring.bundle import BUNDLE_FORMAT, parse_bundle
from evaluation.scoring.document import Document
from evaluation.scoring.improvements import Improvement, outlook
from evaluation.scoring.result import InvalidBundleError, score_bundle
from evaluation.systems.checks.feeds import bare_system
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from evaluation.systems.queries import own_targets
from evaluation.wording import bundle_title, item_name
from platforms.models import Platform
from platforms.queries import accepted_on


@dataclass(frozen=True)
class Suggestion:
    """One of the cheapest improvements in words, with its gains in points of the total."""

    name: str
    text: str
    gain: str
    step_gain: str
    step_text: str


@dataclass(frozen=True)
class ProvisionalStanding:
    """`card` is the core's own scorecard, explained; alone in its bundle, the platform's rank in it means nothing and
    is never printed. `missing` names indicators of which nothing is known yet. `faults` say why there is no estimate,
    and then there is no card either."""

    platform: Platform
    year: int
    not_ranked_reason: str
    card: ExplainedScorecard | None = None
    missing: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    total_after: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def total(self) -> Decimal | None:
        return Decimal(self.card.total) if self.card else None


def provisional_standing(platform: Platform, year: int) -> ProvisionalStanding | None:
    """None while the platform's type has no system in force for the year."""
    system = IndicatorSystem.objects.filter(
        code=f"{platform.platform_type}-{year}", status=SystemStatus.IN_FORCE
    ).first()
    if system is None:
        return None
    standing = ProvisionalStanding(platform, year, not_ranked_reason(accepted_on(platform), year))
    if standing.not_ranked_reason:
        return standing
    return scored_standing(standing, own_bundle(platform, system))


def own_bundle(platform: Platform, system: IndicatorSystem) -> Document:
    """The evaluation bundle of this platform alone, of the year so far."""
    rules = system.rules
    known = figures_so_far(year=system.year, platforms=[platform.pk], indicators=rules.indicators).get(platform.pk, {})
    targets = own_targets(system).get(platform.pk, {})
    own: dict[str, Any] = {"code": platform.code, "name": platform.name}
    return {
        "format": BUNDLE_FORMAT,
        "title": bundle_title(system.year, platform.platform_type, is_demo=False),
        "year": system.year,
        "platform_type": platform.platform_type,
        "system": bare_system(system.definition),
        "platforms": [own | {"targets": targets} if targets else own],
        "not_ranked": [],
        "figures": [
            {"platform": platform.code, "indicator": code, **annual_value(known[code])}
            for code in rules.codes
            if code in known
        ],
    }


def scored_standing(standing: ProvisionalStanding, document: Document) -> ProvisionalStanding:
    """The estimate of a bundle of one platform."""
    try:
        (card,) = score_bundle(document)["scorecards"]
    except InvalidBundleError as error:
        faults = tuple(Fault(f"数据暂不能计分:{fault.message}") for fault in error.faults)
        return replace(standing, faults=faults)
    bundle = parse_bundle(document)
    found = outlook(bundle.system, bundle.rows[0], bundle.platforms[0].targets)
    explained = explained_scorecard(bundle=document, bundle_sha256="", card=card, sources={})
    rows = [row for section in explained.sections for category in section.categories for row in category.indicators]
    return replace(
        standing,
        card=explained,
        missing=tuple(f"{row.code} {row.name}" for row in rows if row.state == "missing"),
        suggestions=tuple(map(suggestion, found.improvements)),
        total_after=found.total_after,
    )


def suggestion(improvement: Improvement) -> Suggestion:
    """What to do, in words: how much more of what, and what it gives."""
    indicator, way = improvement.indicator, improvement.way
    text, step_text = indicator.measure.way_texts(way, indicator.unit, item_name)
    return Suggestion(indicator.name, text, improvement.gain, improvement.step_gain, step_text)
