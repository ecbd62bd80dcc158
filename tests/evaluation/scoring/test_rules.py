"""The table of measures and rules: figure, x as print, score, and the reason that lets anybody recompute it."""

from typing import Any

import pytest

from evaluation.scoring.measures import MEASURES
from evaluation.scoring.result import score_bundle
from evaluation.scoring.rules import RULES
from tests.evaluation.scoring.builders import entry_of, one_indicator, parsed

COUNT = {"kind": "count"}
RATIO = {"kind": "ratio"}
MARKS = {"kind": "marks"}
LATE = {"kind": "weighted", "items": {"late": "1", "not_reported": "2", "returned": "0.5"}}
CHANNELS = {"kind": "ticks", "items": {"website": "1", "wechat": "1.5"}}
DIRECT = {"kind": "direct"}
LINEAR = {"kind": "linear", "target": "60"}
RISING = {"kind": "ramp", "zero": "80", "full": "95"}
FALLING = {"kind": "ramp", "zero": "30", "full": "10"}
SLOPE = {"kind": "slope", "full": "95", "per_point": "0.5", "floor": "2"}
OUT_OF = {"kind": "direct", "out_of": "100"}


def per_unit(each):
    return {"kind": "per_unit", "each": each}


# 分值, 指标口径, 计分规则, 数据, 实际值 x, 得分, 计分说明
TABLE: list[tuple[str, dict[str, Any], dict[str, Any], Any, str, str, str]] = [
    # linear 按目标完成比例,超过目标得满分
    ("4", COUNT, LINEAR, "52", "52", "3.47", "4 × min(1, 52 ÷ 60) = 3.4666…,四舍五入 3.47"),
    ("4", COUNT, LINEAR, "45", "45", "3.00", "4 × min(1, 45 ÷ 60) = 3.00"),
    ("4", COUNT, LINEAR, "60", "60", "4.00", "4 × min(1, 60 ÷ 60) = 4.00"),
    ("4", COUNT, LINEAR, "61", "61", "4.00", "4 × min(1, 61 ÷ 60) = 4.00"),
    ("4", COUNT, LINEAR, "0", "0", "0.00", "4 × min(1, 0 ÷ 60) = 0.00"),
    ("4.50", COUNT, {"kind": "linear", "target": "8.0"}, "2.50", "2.5", "1.41",
     "4.5 × min(1, 2.5 ÷ 8) = 1.4062…,四舍五入 1.41"),
    # 正好一半时进位
    ("1", COUNT, {"kind": "linear", "target": "200"}, "1", "1", "0.01", "1 × min(1, 1 ÷ 200) = 0.005,四舍五入 0.01"),
    # per_unit 每项若干分,至满分为止
    ("4", COUNT, per_unit("0.5"), "7", "7", "3.50", "min(4, 0.5 × 7) = 3.50"),
    ("4", COUNT, per_unit("0.5"), "9", "9", "4.00", "min(4, 0.5 × 9) = 4.00"),
    ("4", COUNT, per_unit("0.333333"), "1", "1", "0.33", "min(4, 0.333333 × 1) = 0.3333…,四舍五入 0.33"),
    ("4", COUNT, per_unit("0"), "9", "9", "0.00", "min(4, 0 × 9) = 0.00"),
    # ramp 零分线到满分线之间按比例(越多越好)
    ("3", RATIO, RISING, {"numerator": "46", "denominator": "50"}, "92", "2.40",
     "100 × 46 ÷ 50 = 92;3 × min(1, max(0, (92 − 80) ÷ (95 − 80))) = 2.40"),
    ("6", RATIO, RISING, {"numerator": "28", "denominator": "30"}, "93.333333", "5.33",
     "100 × 28 ÷ 30 = 93.3333…;6 × min(1, max(0, (93.3333… − 80) ÷ (95 − 80))) = 5.3333…,四舍五入 5.33"),
    ("3", COUNT, RISING, "79.9", "79.9", "0.00", "3 × min(1, max(0, (79.9 − 80) ÷ (95 − 80))) = 0.00"),
    ("3", COUNT, RISING, "95.1", "95.1", "3.00", "3 × min(1, max(0, (95.1 − 80) ÷ (95 − 80))) = 3.00"),
    # ramp 零分线高于满分线(越少越好)
    ("5", COUNT, FALLING, "15", "15", "3.75", "5 × min(1, max(0, (30 − 15) ÷ (30 − 10))) = 3.75"),
    ("5", COUNT, FALLING, "5", "5", "5.00", "5 × min(1, max(0, (30 − 5) ÷ (30 − 10))) = 5.00"),
    ("5", COUNT, FALLING, "31", "31", "0.00", "5 × min(1, max(0, (30 − 31) ÷ (30 − 10))) = 0.00"),
    # slope 满分线以上满分,每低一点扣分,保底
    ("10", COUNT, SLOPE, "95", "95", "10.00", "95 ≥ 95,计满分 10.00"),
    ("10", COUNT, SLOPE, "98.123456", "98.123456", "10.00", "98.123456 ≥ 95,计满分 10.00"),
    ("10", COUNT, SLOPE, "90.5", "90.5", "7.75", "max(2, 10 − 0.5 × (95 − 90.5)) = 7.75"),
    ("10", COUNT, SLOPE, "90.51", "90.51", "7.76", "max(2, 10 − 0.5 × (95 − 90.51)) = 7.755,四舍五入 7.76"),
    ("10", COUNT, SLOPE, "20", "20", "2.00", "max(2, 10 − 0.5 × (95 − 20)) = 2.00"),
    ("10", RATIO, SLOPE, {"numerator": "2", "denominator": "3"}, "66.666667", "2.00",
     "100 × 2 ÷ 3 = 66.6666…;max(2, 10 − 0.5 × (95 − 66.6666…)) = 2.00"),
    # deduct 从满分扣起,扣完为止
    ("6", LATE, {"kind": "deduct"}, {"late": "1", "returned": "1"}, "1.5", "4.50",
     "late 1 × 1 + returned 1 × 0.5 = 1.5;max(0, 6 − 1.5) = 4.50"),
    ("6", LATE, {"kind": "deduct"}, {"not_reported": "4", "late": "0"}, "8", "0.00",
     "not_reported 4 × 2 = 8;max(0, 6 − 8) = 0.00"),
    ("6", LATE, {"kind": "deduct"}, {}, "0", "6.00", "各项计数均为0,合计 0;max(0, 6 − 0) = 6.00"),
    ("6", LATE, {"kind": "deduct"}, {"late": "2.0"}, "2", "4.00", "late 2 × 1 = 2;max(0, 6 − 2) = 4.00"),
    # direct 直接得分
    ("2", CHANNELS, DIRECT, ["website"], "1", "1.00", "website 1 = 1;min(2, 1) = 1.00"),
    ("2", CHANNELS, DIRECT, ["website", "wechat"], "2.5", "2.00", "website 1 + wechat 1.5 = 2.5;min(2, 2.5) = 2.00"),
    ("2", CHANNELS, DIRECT, [], "0", "0.00", "未勾选任何项,合计 0;min(2, 0) = 0.00"),
    ("100", MARKS, DIRECT, ["84.5"], "84.5", "84.50", "min(100, 84.5) = 84.50"),
    ("100", MARKS, DIRECT, ["90.5", "85"], "87.75", "87.75", "(85 + 90.5) ÷ 2 = 87.75;min(100, 87.75) = 87.75"),
    ("100", MARKS, DIRECT, ["90", "85", "81"], "85.333333", "85.33",
     "(81 + 85 + 90) ÷ 3 = 85.3333…;min(100, 85.3333…) = 85.3333…,四舍五入 85.33"),
    # 四个评分不去掉,五个起各去掉一个最高和最低
    ("100", MARKS, DIRECT, ["80", "80", "80", "100"], "85", "85.00",
     "(80 + 80 + 80 + 100) ÷ 4 = 85;min(100, 85) = 85.00"),
    ("100", MARKS, DIRECT, ["100", "80", "90", "80", "100"], "90", "90.00",
     "去掉最高 100 和最低 80,(80 + 90 + 100) ÷ 3 = 90;min(100, 90) = 90.00"),
    # direct 按满分折算(out_of),不超过分值
    ("4", RATIO, OUT_OF, {"numerator": "11", "denominator": "12"}, "91.666667", "3.67",
     "100 × 11 ÷ 12 = 91.6666…;min(4, 4 × 91.6666… ÷ 100) = 3.6666…,四舍五入 3.67"),
    ("4", RATIO, OUT_OF, {"numerator": "13", "denominator": "12"}, "108.333333", "4.00",
     "100 × 13 ÷ 12 = 108.3333…;min(4, 4 × 108.3333… ÷ 100) = 4.00"),
    ("4", RATIO, OUT_OF, {"numerator": "0", "denominator": "12"}, "0", "0.00",
     "100 × 0 ÷ 12 = 0;min(4, 4 × 0 ÷ 100) = 0.00"),
]  # fmt: skip


