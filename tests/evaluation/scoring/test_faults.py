"""Every fault of the contract: one row each, with the place that is named and the words that say what is wrong."""

import copy

import pytest

from evaluation.scoring.faults import bundle_faults, system_faults
from tests.evaluation.scoring.builders import bundle, category, indicator, section, system

MISSING = object()  # in a row: the key is taken away


def shown(value):
    """A test's name says the same in every process."""
    return "taken away" if value is MISSING else str(value)[:60]


def sound():
    """Every measure and every rule once; two sections, three categories."""
    items = {"a": "1", "b": "2"}
    first = category(
        "C1",
        indicator("I1", rule={"kind": "linear", "target": "60"}),
        indicator("I2", measure={"kind": "ratio"}, rule={"kind": "ramp", "zero": "80", "full": "95"}),
        indicator("I3", measure={"kind": "weighted", "items": items}, rule={"kind": "deduct"}),
    )
    second = category(
        "C2",
        indicator("I4", measure={"kind": "ticks", "items": items}, rule={"kind": "per_unit", "each": "1"}),
        indicator("I5", measure={"kind": "marks"}, rule={"kind": "direct", "out_of": "100"}),
    )
    slope = {"kind": "slope", "full": "95", "per_point": "1", "floor": "2"}
    third = category("C3", indicator("I6", rule=slope, quarterly=True, evidence="导出"))
    values = {
        "I1": "52",
        "I2": {"numerator": "9", "denominator": "10"},
        "I3": {"a": "1", "b": "2"},
        "I4": ["a"],
        "I5": ["85", "90.5"],
        "I6": "90",
    }
    document = bundle(
        system(section("S1", "50", first, second, weight="0.4"), section("S2", "10", third, weight="0.6")),
        platforms=["W01", "W02"],
        figures=[("W01", code, value) for code, value in values.items()],
        not_ranked=[{"code": "W09", "name": "新建", "reason": "不参评"}],
    )
    document["platforms"][0]["targets"] = {"I1": "40"}
    document["figures"].append({"platform": "W02", "indicator": "I1", "state": "missing"})
    return document


def spoilt(path, value):
    """The sound bundle with one place changed; the path is written like '$.figures[3].value'."""
    document = sound()
    *way, last = [int(p) if p.isdigit() else p for p in path.replace("[", ".").replace("]", "").split(".")[1:]]
    node = document
    for step in way:
        node = node[step]
    if value is MISSING:
        del node[last]
    else:
        node[last] = copy.deepcopy(value)
    return document


SYSTEM_KEYS = (
    "code", "version", "indicator_decimals", "total_decimals", "total_cap", "tie_style", "print_order",
    "not_applicable", "sections",
)  # fmt: skip
OBJECTS = {
    "$": ("format", "title", "year", "platform_type", "system", "platforms", "figures"),
    "$.system": SYSTEM_KEYS,
    "$.system.sections[0]": ("code", "name", "weight", "points", "clause", "categories"),
    "$.system.sections[0].categories[0]": ("code", "name", "clause", "indicators"),
    "$.system.sections[0].categories[0].indicators[0]": (
        "code", "name", "points", "unit", "clause", "source", "measure", "rule"
    ),
    "$.system.sections[0].categories[0].indicators[2].measure": ("kind", "items"),
    "$.system.sections[0].categories[0].indicators[0].rule": ("kind", "target"),
    "$.system.sections[0].categories[0].indicators[1].rule": ("kind", "zero", "full"),
    "$.system.sections[0].categories[1].indicators[0].rule": ("kind", "each"),
    "$.system.sections[1].categories[0].indicators[0].rule": ("kind", "full", "per_point", "floor"),
    "$.platforms[0]": ("code", "name"),
    "$.not_ranked[0]": ("code", "name", "reason"),
    "$.figures[0]": ("platform", "indicator"),
    "$.figures[1].value": ("numerator", "denominator"),
}  # fmt: skip
REQUIRED = [(path, key) for path, keys in OBJECTS.items() for key in keys]
MEASURE = "$.system.sections[0].categories[0].indicators[{}].measure"
RULE = "$.system.sections[0].categories[0].indicators[{}].rule"


def test_the_sound_bundle_has_no_fault():
    assert bundle_faults(sound()) == []
    assert system_faults(sound()["system"]) == []


@pytest.mark.parametrize(("path", "key"), REQUIRED, ids=lambda value: str(value))
def test_every_required_key_is_required(path, key):
    faults = bundle_faults(spoilt(f"{path}.{key}", MISSING))
    assert f"{path}.{key}" in [fault.path for fault in faults]
    assert any("缺少这个键" in fault.message for fault in faults)


