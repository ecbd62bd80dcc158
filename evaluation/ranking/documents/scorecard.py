"""One platform's score explained: what the page, its print and the desk show of a scorecard.

Names, rules and figures come from the bundle, scores and reasons from the result, source rows from the sources; each of
the three is printed as it stands. The only thing added is the Chinese wording of rules and figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.numbers import percent
from core.policy import Clause, clause
from evaluation.intake.documents import Source
from evaluation.scoring.document import Document
from evaluation.scoring.rescaling import category_note, section_note
from evaluation.scoring.system import Category, Indicator, Section, parse_system
from evaluation.wording import SOURCES, STATES, item_name, measure_text, rule_text, value_text


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator: what was reported, by which rule it scored, why, under which clause, from which rows of files.
    `legend` names the items that the reason mentions by code."""

    code: str
    name: str
    points: str
    value: str
    measure: str
    rule: str
    score: str | None
    state: str
    state_label: str
    reason: str
    legend: tuple[tuple[str, str], ...]
    clause: Clause
    source_label: str
    evidence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class CategoryRows:
    """A category; `note` says how its score was rescaled (折算), '' when it was not."""

    code: str
    name: str
    points: str
    score: str | None
    note: str
    clause: Clause
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class SectionRows:
    """A section with its share of the total: `weight` such as 20%, `weighted` the points it brings."""

    code: str
    name: str
    weight: str
    points: str
    score: str
    weighted: str
    note: str
    clause: Clause
    categories: tuple[CategoryRows, ...]


@dataclass(frozen=True)
class ExplainedScorecard:
    """The whole scorecard of one platform in one ranking."""

    title: str
    year: int
    platform_type: str
    platform_code: str
    platform_name: str
    rank: int
    ranked_count: int
    total: str
    system: str
    bundle_sha256: str
    sections: tuple[SectionRows, ...]


@dataclass(frozen=True)
class _Given:
    """What one platform's rows are made of."""

    figures: Mapping[str, Document]
    targets: Mapping[str, str]
    sources: Mapping[str, tuple[Source, ...]]
    not_applicable: str


def explained_scorecard(
    *,
    bundle: Document,
    bundle_sha256: str,
    card: Document,
    sources: Mapping[str, tuple[Source, ...]],
) -> ExplainedScorecard:
    """`card` is the platform's scorecard of the result that follows from `bundle`."""
    code, system = card["platform"], parse_system(bundle["system"])
    platform = next(entry for entry in bundle["platforms"] if entry["code"] == code)
    given = _Given(
        figures={figure["indicator"]: figure for figure in bundle["figures"] if figure["platform"] == code},
        targets=platform.get("targets", {}),
        sources=sources,
        not_applicable=system.not_applicable,
    )
    pairs = zip(system.sections, card["sections"], strict=True)
    return ExplainedScorecard(
        title=bundle["title"],
        year=bundle["year"],
        platform_type=bundle["platform_type"],
        platform_code=code,
        platform_name=card["name"],
        rank=card["rank"],
        ranked_count=len(bundle["platforms"]),
        total=card["total"],
        system=f"{system.code} 第{system.version}版",
        bundle_sha256=bundle_sha256,
        sections=tuple(_section(rules, scored, given) for rules, scored in pairs),
    )


def _section(rules: Section, scored: Document, given: _Given) -> SectionRows:
    pairs = zip(rules.categories, scored["categories"], strict=True)
    return SectionRows(
        code=rules.code,
        name=rules.name,
        weight=percent(rules.weight),
        points=scored["points"],
        score=scored["score"],
        weighted=scored["weighted"],
        note=section_note(scored),
        clause=clause(rules.clause),
        categories=tuple(_category(*pair, given) for pair in pairs),
    )


def _category(rules: Category, scored: Document, given: _Given) -> CategoryRows:
    pairs = zip(rules.indicators, scored["indicators"], strict=True)
    return CategoryRows(
        code=rules.code,
        name=rules.name,
        points=scored["points"],
        score=scored["score"],
        note=category_note(scored, given.not_applicable),
        clause=clause(rules.clause),
        indicators=tuple(_indicator(*pair, given) for pair in pairs),
    )


def _indicator(rules: Indicator, scored: Document, given: _Given) -> IndicatorRow:
    code = rules.code
    return IndicatorRow(
        code=code,
        name=rules.name,
        points=scored["points"],
        value=value_text(rules, given.figures.get(code)),
        measure=measure_text(rules),
        rule=rule_text(rules, given.targets.get(code, "")),
        score=scored["score"],
        state=scored["state"],
        state_label=STATES[scored["state"]],
        reason=scored["reason"],
        legend=tuple((item, item_name(item)) for item, _ in rules.measure.items if item in scored["reason"]),
        clause=clause(rules.clause),
        source_label=SOURCES[rules.source],
        evidence=rules.evidence,
        sources=given.sources.get(code, ()),
    )
