"""The six rules: x -> points before rounding, never under 0 nor over the indicator's points P.

Each function is one rule; an official can hold it beside the policy. All numbers are integers in millionths;
x = n ÷ d. A rule returns points as (numerator, denominator).
"""

from collections.abc import Callable

from evaluation.scoring.bundle import Rule
from evaluation.scoring.numbers import MILLION, Ratio, millionths

Scoring = Callable[[int, int], Ratio]


def linear(points: int, target: int) -> Scoring:
    """P × min(1, x ÷ target)"""

    def score(n: int, d: int) -> Ratio:
        return points * min(n, target * d), target * d

    return score


def per_unit(points: int, each: int) -> Scoring:
    """min(P, each × x)"""

    def score(n: int, d: int) -> Ratio:
        return min(points * MILLION * d, each * n), MILLION * d

    return score


def ramp(points: int, zero: int, full: int) -> Scoring:
    """P × clamp((x − zero) ÷ (full − zero), 0, 1); zero > full means less is better"""
    direction = 1 if full > zero else -1
    length = direction * (full - zero)

    def score(n: int, d: int) -> Ratio:
        way = direction * (n - zero * d)
        return points * max(0, min(way, length * d)), length * d

    return score


def slope(points: int, full: int, per_point: int, floor: int) -> Scoring:
    """P from `full` up; below it max(floor, P − per_point × (full − x))"""

    def score(n: int, d: int) -> Ratio:
        if n >= full * d:
            return points, 1
        return max(floor * MILLION * d, points * MILLION * d - per_point * (full * d - n)), MILLION * d

    return score


def deduct(points: int) -> Scoring:
    """max(0, P − x)"""

    def score(n: int, d: int) -> Ratio:
        return max(0, points * d - n), d

    return score


def direct(points: int) -> Scoring:
    """min(P, x)"""

    def score(n: int, d: int) -> Ratio:
        return min(points * d, n), d

    return score


def direct_out_of(points: int, out_of: int) -> Scoring:
    """P × x ÷ out_of, never over P"""

    def score(n: int, d: int) -> Ratio:
        return points * min(n, out_of * d), out_of * d

    return score


def scoring(rule: Rule, points_text: str, target: str = "") -> Scoring:
    """The rule of one indicator as a function of x; `target` is a platform's own target of a linear rule."""
    points = millionths(points_text)
    if rule.kind == "linear":
        return linear(points, millionths(target or rule.target))
    if rule.kind == "per_unit":
        return per_unit(points, millionths(rule.each))
    if rule.kind == "ramp":
        return ramp(points, millionths(rule.zero), millionths(rule.full))
    if rule.kind == "slope":
        return slope(points, millionths(rule.full), millionths(rule.per_point), millionths(rule.floor))
    if rule.kind == "deduct":
        return deduct(points)
    return direct_out_of(points, millionths(rule.out_of)) if rule.out_of else direct(points)
