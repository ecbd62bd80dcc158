"""What people type into the grid, cell by cell."""

import pytest

from evaluation.collection.checks.typed_figures import LONGEST_REASON, Entry, read_entry
from tests.evaluation.scoring.builders import parsed

COUNT = parsed("K5", measure={"kind": "count"})
RATIO = parsed("B13", measure={"kind": "ratio"})
WEIGHTED = parsed("C13", measure={"kind": "weighted", "items": {"national": "2", "municipal": "0.5"}})
TICKS = parsed("A19", measure={"kind": "ticks", "items": {"website": "1", "other_channel": "1"}})
MARKS = parsed("B99", measure={"kind": "marks"})


def read(indicator, cells, reason="", remark=""):
    return read_entry(indicator, Entry(cells, reason, remark))


@pytest.mark.parametrize(
    ("indicator", "cells", "value"),
    [
        (COUNT, {"value": "12"}, "12"),
        (COUNT, {"value": " 1 200 "}, "1200"),
        (COUNT, {"value": "12,345.50"}, "12345.5"),
        (COUNT, {"value": "052"}, "52"),
        (COUNT, {"value": "0"}, "0"),
        (COUNT, {"value": "000"}, "0"),
        (COUNT, {"value": "0.500000"}, "0.5"),
        (COUNT, {"value": ""}, None),
        (COUNT, {}, None),
        (RATIO, {"numerator": "11", "denominator": "12"}, {"numerator": "11", "denominator": "12"}),
        (RATIO, {"numerator": "", "denominator": " "}, None),
        (WEIGHTED, {"national": "1", "municipal": ""}, {"national": "1"}),
        (WEIGHTED, {"national": "0", "municipal": "0"}, {"national": "0", "municipal": "0"}),
        (WEIGHTED, {"national": ""}, None),
        (TICKS, {"website": "yes", "other_channel": "no"}, ["website"]),
        (TICKS, {"website": "no", "other_channel": "no"}, []),
        (MARKS, {"value": "85"}, ["85"]),
    ],
)
def test_sound_entries(indicator, cells, value):
    typed = read(indicator, cells)
    assert typed.faults == []
    assert typed.value == value


@pytest.mark.parametrize(
    ("indicator", "cells", "cell", "words"),
    [
        (COUNT, {"value": "-3"}, "value", "应为不小于0的数字"),
        (COUNT, {"value": "12家"}, "value", "现为“12家”"),
        (COUNT, {"value": "1e5"}, "value", "应为不小于0的数字"),
        (COUNT, {"value": "1234567890123"}, "value", "整数至多12位"),
        (COUNT, {"value": "0.1234567"}, "value", "小数至多6位"),
        (COUNT, {"value": "9" * 300}, "value", "…”"),
        (COUNT, {"value": "NaN"}, "value", "应为不小于0的数字"),
        (RATIO, {"numerator": "11"}, "denominator", "还缺分母"),
        (RATIO, {"denominator": "12"}, "numerator", "还缺分子"),
        (RATIO, {"numerator": "5", "denominator": "0"}, "denominator", "分母不能为0"),
        (RATIO, {"numerator": "0", "denominator": "0"}, "denominator", "不适用的原因"),
        (WEIGHTED, {"national": "1.5"}, "national", "应为整数"),
        (TICKS, {"website": "yes"}, "other_channel", "请选择"),
        (TICKS, {"website": "maybe", "other_channel": "no"}, "website", "请选择"),
    ],
)
def test_faulty_entries_name_the_cell(indicator, cells, cell, words):
    (fault,) = read(indicator, cells).faults
    assert fault.indicator == indicator.code
    assert fault.cell == cell
    assert words in fault.message


def test_full_width_digits_are_digits():
    assert read(COUNT, {"value": "\uff11\uff12\uff0e\uff15"}).value == "12.5"


def test_every_fault_of_a_row_at_once():
    typed = read(WEIGHTED, {"national": "x", "municipal": "1.5"}, reason="无", remark="长" * 501)
    assert [fault.cell for fault in typed.faults] == ["remark", "reason", "national", "municipal"]


def test_a_reason_is_no_essay():
    typed = read(COUNT, {}, reason="长" * (LONGEST_REASON + 1))
    assert [(fault.cell, fault.message) for fault in typed.faults] == [
        ("reason", f"不适用的原因有{LONGEST_REASON + 1}个字,最多{LONGEST_REASON}个字")
    ]
    assert read(COUNT, {}, reason="长" * LONGEST_REASON).faults == []


def test_a_value_and_a_reason_exclude_each_other():
    (fault,) = read(COUNT, {"value": "1"}, reason="本期没有").faults
    assert (fault.cell, "二者择一" in fault.message) == ("reason", True)


def test_texts_are_put_right_and_what_may_not_stay_is_named_at_its_cell():
    assert read(COUNT, {}, reason=" 本期\n没\u200b有\u3000").reason == "本期 没有"
    typed = read(COUNT, {}, reason="本期\x00没有", remark="见\U00020003")
    assert [(fault.cell, fault.message) for fault in typed.faults] == [
        ("reason", "“不适用的原因”的文字中有看不见的控制字符U+0000(第3个字符,“本期[U+0000]没有”),请删去或改用常用字"),
        ("remark", "“说明”的文字中有无字体可印的字符U+20003(第2个字符,“见\U00020003”),请删去或改用常用字"),
    ]


def test_a_reason_of_blanks_is_none():
    assert read(COUNT, {}, reason=" \u3000\n").reason == ""


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        (COUNT, "12.5"),
        (RATIO, {"numerator": "1", "denominator": "3"}),
        (WEIGHTED, {"national": "1"}),
        (TICKS, ["website"]),
        (MARKS, ["85"]),
        (COUNT, None),
        (WEIGHTED, None),
    ],
)
def test_a_stored_value_comes_back_in_its_cells(indicator, value):
    assert read(indicator, indicator.measure.typed(value)).value == value
