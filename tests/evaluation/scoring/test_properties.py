"""What holds for every bundle: limits, monotony, ranks, and agreement with the slow second implementation."""

import json
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.scoring.canonical import canonical_bytes, file_bytes
from evaluation.scoring.measures import MEASURES
from evaluation.scoring.result import score_bundle
from evaluation.scoring.rules import RULES
from tests.evaluation.scoring import oracle
from tests.evaluation.scoring.builders import bundle, category, entry_of, indicator, one_indicator, section, system


def decimals(most, places=3, least=0):
    """Number strings with up to `places` decimals."""
    scale = 10**places
    return st.integers(least * scale, most * scale).map(lambda n: oracle.printed(Fraction(n, scale), places))


ITEMS = st.dictionaries(st.sampled_from("abcd"), decimals(5), min_size=1)


@st.composite
def measures(draw):
    """A measure and a strategy for its values."""
    kind = draw(st.sampled_from(sorted(MEASURES)))
    if kind == "count":
        return {"kind": kind}, decimals(200)
    if kind == "marks":
        return {"kind": kind}, st.lists(decimals(100, 2), min_size=1, max_size=8)
    if kind == "ratio":
        value = st.integers(1, 60).flatmap(
            lambda d: st.fixed_dictionaries({"numerator": st.integers(0, 70).map(str), "denominator": st.just(str(d))})
        )
        return {"kind": kind}, value | st.just({"numerator": "0", "denominator": "0"})
    items = draw(ITEMS)
    names = st.sampled_from(sorted(items))
    if kind == "ticks":
        return {"kind": kind, "items": items}, st.lists(names, unique=True)
    assert kind == "weighted", "how values of a new kind are drawn is said above"
    return {"kind": kind, "items": items}, st.dictionaries(names, st.integers(0, 30).map(str))


@st.composite
def rules(draw, points):
    kind = draw(st.sampled_from((*sorted(RULES), "direct_out_of")))
    above_zero = decimals(150).filter(lambda text: Fraction(text) > 0)
    if kind == "linear":
        return {"kind": kind, "target": draw(above_zero)}
    if kind == "per_unit":
        return {"kind": kind, "each": draw(decimals(3))}
    if kind == "ramp":
        zero = draw(decimals(100))
        return {"kind": kind, "zero": zero, "full": draw(decimals(100).filter(lambda f: Fraction(f) != Fraction(zero)))}
    if kind == "slope":
        floor = draw(decimals(int(Fraction(points))))
        return {"kind": kind, "full": draw(decimals(100)), "per_point": draw(decimals(3)), "floor": floor}
    if kind == "direct_out_of":
        return {"kind": "direct", "out_of": draw(above_zero)}
    assert kind in ("deduct", "direct"), "how parameters of a new kind are drawn is said above"
    return {"kind": kind}


@st.composite
def bundles(draw):
    """Two sections of up to three categories, up to five platforms; a section's first indicator always applies."""
    places = draw(st.integers(1, 4))
    values, number, parts = {}, 0, []
    for code, weight in (("S1", "0.2"), ("S2", "0.8")):
        categories, total = [], Fraction(0)
        for _ in range(draw(st.integers(1, 3))):
            indicators = []
            for _ in range(draw(st.integers(1, 3))):
                number += 1
                points = draw(decimals(20, places, least=1))
                total += Fraction(points)
                measure, value = draw(measures())
                states = st.sampled_from(("不适用", "未报"))
                always = not categories and not indicators
                if always:
                    measure, value = {"kind": "count"}, decimals(200)
                values[f"I{number}"] = value if always else value | states
                indicators.append(indicator(f"I{number}", points, measure, draw(rules(points))))
            categories.append(category(f"{code}C{len(categories)}", *indicators))
        parts.append(section(code, oracle.printed(total, places), *categories, weight=weight))
    codes = [f"W{n}" for n in range(draw(st.integers(1, 5)))]
    figures = [(code, name, draw(value)) for code in codes for name, value in values.items() if draw(st.integers(0, 9))]
    settings_of = {
        "indicator_decimals": draw(st.integers(places, 6)),
        "total_decimals": draw(st.integers(0, 6)),
        "total_cap": draw(st.none() | st.integers(0, 60).map(str)),
        "tie_style": draw(st.sampled_from(("competition", "dense"))),
        "not_applicable": draw(st.sampled_from(("within_category", "within_section"))),
    }
    return bundle(system(*parts, **settings_of), codes, figures)


@settings(max_examples=100)
@given(bundles())
def test_agrees_with_the_second_implementation(document):
    result = score_bundle(document)
    assert {card["platform"]: (card["total"], card["rank"]) for card in result["scorecards"]} == oracle.totals(document)


@settings(max_examples=60)
@given(bundles(), st.randoms(use_true_random=False))
def test_no_score_is_below_zero_or_above_its_points_and_order_is_without_effect(document, rng):
    result = score_bundle(document)
    for card in result["scorecards"]:
        for part in card["sections"]:
            for group in (part, *part["categories"]):
                assert group["score"] is None or 0 <= Fraction(group["score"]) <= Fraction(group["points"])
            entries = [entry for group in part["categories"] for entry in group["indicators"]]
            assert all(e["score"] is None or 0 <= Fraction(e["score"]) <= Fraction(e["points"]) for e in entries)

    for name in ("platforms", "figures"):
        rng.shuffle(document[name])
    again = score_bundle(document)
    assert file_bytes({**again, "bundle_sha256": ""}) == file_bytes({**result, "bundle_sha256": ""})
    # The sealed form of a bundle, with its keys in another order, gives the very same result.
    assert score_bundle(json.loads(canonical_bytes(document))) == again


@settings(max_examples=60)
@given(bundles())
def test_ranks_agree_with_totals_and_cards_stand_in_print_order(document):
    cards = score_bundle(document)["scorecards"]
    found = [(Fraction(card["total"]), card["rank"], card["platform"]) for card in cards]
    assert found == sorted(found, key=lambda entry: (-entry[0], entry[2]))
    assert found[0][1] == 1
    for (above, rank, _), (below, next_rank, _) in pairwise(found):
        assert (above == below) == (rank == next_rank)


@settings(max_examples=200)
@given(st.data())
def test_a_larger_x_never_lowers_a_score_except_where_less_is_better(data):
    rule = data.draw(rules("10"))
    low, high = sorted(data.draw(st.tuples(decimals(200, 6), decimals(200, 6))), key=Fraction)
    scores = [
        Fraction(entry_of(score_bundle(one_indicator({"kind": "count"}, rule, value)), "I1")["score"])
        for value in (low, high)
    ]
    falls = rule["kind"] == "deduct" or (rule["kind"] == "ramp" and Fraction(rule["zero"]) > Fraction(rule["full"]))
    assert scores[0] >= scores[1] if falls else scores[0] <= scores[1]


@settings(max_examples=100)
@given(st.data())
def test_the_printed_measure_is_x_half_up_to_six_places(data):
    measure, values = data.draw(measures())
    value = data.draw(values)
    x = oracle.measured(measure, value)
    if x is None:
        return
    entry = entry_of(score_bundle(one_indicator(measure, {"kind": "direct"}, value)), "I1")
    assert Fraction(entry["measure"]) == oracle.half_up(x, 6)
    assert "." not in entry["measure"] or not entry["measure"].endswith(("0", "."))