@pytest.mark.parametrize("path", OBJECTS)
def test_any_other_key_is_a_fault(path):
    faults = bundle_faults(spoilt(f"{path}.extra", "1"))
    assert [fault.path for fault in faults] == [f"{path}.extra"]
    assert "未知的键" in faults[0].message


OPTIONAL = [
    "not_ranked",
    "platforms[0].targets",
    "system.sections[1].categories[0].indicators[0].quarterly",
    "system.sections[1].categories[0].indicators[0].evidence",
    "system.sections[0].categories[1].indicators[1].rule.out_of",
]


@pytest.mark.parametrize("key", OPTIONAL)
def test_optional_keys_may_be_left_out(key):
    assert bundle_faults(spoilt(f"$.{key}", MISSING)) == []


# 改动位置, 改成什么, 应报告的位置, 应说明的问题
FAULTS = [
    # 类型和取值不对
    ("$.format", "sme-evaluation-bundle/2", "$.format", "sme-evaluation-bundle/1"),
    ("$.title", 5, "$.title", "字符串"),
    ("$.title", "\ud800", "$.title", "代理字符"),
    ("$.year", "2025", "$.year", "整数"),
    ("$.year", 2025.0, "$.year", "整数"),
    ("$.year", True, "$.year", "整数"),
    ("$.year", 2**53, "$.year", "整数"),
    ("$.platform_type", "county", "$.platform_type", "county_window"),
    ("$.system", [], "$.system", "对象"),
    ("$.platforms", {}, "$.platforms", "数组"),
    ("$.platforms", None, "$.platforms", "数组"),
    ("$.platforms[0]", "W01", "$.platforms[0]", "对象"),
    ("$.platforms[0].targets", [], "$.platforms[0].targets", "对象"),
    ("$.not_ranked", None, "$.not_ranked", "数组"),
    ("$.not_ranked[0].reason", None, "$.not_ranked[0].reason", "字符串"),
    ("$.figures", None, "$.figures", "数组"),
    ("$.figures[0]", [], "$.figures[0]", "对象"),
    ("$.figures[0].platform", 1, "$.figures[0].platform", "字符串"),
    ("$.figures[0].indicator", ["I1"], "$.figures[0].indicator", "字符串"),
    ("$.figures[6].state", "scored", "$.figures[6].state", "not_applicable"),
    ("$.figures[6].state", None, "$.figures[6].state", "not_applicable"),
    ("$.system.version", "1", "$.system.version", "整数"),
    ("$.system.indicator_decimals", 7, "$.system.indicator_decimals", "0 到 6"),
    ("$.system.indicator_decimals", -1, "$.system.indicator_decimals", "0 到 6"),
    ("$.system.total_decimals", 7, "$.system.total_decimals", "0 到 6"),
    ("$.system.tie_style", "ordinal", "$.system.tie_style", "competition"),
    ("$.system.not_applicable", "nowhere", "$.system.not_applicable", "within_section"),
    ("$.system.print_order", "platform", "$.system.print_order", "数组"),
    ("$.system.total_cap", 100, "$.system.total_cap", "数字字符串"),
    ("$.system.sections", {}, "$.system.sections", "数组"),
    ("$.system.sections[0].categories", None, "$.system.sections[0].categories", "数组"),
    ("$.system.sections[0].categories[0].indicators", None, "$.system.sections[0].categories[0].indicators", "数组"),
    ("$.system.sections[0].categories[0].indicators[0].source", "web", None, "hub"),
    ("$.system.sections[1].categories[0].indicators[0].quarterly", "true", None, "true 或 false"),
    ("$.system.sections[1].categories[0].indicators[0].evidence", None, None, "字符串"),
    # 未知的口径和规则
    (MEASURE.format(0), {"kind": "median"}, MEASURE.format(0) + ".kind", "count"),
    (MEASURE.format(0), {"kind": ["count"]}, MEASURE.format(0) + ".kind", "count"),
    (MEASURE.format(0), "count", MEASURE.format(0), "对象"),
    (MEASURE.format(0), {"kind": "count", "items": {}}, MEASURE.format(0) + ".items", "未知的键"),
    (MEASURE.format(2), {"kind": "weighted", "items": []}, MEASURE.format(2) + ".items", "对象"),
    (MEASURE.format(2), {"kind": "weighted", "items": {"a": "x", "b": "1"}}, MEASURE.format(2) + ".items.a", "数字"),
    (RULE.format(0), {"kind": "cubic"}, RULE.format(0) + ".kind", "linear"),
    (RULE.format(0), None, RULE.format(0), "对象"),
    (RULE.format(0), {"kind": "linear", "target": "60", "each": "1"}, RULE.format(0) + ".each", "未知的键"),
    (RULE.format(2), {"kind": "deduct", "out_of": "1"}, RULE.format(2) + ".out_of", "未知的键"),
    # 编码不唯一
    ("$.system.sections[1].code", "S1", None, "重复"),
    ("$.system.sections[1].categories[0].code", "C1", None, "重复"),
    ("$.system.sections[1].categories[0].indicators[0].code", "I2", None, "重复"),
    ("$.platforms[1].code", "W01", None, "重复"),
    ("$.not_ranked[0].code", "W02", None, "重复"),
    # 权重和分值合计
    ("$.system.sections[0].weight", "0.41", "$.system.sections", "1.01"),
    ("$.system.sections[0].weight", "0.399999", "$.system.sections", "0.999999"),
    ("$.system.sections[0].points", "51", "$.system.sections[0].points", "合计为 50"),
    ("$.system.sections[0].categories[0].indicators[0].points", "9", "$.system.sections[0].points", "合计为 49"),
    # 小数位
    ("$.system.sections[0].categories[0].indicators[0].points", "10.001", None, "2 位"),
    ("$.system.sections[0].points", "50.001", "$.system.sections[0].points", "2 位"),
    ("$.system.total_cap", "99.999", "$.system.total_cap", "2 位"),
    # 数据
    ("$.figures[0].platform", "W77", "$.figures[0].platform", "未知"),
    ("$.figures[0].platform", "W09", "$.figures[0].platform", "未知"),
    ("$.figures[0].indicator", "I77", "$.figures[0].indicator", "未知"),
    ("$.figures[6].platform", "W01", "$.figures[6]", "$.figures[0]"),
    ("$.figures[6].value", "1", "$.figures[6].state", "只给出一个"),
    ("$.figures[6].state", MISSING, "$.figures[6]", "既无 value 也无 state"),
    ("$.figures[0].value", 52, "$.figures[0].value", "数字字符串"),
    ("$.figures[0].value", None, "$.figures[0].value", "null"),
    ("$.figures[0].value", ["52"], "$.figures[0].value", "一个数组"),
    ("$.figures[1].value", "9", "$.figures[1].value", "numerator"),
    ("$.figures[1].value.numerator", "9%", "$.figures[1].value.numerator", "9%"),
    ("$.figures[1].value.denominator", "0", "$.figures[1].value.denominator", "分母为0"),
    ("$.figures[1].value.denominator", "0.000", "$.figures[1].value.denominator", "分母为0"),
    ("$.figures[2].value", ["a"], "$.figures[2].value", "对象"),
    ("$.figures[2].value.c", "1", "$.figures[2].value.c", "未知的项目"),
    ("$.figures[2].value.a", "1.5", "$.figures[2].value.a", "应为整数"),
    ("$.figures[2].value.a", 1, "$.figures[2].value.a", "数字字符串"),
    ("$.figures[3].value", {"a": "1"}, "$.figures[3].value", "数组"),
    ("$.figures[3].value", ["a", "c"], "$.figures[3].value[1]", "未知的项目"),
    ("$.figures[3].value", ["a", ["b"]], "$.figures[3].value[1]", "未知的项目"),
    ("$.figures[3].value", ["a", "b", "a"], "$.figures[3].value[2]", "重复"),
    ("$.figures[4].value", [], "$.figures[4].value", "至少有一个"),
    ("$.figures[4].value", "85", "$.figures[4].value", "数组"),
    ("$.figures[4].value", ["85", 90], "$.figures[4].value[1]", "数字字符串"),
    # 规则参数
    (RULE.format(0) + ".target", "0", RULE.format(0) + ".target", "大于0"),
    (RULE.format(0) + ".target", "0.00", RULE.format(0) + ".target", "大于0"),
    ("$.system.sections[0].categories[1].indicators[1].rule.out_of", "0", None, "大于0"),
    ("$.platforms[0].targets.I1", "0", "$.platforms[0].targets.I1", "大于0"),
    ("$.platforms[0].targets.I1", 40, "$.platforms[0].targets.I1", "数字字符串"),
    ("$.platforms[0].targets.I2", "40", "$.platforms[0].targets.I2", "linear"),
    ("$.platforms[0].targets.I77", "40", "$.platforms[0].targets.I77", "未知"),
    (RULE.format(1) + ".full", "80.0", RULE.format(1) + ".full", "相等"),
    ("$.system.sections[1].categories[0].indicators[0].rule.floor", "10.5", None, "高于"),
    # 打印顺序
    ("$.system.print_order", ["platform", "name"], "$.system.print_order[1]", "name"),
    ("$.system.print_order", ["section:S9"], "$.system.print_order[0]", "S9"),
    ("$.system.print_order", ["category:S1"], "$.system.print_order[0]", "category:S1"),
    ("$.system.print_order", ["section:C1"], "$.system.print_order[0]", "section:C1"),
    ("$.system.print_order", [7], "$.system.print_order[0]", "数字 7"),
    # 某部分没有任何适用的指标
    ("$.figures[5]", {"platform": "W01", "indicator": "I6", "state": "not_applicable"}, "$.platforms[0]", "[1] 中没有"),
]  # fmt: skip


