"""The scoring core beside a bare integer loop over the same figures, in one run.

    python -m benchmarks.scoring_core [platforms, default 13000]

Limits: scorecards with reasons at most 6 times the bare loop, scores without reasons at most 3 times; growth from a
hundredth to the whole no worse than linear. Two kinds of figures: `usual` repeat as real ones do (counts of a year,
shares of a few hundred), `distinct` never repeat, so that nothing remembered about a value is of any use.
"""

import gc
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.limits import linear, within
from evaluation.scoring.bundle import Platform
from evaluation.scoring.engine import Plan
from evaluation.scoring.figures import Row, Value
from evaluation.scoring.numbers import millionths
from evaluation.scoring.ranking import collector_at_rest, scorecards
from evaluation.scoring.ranks import printed_order, ranks
from evaluation.scoring.system import Indicator, System, parse_system
from evaluation.scoring.totals import Tally

SYSTEM = Path(__file__).resolve().parent.parent / "demo" / "systems" / "county_window-2025.json"
WITH_REASONS, WITHOUT_REASONS = 6, 3
ROUNDS = 5

RULES = ("linear", "direct_out_of", "per_unit", "ramp", "deduct", "direct")
LINEAR, DIRECT_OUT_OF, PER_UNIT, RAMP, DEDUCT, DIRECT = range(len(RULES))

Loop = list[tuple[int, list[list[tuple[int, int, int, int]]]]]
Numbers = tuple[list[int], list[int], int]
Exact = tuple[int, int]


Invent = Callable[[Indicator, random.Random, int], Value]


class Times(NamedTuple):
    bare: float
    reasons: float
    scores: float


