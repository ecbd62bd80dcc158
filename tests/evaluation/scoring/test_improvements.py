"""What a platform could still do: a table that an official could sign, and what holds for every bundle."""

import csv
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.scoring.bundle import parse_bundle
from evaluation.scoring.improvements import SHOWN, outlook, way_to_full
from evaluation.scoring.result import score_bundle
from tests.evaluation.scoring.builders import bundle, category, figure, indicator, section, system

GOLDEN = Path(__file__).parent / "golden" / "improvements.csv"
ITEMS = {
    "weighted": {"provincial": "2", "municipal": "1"},
    "ticks": {"website": "1", "other_channel": "1"},
}


def rows() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bundle_of(row: dict[str, str]):
    """The indicator alone in a section of its weight; the rest of the system is at nothing and gives nothing."""
    kind = row["口径"]
    measure = {"kind": kind, "items": ITEMS[kind]} if kind in ITEMS else {"kind": kind}
    asked = indicator("I1", row["分值"], measure, json.loads(row["规则"]))
    rest = indicator("REST", "10", {"kind": "marks"}, {"kind": "direct"})
    filler = indicator("FILL", str(100 - int(row["分值"])), {"kind": "marks"}, {"kind": "direct"})
    document = system(
        section("S", "100", category("C", asked, filler), weight=row["部分权重"]),
        section("R", "10", category("D", rest), weight=str(1 - Decimal(row["部分权重"]))),
    )
    told = row["现有数据"]
    figures = [("W01", "I1", told if told == "不适用" else json.loads(told))] if told else []
    platforms: list[dict[str, Any]] = [{"code": "W01", "name": "演示"}]
    if row["本平台目标"]:
        platforms[0]["targets"] = {"I1": row["本平台目标"]}
    return bundle(document, figures=figures) | {"platforms": platforms}


def described(improvement) -> str:
    way, kind = improvement.way, improvement.indicator.measure.kind
    names = {"municipal": "市级", "provincial": "省级", "website": "网站", "other_channel": "其他渠道"}
    items = "、".join(names[item] for item in way.items)
    return {
        "count": f"再做{way.steps}",
        "weighted": f"{items}再做{way.steps}",
        "ratio": f"达到{way.reach}%",
        "ticks": f"具备{items}",
    }[kind]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["说明"])
def test_the_table_an_official_could_sign(row):
    parsed = parse_bundle(bundle_of(row))
    found = outlook(parsed.system, parsed.rows[0], parsed.platforms[0].targets)
    if row["做法"] == "无":
        assert found.improvements == () and found.total == found.total_after
        return
    (only,) = found.improvements
    assert (described(only), only.gain, only.step_gain) == (row["做法"], row["做到后增加"], row["先做一步增加"])
    assert only.way.share == Fraction(row["离目标还差的比例"])


def test_the_cheapest_per_share_of_the_own_target_come_first():
    """1/6 of the target for 1 point (1/6), 1/38 for 1 point (1/38), 1 for 4 (1/4), 1 for 10 (1/10): the dearest is left
    out."""
    document = system(
        section(
            "S",
            "100",
            category(
                "C",
                indicator("EVENTS", "6", {"kind": "count"}, {"kind": "linear", "target": "12"}),
                indicator("RATE", "6", {"kind": "ratio"}, {"kind": "ramp", "zero": "80", "full": "95"}),
                indicator("NEWS", "4", {"kind": "count"}, {"kind": "per_unit", "each": "0.5"}),
                indicator("WORK", "10", {"kind": "count"}, {"kind": "linear", "target": "40"}),
                indicator("MARKS", "74", {"kind": "marks"}, {"kind": "direct"}),
            ),
        )
    )
    parsed = parse_bundle(
        bundle(document, figures=[("W01", "EVENTS", "10"), ("W01", "RATE", {"numerator": "37", "denominator": "40"})])
    )
    found = outlook(parsed.system, parsed.rows[0])
    assert [(each.indicator.code, each.gain) for each in found.improvements] == [
        ("RATE", "1.00"),
        ("WORK", "10.00"),
        ("EVENTS", "1.00"),
    ]
    assert (found.total, found.total_after) == ("10.00", "22.00")


def test_among_equally_cheap_ones_the_greater_gain_comes_first_and_then_the_systems_order():
    """Each misses 1/20 of its own target for every point: the one with less to gain last, equal ones as they stand."""
    linear = {"kind": "linear", "target": "60"}
    halfway, *untouched = ("HALF", "LATER", "EARLIER")
    counts = [indicator(code, "20", {"kind": "count"}, linear) for code in (halfway, *untouched)]
    marks = indicator("MARKS", "40", {"kind": "marks"}, {"kind": "direct"})
    document = system(section("S", "100", category("C", *counts, marks)))
    parsed = parse_bundle(bundle(document, figures=[("W01", halfway, "30")]))
    found = outlook(parsed.system, parsed.rows[0]).improvements
    assert {each.way.share / Fraction(each.gain) for each in found} == {Fraction(1, 20)}
    assert [(each.indicator.code, each.gain) for each in found] == [
        ("LATER", "20.00"),
        ("EARLIER", "20.00"),
        ("HALF", "10.00"),
    ]


