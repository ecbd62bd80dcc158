"""Totals, the cap, ranks, ties and print order."""

import itertools
import random

import pytest

from evaluation.scoring.ranks import ranks
from evaluation.scoring.result import score_bundle
from tests.evaluation.scoring.builders import bundle, category, indicator, section, system


def standings(values, **more):
    """One indicator of 100 points; the value is the score."""
    alone = section("S", "100", category("C", indicator("I", "100")))
    figures = [(code, "I", value) for code, value in values.items()]
    result = score_bundle(bundle(system(alone, **more), platforms=list(values), figures=figures))
    return [(card["rank"], card["platform"], card["total"]) for card in result["scorecards"]]


# 总分(已按高低排列), competition 名次, dense 名次
TIES = [
    ([90, 80, 80, 70], [1, 2, 2, 4], [1, 2, 2, 3]),  # 并列第二
    ([90, 90, 80], [1, 1, 3], [1, 1, 2]),  # 并列第一
    ([90, 80, 80], [1, 2, 2], [1, 2, 2]),  # 并列末位
    ([80, 80, 80], [1, 1, 1], [1, 1, 1]),  # 全部并列
    ([90, 90, 80, 70, 70, 60], [1, 1, 3, 4, 4, 6], [1, 1, 2, 3, 3, 4]),
    ([5], [1], [1]),
    ([], [], []),
]


@pytest.mark.parametrize(("totals", "competition", "dense"), TIES)
def test_tie_styles(totals, competition, dense):
    assert ranks(totals, "competition") == competition
    assert ranks(totals, "dense") == dense


def test_equal_ranks_stand_by_code_point_of_the_platform_code():
    assert standings({"w1": "80", "W2": "80", "W10": "80", "株": "80", "A": "90", "𠮷": "80", "\uff21": "80"}) == [
        (1, "A", "90.00"),
        (2, "W10", "80.00"),
        (2, "W2", "80.00"),
        (2, "w1", "80.00"),
        (2, "株", "80.00"),
        (2, "\uff21", "80.00"),
        (2, "𠮷", "80.00"),
    ]


def test_rank_is_taken_on_the_rounded_total():
    # 80.04 与 80.00 取一位小数后同为 80.0,并列
    assert standings({"W1": "80.00", "W2": "80.04", "W3": "80.05"}, total_decimals=1) == [
        (1, "W3", "80.1"),
        (2, "W1", "80.0"),
        (2, "W2", "80.0"),
    ]


def test_the_cap_cuts_the_rounded_total_and_makes_ties():
    assert standings({"W1": "99", "W2": "95", "W3": "94.9"}, total_cap="95") == [
        (1, "W1", "95.00"),
        (1, "W2", "95.00"),
        (3, "W3", "94.90"),
    ]
    assert standings({"W1": "94.99"}, total_cap="95", total_decimals=0) == [(1, "W1", "95")]
    assert standings({"W1": "50"}, total_cap="0") == [(1, "W1", "0.00")]


def test_the_total_weighs_the_sections_and_rounds_half_up_once():
    parts = [
        section("A", "100", category("CA", indicator("IA", "100")), weight="0.25"),
        section("B", "100", category("CB", indicator("IB", "100")), weight="0.75"),
    ]
    result = score_bundle(bundle(system(*parts), figures=[("W01", "IA", "70.1"), ("W01", "IB", "80.32")]))
    card = result["scorecards"][0]
    assert [s["weighted"] for s in card["sections"]] == ["17.525", "60.24"]  # 合计 77.765
    assert card["total"] == "77.77"


def print_order(entries, order, mode="within_category"):
    """Two sections of equal weight; totals are always equal, so that only `print_order` decides."""
    parts = [
        section("A", "10", category("CA", indicator("IA")), weight="0.5"),
        section("B", "10", category("CB", indicator("IB", "6")), category("CC", indicator("IC", "4")), weight="0.5"),
    ]
    figures = [(code, name, value) for code, values in entries.items() for name, value in values.items()]
    document = bundle(system(*parts, print_order=order, not_applicable=mode), platforms=list(entries), figures=figures)
    result = score_bundle(document)
    assert {card["rank"] for card in result["scorecards"]} == {1}
    return [card["platform"] for card in result["scorecards"]]


