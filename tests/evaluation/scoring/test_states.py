"""Missing and not applicable, at each level and in both modes, with what print says (折算)."""

import pytest

from evaluation.scoring.rescaling import category_note, section_note
from evaluation.scoring.result import InvalidBundleError, score_bundle
from tests.evaluation.scoring.builders import (
    bundle,
    card_of,
    category,
    entry_of,
    indicator,
    one_indicator,
    section,
    system,
)

RATIO = {"kind": "ratio"}
MODES = ("within_category", "within_section")


def two_categories(mode, **values):
    """C1: A 10 分、B 20 分;C2: D 30 分、E 40 分;每项直接得分。"""
    alone = section(
        "S",
        "100",
        category("C1", indicator("A", "10"), indicator("B", "20")),
        category("C2", indicator("D", "30"), indicator("E", "40")),
    )
    figures = [("W01", code, value) for code, value in values.items()]
    return score_bundle(bundle(system(alone, not_applicable=mode), figures=figures))


# 各列为方式、各指标数据、类别得分与适用分值、部分得分与适用分值
LEVELS = [
    # 全部适用时两种方式相同
    ("within_category", dict(A="7", B="11", D="25", E="31"), [("18.00", "30"), ("56.00", "70")], ("74.00", "100")),
    ("within_section", dict(A="7", B="11", D="25", E="31"), [("18.00", "30"), ("56.00", "70")], ("74.00", "100")),
    # 一个指标不适用:类别内折算 11×30÷20=16.5;部分内折算 67×100÷90=74.44…
    ("within_category", dict(A="不适用", B="11", D="25", E="31"), [("16.50", "20"), ("56.00", "70")], ("72.50", "100")),
    ("within_section", dict(A="不适用", B="11", D="25", E="31"), [("11.00", "20"), ("56.00", "70")], ("74.44", "90")),
    # 类别内折算先四舍五入:11.11×30÷20=16.665→16.67
    ("within_category", dict(A="不适用", B="11.11", D="25", E="31"), [("16.67", "20"), ("56.00", "70")],
     ("72.67", "100")),
    # 整个类别不适用:类别退出,部分按其余类别折算 56×100÷70=80
    ("within_category", dict(A="不适用", B="不适用", D="25", E="31"), [(None, "0"), ("56.00", "70")], ("80.00", "70")),
    ("within_section", dict(A="不适用", B="不适用", D="25", E="31"), [(None, "0"), ("56.00", "70")], ("80.00", "70")),
    # 类别先折算取两位,部分再折算:25.01×70÷30=58.3566…→58.36,58.36×100÷70=83.3714…→83.37
    ("within_category", dict(A="不适用", B="不适用", D="25.01", E="不适用"), [(None, "0"), ("58.36", "30")],
     ("83.37", "70")),
    ("within_section", dict(A="不适用", B="不适用", D="25.01", E="不适用"), [(None, "0"), ("25.01", "30")],
     ("83.37", "30")),
    # 未报计0分,仍占分值
    ("within_category", dict(A="未报", B="11", D="25", E="31"), [("11.00", "30"), ("56.00", "70")], ("67.00", "100")),
    ("within_section", dict(B="11", D="25", E="31"), [("11.00", "30"), ("56.00", "70")], ("67.00", "100")),
]  # fmt: skip


@pytest.mark.parametrize(("mode", "values", "categories", "whole"), LEVELS)
def test_rescaling_at_each_level(mode, values, categories, whole):
    found = card_of(two_categories(mode, **values))["sections"][0]
    assert [(c["score"], c["applicable_points"]) for c in found["categories"]] == categories
    assert [c["points"] for c in found["categories"]] == ["30", "70"]
    assert (found["score"], found["applicable_points"]) == whole
    assert found["points"] == "100"


def test_print_says_when_a_category_was_rescaled():
    found = card_of(two_categories("within_category", A="不适用", B="11.11", D="25", E="31"))["sections"][0]
    first, second = found["categories"]
    assert category_note(first, "within_category") == "折算:11.11 × 30 ÷ 20 = 16.665,四舍五入 16.67"
    assert category_note(second, "within_category") == ""
    assert section_note(found) == ""


def test_print_says_when_a_section_was_rescaled():
    found = card_of(two_categories("within_category", A="不适用", B="不适用", D="25", E="31"))["sections"][0]
    assert category_note(found["categories"][0], "within_category") == ""
    assert section_note(found) == "折算:56 × 100 ÷ 70 = 80.00"

    found = card_of(two_categories("within_section", A="不适用", B="11", D="25", E="31"))["sections"][0]
    assert [category_note(c, "within_section") for c in found["categories"]] == ["", ""]
    assert section_note(found) == "折算:67 × 100 ÷ 90 = 74.4444…,四舍五入 74.44"


@pytest.mark.parametrize("mode", MODES)
def test_a_section_in_which_nothing_is_applicable_is_a_fault(mode):
    with pytest.raises(InvalidBundleError) as refused:
        two_categories(mode, A="不适用", B="不适用", D="不适用", E="不适用")
    assert [fault.path for fault in refused.value.faults] == ["$.platforms[0]"]


def test_not_applicable_is_neither_zero_nor_full():
    assert entry_of(two_categories("within_category", A="不适用"), "A") == {
        "code": "A", "state": "not_applicable", "measure": None, "points": "10", "score": None, "reason": "不适用"
    }  # fmt: skip


@pytest.mark.parametrize("values", [{}, {"A": "未报"}], ids=["no figure at all", "said to be missing"])
def test_missing_scores_zero_and_stays_marked_missing(values):
    assert entry_of(two_categories("within_category", **values), "A") == {
        "code": "A", "state": "missing", "measure": None, "points": "10", "score": "0.00", "reason": "未报,计0分"
    }  # fmt: skip


def test_missing_is_zero_even_where_a_figure_of_zero_would_be_full():
    document = one_indicator({"kind": "count"}, {"kind": "deduct"}, "未报")
    assert entry_of(score_bundle(document), "I1")["score"] == "0.00"


def test_zero_over_zero_is_not_applicable():
    alone = section("S", "20", category("C", indicator("A", measure=RATIO), indicator("B")))
    figures = [("W01", "A", {"numerator": "0.0", "denominator": "0"}), ("W01", "B", "5")]
    card = card_of(score_bundle(bundle(system(alone), figures=figures)))
    assert card["sections"][0]["categories"][0]["indicators"][0]["state"] == "not_applicable"
    assert card["total"] == "10.00"


def test_zero_over_something_is_a_zero():
    document = one_indicator(RATIO, {"kind": "direct"}, {"numerator": "0", "denominator": "3"})
    assert entry_of(score_bundle(document), "I1")["state"] == "scored"


def test_points_of_zero_never_divide():
    # 只有 0 分的指标适用时,类别没有可折算的分值,按不适用退出
    alone = section(
        "S", "10", category("C1", indicator("A", "0"), indicator("B", "4")), category("C2", indicator("D", "6"))
    )
    figures = [("W01", "A", "1"), ("W01", "B", "不适用"), ("W01", "D", "3")]
    for mode in MODES:
        found = card_of(score_bundle(bundle(system(alone, not_applicable=mode), figures=figures)))["sections"][0]
        assert [c["score"] for c in found["categories"]] == [None, "3.00"]
        assert found["score"] == "5.00"