COUNTS = st.integers(0, 400).map(lambda n: f"{n // 10}.{n % 10}" if n % 10 else str(n // 10))
CASES = [
    ({"kind": "count"}, {"kind": "linear", "target": "12"}, COUNTS),
    ({"kind": "count"}, {"kind": "per_unit", "each": "0.7"}, COUNTS),
    ({"kind": "count"}, {"kind": "ramp", "zero": "20", "full": "3"}, COUNTS),
    (
        {"kind": "ratio"},
        {"kind": "ramp", "zero": "80", "full": "94.5"},
        st.integers(0, 30).map(lambda n: {"numerator": str(n), "denominator": "30"}),
    ),
    (
        {"kind": "ratio"},
        {"kind": "slope", "full": "90", "per_point": "0.3", "floor": "1"},
        st.integers(0, 70).map(lambda n: {"numerator": str(n), "denominator": "70"}),
    ),
    (
        {"kind": "weighted", "items": {"a": "0.2", "b": "1", "c": "0"}},
        {"kind": "direct"},
        st.fixed_dictionaries({"a": st.integers(0, 9).map(str)}),
    ),
    ({"kind": "weighted", "items": {"late": "1"}}, {"kind": "deduct"}, st.just({"late": "2"})),
    (
        {"kind": "ticks", "items": {"a": "1", "b": "2.5", "c": "0"}},
        {"kind": "direct"},
        st.sampled_from([[], ["a"], ["b"]]),
    ),
]


@st.composite
def bundles(draw):
    """A bundle of one platform with one to eight indicators, some missing, some not applicable."""
    chosen = draw(st.lists(st.sampled_from(CASES), min_size=1, max_size=8))
    points = [draw(st.integers(1, 12)) for _ in chosen]
    entries = [indicator(f"I{n}", str(points[n]), *case[:2]) for n, case in enumerate(chosen)]
    rest = 100 - sum(points)
    entries.append(indicator("REST", str(rest), {"kind": "marks"}, {"kind": "direct"}))
    half = len(entries) // 2
    parts = [category("C1", *entries[:half])] if half else []
    document = system(
        section("S", "100", *parts, category("C2", *entries[half:])),
        not_applicable=draw(st.sampled_from(["within_category", "within_section"])),
        total_cap=draw(st.sampled_from([None, "60"])),
    )
    figures = []
    for number, case in enumerate(chosen):
        value = draw(st.one_of(case[2], st.just("不适用"), st.none()))
        if value is not None:
            figures.append(("W01", f"I{number}", value))
    return bundle(document, figures=figures)


@settings(max_examples=200)
@given(bundles())
def test_no_improvement_lowers_the_total_and_together_they_never_pass_a_hundred(document):
    parsed = parse_bundle(document)
    row = parsed.rows[0]
    found = outlook(parsed.system, row)
    gains = [Decimal(each.gain) for each in found.improvements]
    assert len(gains) <= SHOWN and all(gain >= 0 for gain in gains)
    assert all(Decimal(each.step_gain) >= 0 for each in found.improvements)
    assert Decimal(found.total) + sum(gains) == Decimal(found.total_after) <= 100
    assert found.total == score_bundle(document)["scorecards"][0]["total"]


@settings(max_examples=100)
@given(bundles())
def test_every_way_ends_at_full_points_and_one_step_less_does_not(document):
    parsed = parse_bundle(document)
    assert parsed.system.indicators
    for place, asked in enumerate(parsed.system.indicators):
        way = way_to_full(asked, parsed.rows[0][place])
        if way is None:
            continue
        assert way.steps >= 1 and 0 < way.share <= 1
        if asked.measure.kind != "ticks":
            assert way_to_full(asked, way.after) is None


def test_figure_of_the_builders_says_what_the_table_says():
    assert figure("W01", "I1", "不适用")["state"] == "not_applicable"


def test_zero_over_zero_applies_to_nobody_and_leaves_nothing_to_improve():
    asked = indicator("I1", "10", {"kind": "ratio"}, {"kind": "ramp", "zero": "80", "full": "95"})
    other = indicator("I2", "10", {"kind": "marks"}, {"kind": "direct"})
    figures = [("W01", "I1", {"numerator": "0", "denominator": "0"}), ("W01", "I2", ["5"])]
    document = bundle(system(section("S", "20", category("C", asked, other))), figures=figures)
    parsed = parse_bundle(document)
    found = outlook(parsed.system, parsed.rows[0])
    assert found.total == score_bundle(document)["scorecards"][0]["total"] == "10.00"
    assert found.improvements == ()