@pytest.mark.parametrize(("points", "measure", "rule", "value", "x", "score", "reason"), TABLE)
def test_rule_table(points, measure, rule, value, x, score, reason):
    entry = entry_of(score_bundle(one_indicator(measure, rule, value, points)), "I1")
    assert entry == {
        "code": "I1", "state": "scored", "measure": x, "points": points, "score": score, "reason": reason
    }  # fmt: skip


def test_every_kind_stands_in_the_table():
    assert {measure["kind"] for _, measure, *_ in TABLE} == MEASURES.keys()
    assert {rule["kind"] for _, _, rule, *_ in TABLE} == RULES.keys()


# 小数位数, 数据, 得分, 计分说明
DECIMALS = [
    (0, "52", "3", "4 × min(1, 52 ÷ 60) = 3.4666…,四舍五入 3"),
    (0, "60", "4", "4 × min(1, 60 ÷ 60) = 4"),
    (1, "52", "3.5", "4 × min(1, 52 ÷ 60) = 3.4666…,四舍五入 3.5"),
    (6, "52", "3.466667", "4 × min(1, 52 ÷ 60) = 3.4666…,四舍五入 3.466667"),
    (6, "52.5", "3.500000", "4 × min(1, 52.5 ÷ 60) = 3.500000"),
]