TIED = {
    "W1": {"IA": "6", "IB": "1", "IC": "3"},
    "W2": {"IA": "5", "IB": "4", "IC": "1"},
    "W3": {"IA": "6", "IB": "2", "IC": "2"},
    "W4": {"IA": "4", "IB": "3.6", "IC": "不适用"},  # IB 3.6×10÷6=6
}


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([], ["W1", "W2", "W3", "W4"]),
        (["platform"], ["W1", "W2", "W3", "W4"]),
        (["section:A", "platform"], ["W1", "W3", "W2", "W4"]),
        (["section:B"], ["W4", "W2", "W1", "W3"]),
        (["category:CB", "platform"], ["W2", "W4", "W3", "W1"]),
        (["category:CC", "platform"], ["W1", "W3", "W2", "W4"]),  # 类别不适用的排在最后
        (["section:A", "category:CB"], ["W3", "W1", "W2", "W4"]),
        (["platform", "section:B"], ["W4", "W2", "W1", "W3"]),  # 平台编码总在最后
    ],
)
def test_print_order_orders_equal_ranks_and_changes_no_rank(order, expected):
    assert print_order(TIED, order) == expected


def test_input_order_changes_nothing_but_the_digest():
    rng = random.Random(2025)
    kinds = [
        indicator("I", "50"),
        indicator("T", "20", {"kind": "ticks", "items": {"a": "5", "b": "7", "c": "8"}}),
        indicator("M", "30", {"kind": "marks"}, {"kind": "direct"}),
    ]
    codes = [f"W{number}" for number in range(9)]
    figures: list[tuple[str, str, object]] = [(code, "I", str(rng.randint(0, 3))) for code in codes]
    figures += [(code, "T", rng.sample(["a", "b", "c"], 2)) for code in codes]
    figures += [(code, "M", [str(rng.randint(0, 30)) for _ in range(6)]) for code in codes]
    excluded = [{"code": code, "name": code, "reason": "新建"} for code in ("X2", "X1")]
    document = bundle(system(section("S", "100", category("C", *kinds))), codes, figures, not_ranked=excluded)
    first = score_bundle(document)
    assert [entry["code"] for entry in first["not_ranked"]] == ["X1", "X2"]

    for _ in range(20):
        for key in ("platforms", "figures", "not_ranked"):
            rng.shuffle(document[key])
        for figure in document["figures"]:
            if isinstance(figure["value"], list):
                rng.shuffle(figure["value"])
        again = score_bundle(document)
        assert again["bundle_sha256"] != first["bundle_sha256"]
        assert {**again, "bundle_sha256": first["bundle_sha256"]} == first


def test_the_order_inside_the_system_is_the_order_of_print_and_changes_no_score():
    parts = [category("C1", indicator("A", "40"), indicator("B", "30")), category("C2", indicator("D", "30"))]
    figures = [("W1", "A", "20"), ("W1", "B", "11"), ("W2", "D", "30"), ("W2", "A", "1")]
    seen = set()
    for order in itertools.permutations(parts):
        document = bundle(system(section("S", "100", *order)), ["W1", "W2"], figures)
        cards = score_bundle(document)["scorecards"]
        assert [c["code"] for c in cards[0]["sections"][0]["categories"]] == [c["code"] for c in order]
        seen.add(str([(card["platform"], card["rank"], card["total"]) for card in cards]))
    assert len(seen) == 1


def test_no_platforms_make_an_empty_ranking():
    alone = section("S", "10", category("C", indicator()))
    assert score_bundle(bundle(system(alone), platforms=[]))["scorecards"] == []


def test_not_ranked_platforms_are_echoed_and_take_no_rank():
    alone = section("S", "10", category("C", indicator()))
    excluded = [{"code": "W09", "name": "新建窗口平台", "reason": "2025年7月1日后验收,本年度不参评"}]
    result = score_bundle(bundle(system(alone), not_ranked=excluded))
    assert result["not_ranked"] == excluded
    assert [card["platform"] for card in result["scorecards"]] == ["W01"]
