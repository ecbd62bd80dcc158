"""The contract written a second time: slow, with fractions, by somebody who has not seen the core."""

from fractions import Fraction
from typing import Any

Document = dict[str, Any]


def totals(bundle: Document) -> dict[str, tuple[str, int]]:
    """Per platform the printed total and the rank."""
    found = {platform["code"]: total(bundle, platform) for platform in bundle["platforms"]}
    decimals = bundle["system"]["total_decimals"]
    better = sorted(set(found.values()), reverse=True)
    ranks = {}
    for code, value in found.items():
        if bundle["system"]["tie_style"] == "dense":
            rank = better.index(value) + 1
        else:
            rank = 1 + sum(1 for other in found.values() if other > value)
        ranks[code] = (printed(value, decimals), rank)
    return ranks


def total(bundle: Document, platform: Document) -> Fraction:
    system = bundle["system"]
    value = sum((Fraction(s["weight"]) * section(bundle, platform, s) for s in system["sections"]), Fraction(0))
    value = half_up(value, system["total_decimals"])
    return value if system["total_cap"] is None else min(value, Fraction(system["total_cap"]))


def section(bundle: Document, platform: Document, document: Document) -> Fraction:
    decimals = bundle["system"]["indicator_decimals"]
    scores, counted = Fraction(0), Fraction(0)
    for category in document["categories"]:
        pairs = [(indicator_score(bundle, platform, i), Fraction(i["points"])) for i in category["indicators"]]
        kept = [(score, points) for score, points in pairs if score is not None]
        if not kept:
            continue
        score = sum((s for s, _ in kept), Fraction(0))
        applicable = sum((p for _, p in kept), Fraction(0))
        if bundle["system"]["not_applicable"] == "within_category":
            points = sum((p for _, p in pairs), Fraction(0))
            score = half_up(score * points / applicable, decimals)
            applicable = points
        scores += score
        counted += applicable
    return half_up(scores * Fraction(document["points"]) / counted, decimals)


def indicator_score(bundle: Document, platform: Document, indicator: Document) -> Fraction | None:
    figures = [
        f for f in bundle["figures"] if f["platform"] == platform["code"] and f["indicator"] == indicator["code"]
    ]
    if not figures or figures[0].get("state") == "missing":
        return Fraction(0)
    if figures[0].get("state") == "not_applicable":
        return None
    x = measured(indicator["measure"], figures[0]["value"])
    if x is None:
        return None
    target = platform.get("targets", {}).get(indicator["code"])
    points = ruled(indicator["rule"], Fraction(indicator["points"]), x, target)
    return half_up(points, bundle["system"]["indicator_decimals"])


def measured(measure: Document, value: Any) -> Fraction | None:
    kind = measure["kind"]
    if kind == "count":
        return Fraction(value)
    if kind == "ratio":
        bottom = Fraction(value["denominator"])
        return 100 * Fraction(value["numerator"]) / bottom if bottom else None
    if kind == "weighted":
        return sum((Fraction(measure["items"][item]) * Fraction(count) for item, count in value.items()), Fraction(0))
    if kind == "ticks":
        return sum((Fraction(measure["items"][item]) for item in value), Fraction(0))
    if kind == "marks":
        marks = sorted(Fraction(mark) for mark in value)
        kept = marks[1:-1] if len(marks) >= 5 else marks
        return sum(kept, Fraction(0)) / len(kept)
    raise LookupError(kind)


def ruled(rule: Document, points: Fraction, x: Fraction, target: str | None) -> Fraction:
    number = {name: Fraction(text) for name, text in rule.items() if name != "kind"}
    kind = rule["kind"]
    if kind == "linear":
        return points * min(Fraction(1), x / (Fraction(target) if target else number["target"]))
    if kind == "per_unit":
        return min(points, number["each"] * x)
    if kind == "ramp":
        share = (x - number["zero"]) / (number["full"] - number["zero"])
        return points * max(Fraction(0), min(Fraction(1), share))
    if kind == "slope":
        if x >= number["full"]:
            return points
        return max(number["floor"], points - number["per_point"] * (number["full"] - x))
    if kind == "deduct":
        return max(Fraction(0), points - x)
    if kind == "direct":
        return min(points, points * x / number["out_of"] if "out_of" in number else x)
    raise LookupError(kind)


def half_up(value: Fraction, decimals: int) -> Fraction:
    return Fraction((value * 10**decimals + Fraction(1, 2)) // 1, 10**decimals)


def printed(value: Fraction, decimals: int) -> str:
    digits = str(int(value * 10**decimals)).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
