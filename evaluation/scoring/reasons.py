"""The reason of a score, in words that let a citizen recompute it by hand: result format /1.

The templates stand in docs/scoring.md; another wording is another result format.
A reason is [how x came about;] the rule with its numbers = the exact value[,四舍五入 the score].
"""

from collections.abc import Callable
from operator import getitem
from typing import Any

from evaluation.scoring.bundle import Measure, Rule
from evaluation.scoring.measures import kept_marks
from evaluation.scoring.numbers import Ratio, cut, millionths, plain, trimmed

NOT_APPLICABLE_REASON = "不适用"
MISSING_REASON = "未报,计0分"
ROUNDED = ",四舍五入 "

RULE_TEMPLATES = {
    "linear": "{points} × min(1, {x} ÷ {target})",
    "per_unit": "min({points}, {each} × {x})",
    "ramp": "{points} × min(1, max(0, ({x} − {zero}) ÷ ({full} − {zero})))",
    "ramp_less_is_better": "{points} × min(1, max(0, ({zero} − {x}) ÷ ({zero} − {full})))",
    "slope": "max({floor}, {points} − {per_point} × ({full} − {x}))",
    "deduct": "max(0, {points} − {x})",
    "direct": "min({points}, {x})",
    "direct_out_of": "min({points}, {points} × {x} ÷ {out_of})",
}
SLOPE_FULL_TEMPLATE = "{x} ≥ {full},计满分"
NOTHING_COUNTED = "各项计数均为0,合计 0;"
NOTHING_TICKED = "未勾选任何项,合计 0;"
MARKS_DROPPED = "去掉最高 {highest} 和最低 {lowest},"

# A value and its x -> (how x came about, x as the reason prints it)
Derivation = Callable[[Any, Ratio], tuple[str, str]]
# A value, its x, the points before rounding and the printed score -> the reason
Reason = Callable[[Any, Ratio, Ratio, str], str]


def reason(measure: Measure, rule: Rule, points: str, decimals: int, target: str = "") -> Reason:
    """The function that words the scores of one indicator; all that never changes is rendered once, here."""
    derive = derivation(measure)
    head, tail = _rule_words(rule, points, target)
    unit = 10 ** (6 - decimals)
    full = millionths(rule.full) if rule.kind == "slope" else None
    at_full = SLOPE_FULL_TEMPLATE.format(x="", full=trimmed(rule.full)) if rule.kind == "slope" else ""

    def word(value: Any, x: Ratio, exact: Ratio, score: str) -> str:
        before, shown = derive(value, x)
        if full is not None and x[0] >= full * x[1]:
            return f"{before}{shown}{at_full} {score}"
        numerator, denominator = exact
        if numerator % (denominator * unit):
            return f"{before}{head}{shown}{tail} = {cut(numerator, denominator)}{ROUNDED}{score}"
        return f"{before}{head}{shown}{tail} = {score}"

    return word


def _rule_words(rule: Rule, points: str, target: str) -> tuple[str, str]:
    """The rule with its numbers, before and after the place of x."""
    kind = rule.kind
    if kind == "ramp" and millionths(rule.zero) > millionths(rule.full):
        kind = "ramp_less_is_better"
    if kind == "direct" and rule.out_of:
        kind = "direct_out_of"
    numbers = {
        "points": trimmed(points),
        "target": trimmed(target or rule.target),
        "each": trimmed(rule.each),
        "zero": trimmed(rule.zero),
        "full": trimmed(rule.full),
        "per_point": trimmed(rule.per_point),
        "floor": trimmed(rule.floor),
        "out_of": trimmed(rule.out_of),
    }
    head, _, tail = RULE_TEMPLATES[kind].partition("{x}")
    return head.format(**numbers), tail.format(**numbers)


def derivation(measure: Measure) -> Derivation:
    """The function that says how x came about from a value of this measure."""
    if measure.kind == "weighted":
        return _of_weighted(measure)
    if measure.kind == "ticks":
        return _of_ticks(dict(measure.items))
    derivations: dict[str, Derivation] = {"count": _of_count, "ratio": _of_ratio, "marks": _of_marks}
    return derivations[measure.kind]


def _of_count(value: str, x: Ratio) -> tuple[str, str]:
    return "", trimmed(value)


def _of_ratio(value: tuple[str, str], x: Ratio) -> tuple[str, str]:
    shown = cut(*x)
    return f"100 × {trimmed(value[0])} ÷ {trimmed(value[1])} = {shown};", shown


def _of_weighted(measure: Measure) -> Derivation:
    words = [Terms(item, weight) for item, weight in measure.items]

    def derive(counts: tuple[str, ...], x: Ratio) -> tuple[str, str]:
        shown = cut(*x)
        terms = list(filter(None, map(getitem, words, counts)))
        return (f"{' + '.join(terms)} = {shown};" if terms else NOTHING_COUNTED), shown

    return derive


class Terms(dict[str, str]):
    """One item's term by its count, '' for 0, each rendered once: 'late 1 × 0.5'."""

    def __init__(self, item: str, weight: str) -> None:
        super().__init__()
        self.item = item
        self.weight = trimmed(weight)

    def __missing__(self, count: str) -> str:
        term = self[count] = f"{self.item} {trimmed(count)} × {self.weight}" if millionths(count) else ""
        return term


def _of_ticks(weights: dict[str, str]) -> Derivation:
    words = {item: f"{item} {trimmed(weight)}" for item, weight in weights.items()}

    def derive(ticked: tuple[str, ...], x: Ratio) -> tuple[str, str]:
        shown = cut(*x)
        terms = " + ".join([words[item] for item in ticked])
        return (f"{terms} = {shown};" if terms else NOTHING_TICKED), shown

    return derive


def _of_marks(value: tuple[str, ...], x: Ratio) -> tuple[str, str]:
    shown = cut(*x)
    if len(value) == 1:
        return "", trimmed(value[0])
    kept = kept_marks(value)
    mean = f"({' + '.join(map(plain, kept))}) ÷ {len(kept)} = {shown};"
    if len(kept) == len(value):
        return mean, shown
    every = sorted(map(millionths, value))
    return MARKS_DROPPED.format(highest=plain(every[-1]), lowest=plain(every[0])) + mean, shown
