"""What one platform could still do for its own total: the cheapest ways to full points, worked out by the engine.

**Goal**: the x at which a rule gives all of its points (`Rule.goal`): a target, the platform's own before the type's, a
line to reach. Deductions and rules by which less is better have none: what happened is not undone.

**Step**, the smallest one that the measure allows (`Measure.way`): one unit more, one more of the lightest item, the
next whole per cent. Other people's judgement knows none.

**Way**: the fewest steps that reach the goal. It costs the remaining share of the goal, (goal − x) ÷ goal, where a
missing figure counts 0; it gains weighted points, section weight × section score after and before.

**Cheapest**: the least share per weighted point gained; equal ones by the greater gain, then in system order. Ways that
change nothing in the printed total are left out. The gains of those chosen are taken one after the other, so that they
add up exactly to the total that all of them together would give.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from evaluation.scoring.engine import Plan, Targets
from evaluation.scoring.figures import NOT_APPLICABLE, Row, Value
from evaluation.scoring.measures import Way
from evaluation.scoring.numbers import MILLION, fixed, millionths
from evaluation.scoring.system import Indicator, System
from evaluation.scoring.totals import Tally

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Improvement:
    """One way with its gains as printed: of all steps, after the improvements listed before it, and of the first step
    alone."""

    indicator: Indicator
    way: Way
    gain: str
    step_gain: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """The total as it stands, what could be done, and the total after all of it."""

    total: str
    improvements: tuple[Improvement, ...]
    total_after: str


class _Option(NamedTuple):
    place: int
    way: Way
    weighted_gain: int

    @property
    def order(self) -> tuple[Fraction, int, int]:
        return Fraction(self.way.share, self.weighted_gain), -self.weighted_gain, self.place


def outlook(system: System, row: Row, targets: Targets = ()) -> Outlook:
    """Of one platform's figures in system order; something must be applicable in every section."""
    plan, decimals = Plan(system), system.total_decimals

    def tally(figures: Row) -> Tally:
        return plan.tally(plan.scores(figures, targets))

    now = tally(row)
    improvements, standing, total = [], list(row), now.total
    for place, way, _ in _cheapest(system, row, dict(targets), now, tally):
        standing[place] = way.after
        after = tally(standing).total
        first = tally(_with(row, place, way.next_value)).total - now.total
        indicator = system.indicators[place]
        improvements.append(Improvement(indicator, way, fixed(after - total, decimals), fixed(first, decimals)))
        total = after
    return Outlook(fixed(now.total, decimals), tuple(improvements), fixed(total, decimals))


def way_to_full(indicator: Indicator, value: Value, target: str = "") -> Way | None:
    """None: at full points, not applicable, or nothing that the platform could do."""
    goal = indicator.goal(target)
    if goal is None or value is NOT_APPLICABLE:
        return None
    x = None if value is None else indicator.measure.reading()(value)
    if value is not None and x is None:
        return None
    reached = Fraction(0) if x is None else Fraction(x[0], x[1] * MILLION)
    return None if reached >= goal else indicator.measure.way(value, reached, goal)


def _cheapest(
    system: System, row: Row, targets: dict[str, str], now: Tally, tally: Callable[[Row], Tally]
) -> list[_Option]:
    options = []
    for place, indicator in enumerate(system.indicators):
        way = way_to_full(indicator, row[place], targets.get(indicator.code, ""))
        if way is None:
            continue
        after = tally(_with(row, place, way.after))
        if after.total > now.total:
            options.append(_Option(place, way, _weighted(system, after) - _weighted(system, now)))
    return sorted(options, key=lambda option: option.order)[:SHOWN]


def _weighted(system: System, tally: Tally) -> int:
    """Before rounding and cap."""
    sections = zip(system.sections, tally.sections, strict=True)
    return sum([millionths(section.weight) * tallied.score for section, tallied in sections])


def _with(row: Row, place: int, value: Value) -> Row:
    changed = list(row)
    changed[place] = value
    return changed
