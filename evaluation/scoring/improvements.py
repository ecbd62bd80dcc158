"""What one platform could still do for its own total: the cheapest ways to full points, worked out by the engine.

**Goal**: the x at which a rule gives all of its points: the target of a linear rule (the platform's own before the
type's), P ÷ each, `full` of a ramp or a slope, P or `out_of` of a direct one. A deduction and a ramp on which less is
better have none: what happened is not undone. Marks are other people's judgement and have none either.

**Step**, the smallest one that the measure allows: one unit more of a count, one more of the lightest item of a
weighted count, the lightest item not yet ticked, the next whole per cent of a ratio.

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

from evaluation.scoring.bundle import Indicator, System
from evaluation.scoring.engine import Plan, Targets
from evaluation.scoring.figures import NOT_APPLICABLE, Row, Value
from evaluation.scoring.measures import reading
from evaluation.scoring.numbers import MILLION, fixed, millionths, plain
from evaluation.scoring.totals import Tally

SHOWN = 3
WHOLE = 100  # per cent


class Way(NamedTuple):
    """How one indicator gets to full points: `steps` of `items` (none for a plain count); `reach` per cent for a ratio,
    else 0. `after` and `next_value` are its figure after all steps, and after the first one."""

    steps: int
    items: tuple[str, ...]
    reach: int
    share: Fraction
    after: Value
    next_value: Value


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
    goal = goal_of(indicator, target)
    if goal is None or value is NOT_APPLICABLE or indicator.measure.kind == "marks":
        return None
    x = None if value is None else reading(indicator.measure)(value)
    if value is not None and x is None:
        return None
    reached = Fraction(0) if x is None else Fraction(x[0], x[1] * MILLION)
    if reached >= goal:
        return None
    return _WAYS[indicator.measure.kind](indicator, value, reached, goal)


def goal_of(indicator: Indicator, target: str = "") -> Fraction | None:
    """The x that full points need; None where the rule names nothing to reach."""
    rule, points = indicator.rule, Fraction(indicator.points)
    if rule.kind == "linear":
        return Fraction(target or rule.target)
    if rule.kind == "per_unit":
        return Fraction(points, Fraction(rule.each)) if millionths(rule.each) else None
    if rule.kind == "direct":
        return Fraction(rule.out_of or points)
    if rule.kind == "slope" or (rule.kind == "ramp" and millionths(rule.full) > millionths(rule.zero)):
        return Fraction(rule.full)
    return None


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


def _count(indicator: Indicator, value: Value, reached: Fraction, goal: Fraction) -> Way:
    steps = _ceiling(goal - reached)
    after, following = (plain(int((reached + more) * MILLION)) for more in (steps, 1))
    return Way(steps, (), 0, _share(reached, goal), after, following)


def _ratio(indicator: Indicator, value: Value, reached: Fraction, goal: Fraction) -> Way | None:
    reach = min(WHOLE, _ceiling(goal))
    following = min(WHOLE, int(reached) + 1)
    if reached >= following:
        return None
    share = _share(reached, goal)
    return Way(max(1, reach - int(reached)), (), reach, share, (str(reach), str(WHOLE)), (str(following), str(WHOLE)))


def _weighted_count(indicator: Indicator, value: Value, reached: Fraction, goal: Fraction) -> Way | None:
    items = indicator.measure.items
    weighing = [(millionths(weight), place) for place, (_, weight) in enumerate(items) if millionths(weight)]
    if not weighing:
        return None
    weight, lightest = min(weighing)
    steps = _ceiling(Fraction((goal - reached) * MILLION, weight))
    counts = list(value) if isinstance(value, tuple) else ["0"] * len(items)
    before = int(Fraction(counts[lightest]))
    after, following = (tuple([*counts[:lightest], str(before + more), *counts[lightest + 1 :]]) for more in (steps, 1))
    return Way(steps, (items[lightest][0],), 0, _share(reached, goal), after, following)


def _ticks(indicator: Indicator, value: Value, reached: Fraction, goal: Fraction) -> Way | None:
    ticked = list(value) if isinstance(value, tuple) else []
    open_items = [(millionths(weight), item) for item, weight in indicator.measure.items if item not in ticked]
    added: list[str] = []
    sum_after = reached
    for weight, item in sorted(open_items):
        if weight and sum_after < goal:
            added.append(item)
            sum_after += Fraction(weight, MILLION)
    if not added:
        return None
    after, following = (tuple(sorted([*ticked, *more])) for more in (added, added[:1]))
    return Way(len(added), tuple(added), 0, _share(reached, goal), after, following)


def _share(reached: Fraction, goal: Fraction) -> Fraction:
    return Fraction(goal - reached, goal)


def _ceiling(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


_WAYS: dict[str, Callable[[Indicator, Value, Fraction, Fraction], Way | None]] = {
    "count": _count,
    "ratio": _ratio,
    "weighted": _weighted_count,
    "ticks": _ticks,
}