@pytest.mark.parametrize(("decimals", "value", "score", "reason"), DECIMALS)
def test_indicator_decimals(decimals, value, score, reason):
    document = one_indicator(COUNT, LINEAR, value, "4", indicator_decimals=decimals)
    entry = entry_of(score_bundle(document), "I1")
    assert (entry["score"], entry["reason"]) == (score, reason)


def test_an_intermediate_is_cut_and_never_rounded_so_that_nobody_rounds_twice():
    # 3.46497 若先四舍五入成 3.465,再取两位便成了 3.47
    document = one_indicator(COUNT, DIRECT, "3.46497", "4")
    entry = entry_of(score_bundle(document), "I1")
    assert (entry["score"], entry["reason"]) == ("3.46", "min(4, 3.46497) = 3.4649…,四舍五入 3.46")


def test_a_platforms_own_target_replaces_the_target_for_that_platform_alone():
    document = one_indicator(COUNT, LINEAR, "20", "4")
    document["platforms"] = [
        {"code": "W01", "name": "甲", "targets": {"I1": "40"}},
        {"code": "W02", "name": "乙"},
        {"code": "W03", "name": "丙", "targets": {}},
    ]
    document["figures"] += [{"platform": code, "indicator": "I1", "value": "20"} for code in ("W02", "W03")]
    result = score_bundle(document)

    assert entry_of(result, "I1", "W01")["reason"] == "4 × min(1, 20 ÷ 40) = 2.00"
    assert entry_of(result, "I1", "W02")["reason"] == "4 × min(1, 20 ÷ 60) = 1.3333…,四舍五入 1.33"
    assert entry_of(result, "I1", "W03") == entry_of(result, "I1", "W02")


def test_the_largest_and_the_smallest_numbers_stay_exact():
    rule = {"kind": "linear", "target": "999999999999.999999"}
    document = one_indicator(COUNT, rule, "999999999999.999998", "100", indicator_decimals=6)
    assert entry_of(score_bundle(document), "I1")["score"] == "100.000000"
    document = one_indicator(COUNT, rule, "0.000001", "100", indicator_decimals=6)
    assert entry_of(score_bundle(document), "I1")["score"] == "0.000000"


def test_a_slope_says_itself_in_words_and_names_its_line():
    rule = parsed(measure=RATIO, rule=SLOPE).rule
    assert rule.text("5", "%") == "达到95%得5分,每低1%扣0.5分,最低2分"
    assert (rule.aim(), rule.aim("90")) == ("95", "90")
