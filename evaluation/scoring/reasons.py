"""The reason of a score, in words that let a citizen recompute it by hand: result format /1.

The templates stand in docs/scoring.md, those of a kind in the kind's own file; another wording is another result
format. A reason is [how x came about;] the rule with its numbers = the exact value[,四舍五入 the score].
"""

from collections.abc import Callable
from typing import Any

from evaluation.scoring.measures import Measure
from evaluation.scoring.numbers import Ratio, cut
from evaluation.scoring.rules import Rule

NOT_APPLICABLE_REASON = "不适用"
MISSING_REASON = "未报,计0分"
ROUNDED = ",四舍五入 "

# A value, its x, the points before rounding and the printed score -> the reason
Reason = Callable[[object, Ratio, Ratio, str], str]


def reason(measure: Measure, rule: Rule, points: str, decimals: int, target: str = "") -> Reason:
    """The function that words the scores of one indicator; all that never changes is rendered once, here."""
    derive = measure.derivation()
    head, tail, full, at_full = rule.wording(points, target)
    unit = 10 ** (6 - decimals)

    def word(value: Any, x: Ratio, exact: Ratio, score: str) -> str:
        before, shown = derive(value, x)
        if full is not None and x[0] >= full * x[1]:
            return f"{before}{shown}{at_full} {score}"
        numerator, denominator = exact
        if numerator % (denominator * unit):
            return f"{before}{head}{shown}{tail} = {cut(numerator, denominator)}{ROUNDED}{score}"
        return f"{before}{head}{shown}{tail} = {score}"

    return word
