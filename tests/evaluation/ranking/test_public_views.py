"""Words and comparisons that public pages print: movement against last year, rules as an official writes them."""

from decimal import Decimal

import pytest

from core.numbers import percent, plain
from core.policy import clause as clause_of
from core.templatetags.site import clause, full_width
from evaluation.ranking.documents.published_ranking import full_total, movement
from evaluation.ranking.models import Standing
from evaluation.ranking.queries.rankings import PlacedStanding
from evaluation.scoring.system import parse_system
from evaluation.wording import standard_text
from tests.evaluation.scoring.builders import parsed, section, system


@pytest.mark.parametrize(
    ("rank", "before", "places", "direction", "text"),
    [
        (3, 5, 2, "up", "上升2位"),
        (5, 3, -2, "down", "下降2位"),
        (4, 4, 0, "same", "与上年持平"),
        (1, None, None, "none", "上年无名次"),
    ],
)
def test_movement_against_last_year(rank, before, places, direction, text):
    found = movement(PlacedStanding(Standing(rank=rank), before, places))
    assert (found.direction, found.text) == (direction, text)


def test_a_printed_standard_is_measure_and_rule_the_heaviest_item_first():
    items = {"municipal": "0.5", "national": "3", "provincial": "1.5"}
    weighted = parsed("C13", "5", {"kind": "weighted", "items": items}, {"kind": "direct"}, unit="家")
    assert standard_text(weighted) == "按国家级3、省级1.5、市级0.5折算;按折算数直接计分,最高5分"
    count = parsed("A11", "4", {"kind": "count"}, {"kind": "linear", "target": "60"}, unit="条")
    assert standard_text(count) == "达到目标值60条得4分,不足按比例计分"
    assert standard_text(count, "40") == "达到目标值40条得4分,不足按比例计分"


def test_the_most_a_total_can_be_is_exact_and_capped():
    sections = section("routine", "100", weight="0.20"), section("key_work", "110.5", weight="0.80")
    assert full_total(parse_system(system(*sections))) == "108.400"
    assert full_total(parse_system(system(*sections, total_cap="105.0"))) == "105.0"


def test_small_words():
    assert percent("0.20") == "20%"
    assert plain(Decimal("82.090000")) == "82.09"
    assert plain("100") == "100"
    assert plain(None) == ""
    assert 'href="/policy/#R3-1-1"' in clause("R3.1(1)")
    assert clause(clause_of("R3.1(1)")) == clause("R3.1(1)")
    assert clause("X9") == "X9"


def test_full_width_leaves_what_is_typed_alone():
    page = '<p title="甲,乙">甲,乙(丙):1,200</p><pre>甲,乙</pre><textarea>甲,乙</textarea><p>丁,戊</p>'
    changed = full_width(page)
    assert 'title="甲,乙"' in changed and "<pre>甲,乙</pre>" in changed and "<textarea>甲,乙</textarea>" in changed
    assert "甲\uff0c乙\uff08丙\uff09\uff1a1,200" in changed and "丁\uff0c戊" in changed
