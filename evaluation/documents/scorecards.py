"""A platform's scores explained down to value, rule, points, clause and source row; as stored, never recomputed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.documents.indicator_words import item_label, standard, trimmed
from evaluation.documents.sources import Source
from evaluation.scoring.bundle import Category, Indicator, Section, parse_system

STATE_LABELS = {"missing": "未报", "not_applicable": "不适用"}


@dataclass(frozen=True)
class ExplainedScore:
    """`value` is what the rule was applied to, empty with a `state`; `legend` names the items that the reason
    mentions by code."""

    code: str
    name: str
    clause: str
    unit: str
    value: str
    state: str
    standard: str
    points: str
    score: str | None
    reason: str
    legend: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class ExplainedCategory:
    """`is_rescaled`: something did not apply, and the rest was scaled up to the category's points (折算)."""

    name: str
    clause: str
    points: str
    score: str | None
    is_rescaled: bool
    scores: tuple[ExplainedScore, ...]


@dataclass(frozen=True)
class ExplainedSection:
    """`weighted` is what the section brings to the total."""

    name: str
    clause: str
    weight: str
    points: str
    score: str
    weighted: str
    is_rescaled: bool
    categories: tuple[ExplainedCategory, ...]


@dataclass(frozen=True)
class _Given:
    """What explaining one scorecard needs besides the system and the result."""

    targets: Mapping[str, str]
    sources: Mapping[str, tuple[Source, ...]]


def explained_sections(
    definition: Mapping[str, Any],
    detail: Mapping[str, Any],
    *,
    targets: Mapping[str, str],
    sources: Mapping[str, tuple[Source, ...]],
) -> tuple[ExplainedSection, ...]:
    """From the system, the sealed scorecard, the platform's own targets and its sources by indicator."""
    given = _Given(targets, sources)
    results = {result["code"]: result for result in detail["sections"]}
    return tuple(_section(section, results[section.code], given) for section in parse_system(definition).sections)


def targets_of(bundle: Mapping[str, Any], platform_code: str) -> Mapping[str, str]:
    """The targets that a bundle sets for this platform alone."""
    platforms: list[Mapping[str, Any]] = bundle["platforms"]
    return next((entry.get("targets", {}) for entry in platforms if entry["code"] == platform_code), {})


def _section(section: Section, result: Mapping[str, Any], given: _Given) -> ExplainedSection:
    results = {entry["code"]: entry for entry in result["categories"]}
    return ExplainedSection(
        name=section.name,
        clause=section.clause,
        weight=section.weight,
        points=trimmed(result["points"]),
        score=result["score"],
        weighted=result["weighted"],
        is_rescaled=_is_rescaled(result),
        categories=tuple(_category(category, results[category.code], given) for category in section.categories),
    )


def _category(category: Category, result: Mapping[str, Any], given: _Given) -> ExplainedCategory:
    results = {entry["code"]: entry for entry in result["indicators"]}
    return ExplainedCategory(
        name=category.name,
        clause=category.clause,
        points=trimmed(result["points"]),
        score=result["score"],
        is_rescaled=_is_rescaled(result),
        scores=tuple(_score(indicator, results[indicator.code], given) for indicator in category.indicators),
    )


def _score(indicator: Indicator, result: Mapping[str, Any], given: _Given) -> ExplainedScore:
    return ExplainedScore(
        code=indicator.code,
        name=indicator.name,
        clause=indicator.clause,
        unit=indicator.unit,
        value=result["measure"] or "",
        state=STATE_LABELS.get(result["state"], ""),
        standard=standard(indicator, target=given.targets.get(indicator.code, "")),
        points=trimmed(result["points"]),
        score=result["score"],
        reason=result["reason"],
        legend=tuple((code, item_label(code)) for code, _ in indicator.measure.items if code in result["reason"]),
        sources=given.sources.get(indicator.code, ()),
    )


def _is_rescaled(result: Mapping[str, Any]) -> bool:
    return result["score"] is not None and result["applicable_points"] != result["points"]