# 一处改动确实另外造成的问题:改了编码,数据就成了未知;改了分值,合计就不相等
FOLLOWING = {
    ("$.system.sections[1].categories[0].indicators[0].code", "I2"): ["$.figures[5].indicator"],
    ("$.platforms[1].code", "W01"): ["$.figures[6].platform"],
    ("$.system.sections[0].categories[0].indicators[0].points", "10.001"): ["$.system.sections[0].points"],
    ("$.system.sections[0].points", "50.001"): ["$.system.sections[0].points"],
}


@pytest.mark.parametrize(("path", "value", "place", "words"), FAULTS, ids=shown)
def test_one_fault_is_found_alone_and_named(path, value, place, words):
    faults = bundle_faults(spoilt(path, value))
    assert [fault.path for fault in faults] == [place or path, *FOLLOWING.get((path, str(value)), [])]
    assert words in faults[0].message


NUMBERS = ["0", "7", "10", "0.5", "12.000001", "999999999999", "999999999999.999999", "0.0"]
NOT_NUMBERS = ["", "-1", "+1", "1e3", " 1", "1 ", "01", "00", "1.", ".5", "1,000", "１２", "٣", "1.0000001",
               "1000000000000", "NaN", "Infinity", "0x1", "1\n", "一"]  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers(text):
    assert bundle_faults(spoilt("$.figures[0].value", text)) == []