def usual_value(indicator: Indicator, rng: random.Random, number: int) -> Value:
    kind = indicator.measure.kind
    if kind == "ratio":
        denominator = rng.randint(1, 400)
        return str(rng.randint(denominator // 2, denominator)), str(denominator)
    if kind == "weighted":
        return tuple([str(rng.randint(0, 9)) for _ in indicator.measure.items])
    if kind == "ticks":
        return tuple(item for item, _ in indicator.measure.items if rng.random() < 0.8)
    most = int(indicator.rule.aim() or 40) * 8 // 5
    return str(rng.randint(0, most))


def distinct_value(indicator: Indicator, rng: random.Random, number: int) -> Value:
    """Never the same twice; ticks cannot help repeating."""
    kind = indicator.measure.kind
    if kind == "ratio":
        return str(1_000_000 + rng.randint(0, number)), str(1_000_001 + number)
    if kind == "weighted":
        return (str(number), *[str(rng.randint(0, 9)) for _ in indicator.measure.items[1:]])
    if kind == "ticks":
        return usual_value(indicator, rng, number)
    return f"{rng.randint(0, 80)}.{number:06d}"


def rows_of(system: System, platforms: int, value: Invent) -> list[Row]:
    rng = random.Random(20250101)
    indicators = system.indicators
    return [[value(indicator, rng, number) for indicator in indicators] for number in range(platforms)]


def bare_figures(system: System, rows: list[Row]) -> tuple[Loop, list[list[Exact]]]:
    """Per section its weight and categories of (rule, points, two parameters), and the same figures as (n, d)."""
    loop = []
    for section in system.sections:
        categories = []
        for category in section.categories:
            rules = []
            for indicator in category.indicators:
                rule = indicator.rule
                given = {each.name: getattr(rule, each.name) for each in rule.parameters}
                full, out_of = given.pop("full", "0"), given.get("out_of", "")
                points, first = millionths(indicator.points), millionths(next(filter(None, given.values()), "0"))
                number = RULES.index(rule.kind + bool(out_of) * "_out_of")
                rules.append((number, points, first, millionths(full)))
            categories.append(rules)
        loop.append((millionths(section.weight), categories))
    readings = [indicator.measure.reading() for indicator in system.indicators]
    return loop, [[read(value) or (0, 1) for read, value in zip(readings, row, strict=True)] for row in rows]


def bare_loop(loop: Loop, figures: list[list[Exact]]) -> list[Numbers]:
    """The same numbers and nothing else: indicator scores, category and section sums, total. Each rule is written out
    on bare integers and rounded half up; the figures are integers already; no states, rescaling, ranks or text."""
    cards = []
    for row in figures:
        scores = []
        sums = []
        total = 0
        place = 0
        for weight, categories in loop:
            section = 0
            for rules in categories:
                category = 0
                for rule, points, first, full in rules:
                    n, d = row[place]
                    place += 1
                    if rule in (LINEAR, DIRECT_OUT_OF):
                        over = first * d
                        score = points * min(n, over)
                    elif rule == PER_UNIT:
                        over = 1_000_000 * d
                        score = min(points * over, first * n)
                    elif rule == RAMP:
                        over = (full - first) * d
                        score = points * max(0, min(n - first * d, over))
                    elif rule == DEDUCT:
                        over = d
                        score = max(0, points * d - n)
                    else:
                        over = d
                        score = min(points * d, n)
                    over *= 10_000
                    score = (2 * score + over) // (2 * over)
                    scores.append(score)
                    category += score
                sums.append(category)
                section += category
            sums.append(section)
            total += weight * section
        cards.append((scores, sums, (2 * total + 1_000_000) // 2_000_000))
    return cards


@collector_at_rest()
def placed(system: System, platforms: list[Platform], rows: list[Row]) -> list[tuple[str, int, Tally]]:
    """Code, rank and tally of each platform in print order: a whole ranking as the core makes it, without reasons."""
    plan = Plan(system)
    tallies = [plan.tally(plan.scores(row, platform.targets)) for platform, row in zip(platforms, rows, strict=True)]
    places = ranks([tally.total for tally in tallies], system.tie_style)
    order = printed_order(system, [platform.code for platform in platforms], tallies)
    return [(platforms[i].code, places[i], tallies[i]) for i in order]


def agree(system: System, platforms: list[Platform], rows: list[Row], bare: list[Numbers]) -> bool:
    """Whether the core comes to the very numbers of the bare loop."""
    plan = Plan(system)
    tallies = {code: tally for code, _, tally in placed(system, platforms, rows)}
    for platform, row, (scores, sums, total) in zip(platforms, rows, bare, strict=True):
        tally = tallies[platform.code]
        parts = [n for section in tally.sections for n in (*(part.score for part in section.categories), section.score)]
        if (plan.scores(row), parts, tally.total) != (scores, sums, total):
            return False
    return True


def seconds(*works: Callable[[], object]) -> list[float]:
    """Processor seconds of each work, the best of a few rounds; they take turns, so all see the same machine."""
    best = [0.0] * len(works)
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            gc.collect()
            start = time.process_time()
            made = work()
            taken = time.process_time() - start
            del made
            best[place] = min(best[place] or taken, taken)
    return best


def measure(system: System, count: int, value: Invent) -> Times:
    """One size: the bare loop, ours with and without reasons, the ratios."""
    rows = rows_of(system, count, value)
    platforms = [Platform(f"P{number:06d}", f"平台{number}") for number in range(count)]
    loop, figures = bare_figures(system, rows)
    if not agree(system, platforms, rows, bare_loop(loop, figures)):
        raise SystemExit("the bare loop and the core do not agree")
    times = Times(
        *seconds(
            lambda: bare_loop(loop, figures),
            lambda: scorecards(system, platforms, rows),
            lambda: placed(system, platforms, rows),
        )
    )
    print(
        f"{value.__name__:15} {count:6} platforms: bare {times.bare:.3f}  with reasons {times.reasons:.3f}"
        f" (×{times.reasons / times.bare:.2f})  without {times.scores:.3f} (×{times.scores / times.bare:.2f})"
    )
    return times


def main() -> int:
    whole = int(sys.argv[1]) if len(sys.argv) > 1 else 13_000
    system = parse_system(json.loads(SYSTEM.read_text(encoding="utf-8")))
    print(f"{len(system.indicators)} indicators, best of {ROUNDS} rounds, processor seconds")
    sizes = [whole // 100, whole // 10, whole]
    usual, distinct = ([measure(system, count, value) for count in sizes] for value in (usual_value, distinct_value))
    held = [
        within(f"{whole} platforms with reasons, usual values:", usual[-1].reasons / usual[-1].bare, WITH_REASONS),
        within(f"{whole} platforms without reasons, usual values:", usual[-1].scores / usual[-1].bare, WITHOUT_REASONS),
        *[linear(sizes, [times.reasons for times in each]) for each in (usual, distinct)],
    ]
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
