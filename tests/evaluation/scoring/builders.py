"""Small sound bundles for the tests; every call makes a fresh one that a test may spoil."""

import copy
from collections.abc import Mapping
from typing import Any

from evaluation.scoring.system import Indicator, parse_indicator

Document = dict[str, Any]


def indicator(
    code: str = "I1", points: str = "10", measure: object = None, rule: object = None, **more: Any
) -> Document:
    return {
        "code": code,
        "name": f"指标{code}",
        "points": points,
        "unit": "项",
        "clause": "R3.1(1)",
        "source": "hub",
        "measure": measure or {"kind": "count"},
        "rule": rule or {"kind": "direct"},
        **more,
    }


def parsed(code: str = "I1", points: str = "10", measure: object = None, rule: object = None, **more: Any) -> Indicator:
    """The same as pages read it."""
    return parse_indicator(indicator(code, points, measure, rule, **more))


def category(code: str, *indicators: Document) -> Document:
    return {"code": code, "name": f"类别{code}", "clause": "R3.1", "indicators": list(indicators)}


def section(code: str, points: str, *categories: Document, weight: str = "1") -> Document:
    return {
        "code": code,
        "name": f"部分{code}",
        "weight": weight,
        "points": points,
        "clause": "R3",
        "categories": list(categories),
    }


def system(*sections: Document, **more: Any) -> Document:
    return {
        "code": "county_window-2025",
        "version": 1,
        "indicator_decimals": 2,
        "total_decimals": 2,
        "total_cap": None,
        "tie_style": "competition",
        "print_order": ["platform"],
        "not_applicable": "within_category",
        "sections": list(sections),
        **more,
    }


def bundle(system: Document, platforms: object = ("W01",), figures: object = (), **more: Any) -> Document:
    """`platforms`: codes; `figures`: (platform, indicator, value), where 不适用 and 未报 stand for the states."""
    return copy.deepcopy(
        {
            "format": "sme-evaluation-bundle/1",
            "title": "2025年度评价",
            "year": 2025,
            "platform_type": "county_window",
            "system": system,
            "platforms": [{"code": code, "name": f"平台{code}"} for code in platforms],  # type: ignore[attr-defined]
            "figures": [figure(*entry) for entry in figures],  # type: ignore[attr-defined]
            **more,
        }
    )


def figure(platform: str, indicator: str, value: object) -> Document:
    states = {"不适用": "not_applicable", "未报": "missing"}
    if isinstance(value, str) and value in states:
        return {"platform": platform, "indicator": indicator, "state": states[value]}
    return {"platform": platform, "indicator": indicator, "value": value}


def one_indicator(measure: object, rule: object, value: object, points: str = "10", **more: Any) -> Document:
    """A bundle of one indicator, platform W01 and its figure."""
    alone = section("S", points, category("C", indicator("I1", points, measure, rule)))
    return bundle(system(alone, **more), figures=[("W01", "I1", value)])


def entry_of(result: Mapping[str, Any], code: str, platform: str = "W01") -> Document:
    """An indicator's entry on a platform's scorecard."""
    card = card_of(result, platform)
    entries = [i for s in card["sections"] for c in s["categories"] for i in c["indicators"]]
    return next(entry for entry in entries if entry["code"] == code)


def card_of(result: Mapping[str, Any], platform: str = "W01") -> Document:
    return next(card for card in result["scorecards"] if card["platform"] == platform)