@pytest.mark.parametrize("text", NOT_NUMBERS)
def test_what_is_no_number(text):
    assert [fault.path for fault in bundle_faults(spoilt("$.figures[0].value", text))] == ["$.figures[0].value"]


def test_a_weighted_count_may_be_written_with_zeros():
    assert bundle_faults(spoilt("$.figures[2].value.a", "2.00")) == []


def test_points_may_be_written_with_more_zeros_than_decimals():
    assert bundle_faults(spoilt("$.system.sections[0].points", "50.0000")) == []


def test_sections_categories_and_indicators_have_codes_of_their_own():
    document = spoilt("$.system.sections[0].code", "C1")
    document["system"]["sections"][0]["categories"][0]["code"] = "I1"
    assert bundle_faults(document) == []


def test_zero_over_zero_in_the_only_indicator_leaves_a_section_without_anything_applicable():
    alone = section("S", "10", category("C", indicator("I", measure={"kind": "ratio"})))
    document = bundle(system(alone), ["A", "B"], [("B", "I", {"numerator": "0", "denominator": "0"})])
    assert [fault.path for fault in bundle_faults(document)] == ["$.platforms[1]"]


def test_all_faults_are_told_at_once():
    document = sound()
    document["year"] = "2025"
    document["system"]["tie_style"] = "x"
    document["system"]["sections"][0]["categories"][0]["indicators"][0]["rule"] = {"kind": "linear"}
    document["platforms"][1]["name"] = None
    document["figures"][0] = {"platform": "W77", "indicator": "I77", "value": "-1", "state": "gone", "note": "x"}
    document["figures"][4]["value"] = ["x", "y"]
    assert [fault.path for fault in bundle_faults(document)] == [
        "$.year",
        "$.system.tie_style",
        "$.system.sections[0].categories[0].indicators[0].rule.target",
        "$.platforms[1].name",
        "$.figures[0].note",
        "$.figures[0].platform",
        "$.figures[0].indicator",
        "$.figures[0].state",
        "$.figures[0].state",
        "$.figures[4].value[0]",
        "$.figures[4].value[1]",
    ]


@pytest.mark.parametrize(
    "document", [None, [], "x", 5, 1.5, True, {}, object()], ids=lambda document: type(document).__name__
)
def test_anything_at_all_is_answered_with_faults(document):
    assert bundle_faults(document)
    assert system_faults(document)


def test_a_system_alone_has_paths_from_its_own_root():
    lonely = spoilt("$.system.sections[0].weight", "0.5")["system"]
    assert [fault.path for fault in system_faults(lonely)] == ["$.sections"]


def test_a_strange_key_is_shown_on_one_line():
    faults = bundle_faults(spoilt("$.extra key\n\ud800\u2028", "1"))
    assert [str(fault).isprintable() for fault in faults] == [True]
    assert faults[0].path == '$["extra key\\n\\ud800\\u2028"]'
