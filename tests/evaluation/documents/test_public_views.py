"""Words and comparisons that public pages print: movement against last year, rules as an official writes them."""

from decimal import Decimal

import pytest

from core.templatetags.site import clause, full_width, percent, plain
from evaluation.documents.indicator_words import rule_in_words, standard
from evaluation.documents.published_ranking import full_total, movement
from evaluation.scoring.bundle import Indicator, Measure, Rule


@pytest.mark.parametrize(
    ("rank", "before", "direction", "text"),
    [
        (3, {7: 5}, "up", "上升2位"),
        (5, {7: 3}, "down", "下降2位"),
        (4, {7: 4}, "same", "与上年持平"),
        (1, {7: None}, "none", "上年不参评"),
        (1, {8: 1}, "none", "上年未列入"),
        (1, None, "none", "上年未公布"),
    ],
)
def test_movement_against_last_year(rank, before, direction, text):
    found = movement(rank, 7, before)
    assert (found.direction, found.text) == (direction, text)


@pytest.mark.parametrize(
    ("rule", "unit", "words"),
    [
        (Rule("linear", target="60"), "条", "达到60条得满分,未达到的按比例计分"),
        (Rule("per_unit", each="0.50"), "篇", "每篇计0.5分,计满4分为止"),
        (Rule("ramp", zero="80", full="95"), "%", "95%及以上得满分,80%及以下不得分,其间按比例计分"),
        (Rule("ramp", zero="10", full="2"), "天", "2天及以下得满分,10天及以上不得分,其间按比例计分"),
        (
            Rule("slope", full="95", per_point="0.2", floor="1"),
            "%",
            "95%及以上得满分,每低1%扣0.2分,最低1分",
        ),
        (Rule("deduct"), "次", "从满分4分中扣除,扣完为止"),
        (Rule("direct"), "项", "按合计直接计分,最高4分"),
        (Rule("direct", out_of="100"), "%", "按比例计分,100%为满分"),
    ],
)
def test_rules_in_words(rule, unit, words):
    assert rule_in_words(rule, "4.0", unit) == words


def test_a_platforms_own_target_replaces_the_common_one():
    assert rule_in_words(Rule("linear", target="60"), "4", "条", target="40").startswith("达到40条")


def indicator(measure: Measure, rule: Rule, unit: str) -> Indicator:
    return Indicator("X1", "示例", "4", unit, "R3", "hub", measure, rule)


def test_items_stand_before_the_rule_the_heaviest_first():
    measure = Measure("weighted", (("municipal", "0.5"), ("national", "3")))
    assert standard(indicator(measure, Rule("direct"), "家")) == ("国家级每家计3、市级每家计0.5;按合计直接计分,最高4分")
    faults = Measure("weighted", (("late", "1"), ("returned", "0.5")))
    assert standard(indicator(faults, Rule("deduct"), "次")) == (
        "迟报每次扣1、退回改错每次扣0.5;从满分4分中扣除,扣完为止"
    )
    ticks = Measure("ticks", (("自定义", "1"),))
    assert standard(indicator(ticks, Rule("direct"), "项")).startswith("自定义计1分;")


def test_the_most_a_total_can_be_is_exact_and_capped():
    sections = [{"weight": "0.20", "points": "100"}, {"weight": "0.80", "points": "110.5"}]
    assert full_total({"sections": sections, "total_cap": None}) == "108.4"
    assert full_total({"sections": sections, "total_cap": "105.0"}) == "105"


def test_small_words():
    assert percent("0.20") == "20%"
    assert plain(Decimal("82.090000")) == "82.09"
    assert plain("100") == "100"
    assert plain(None) == ""
    assert 'href="/policy/#R3-1-1"' in clause("R3.1(1)")
    assert clause("X9") == "X9"


def test_full_width_leaves_what_is_typed_alone():
    page = '<p title="甲,乙">甲,乙(丙):1,200</p><pre>甲,乙</pre><textarea>甲,乙</textarea><p>丁,戊</p>'
    changed = full_width(page)
    assert 'title="甲,乙"' in changed and "<pre>甲,乙</pre>" in changed and "<textarea>甲,乙</textarea>" in changed
    assert "甲\uff0c乙\uff08丙\uff09\uff1a1,200" in changed and "丁\uff0c戊" in changed
