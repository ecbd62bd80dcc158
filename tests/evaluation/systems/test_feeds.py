"""What a system says of its feeds and of the print: sound ones, every fault with the place and what to write, and a
bundle without any of it."""

import pytest

from evaluation.scoring.faults import bundle_faults
from evaluation.scoring.system import parse_system
from evaluation.systems.actions.systems import system_document_faults
from evaluation.systems.checks.feeds import bare_system, feed_faults
from platforms.choices import EnterpriseRecognitionKind
from tests.evaluation.scoring.builders import bundle, category, indicator, section, system
from tests.evaluation.year.systems import system_document

TYPES = ("city_platform", "cluster_window", "county_window")
REVERSED = {"kind": "hub", "columns": ["published_needs", "settled_needs"]}
UNKNOWN = {"kind": "register", "recognitions": ["patent"]}
UNCOUNTED = {"kind": "register", "recognitions": ["above_scale"]}
CLICKS = {"kind": "hub", "columns": ["clicks"]}
SERVED = {"kind": "hub", "columns": ["served_enterprises"]}
ITEMS = {"little_giant": "8", "listed": "2"}
SHARE, WEIGHTED = {"kind": "ratio"}, {"kind": "weighted", "items": ITEMS}


def faults(feed=None, *, source="report", measure=None, code="I1", **more):
    fed = {} if feed is None else {"feed": feed}
    one = indicator(code, "10", measure, source=source, quarterly=True, **fed)
    document = system(section("S", "10", category("C", one)), **more)
    return [(f.path, f.message, f.expected) for f in feed_faults(document, EnterpriseRecognitionKind.values)]


@pytest.mark.parametrize("platform_type", TYPES)
def test_the_demonstrations_systems_are_sound(platform_type):
    assert system_document_faults(system_document(platform_type)) == []


@pytest.mark.parametrize(
    ("source", "measure", "feed"),
    [
        ("hub", None, {"kind": "hub", "columns": ["policy_posts"]}),
        ("hub", SHARE, {"kind": "hub", "columns": ["settled_needs", "published_needs"]}),
        ("report", None, {"kind": "register", "recognitions": ["little_giant"]}),
        ("record", None, {"kind": "register", "recognitions": ["little_giant", "listed"]}),
        ("report", WEIGHTED, {"kind": "register", "recognitions": ["little_giant", "listed"]}),
        ("record", SHARE, {"kind": "coverage"}),
        ("record", None, {"kind": "coordination"}),
        ("record", None, {"kind": "services"}),
        ("survey", SHARE, {"kind": "survey"}),
        ("assessor", None, {"kind": "assessor"}),
        ("report", None, {"kind": "platform"}),
    ],
)
def test_sound_feeds(source, measure, feed):
    assert faults(feed, source=source, measure=measure) == []


@pytest.mark.parametrize(
    ("source", "kind"),
    [("report", "platform"), ("record", "coordination"), ("survey", "survey"), ("assessor", "assessor")],
)
def test_where_the_source_leaves_no_choice_nothing_need_be_said(source, kind):
    assert faults(source=source) == []
    parsed = parse_system(system(section("S", "10", category("C", indicator(source=source)))))
    assert parsed.indicator("I1").feed.kind == kind


@pytest.mark.parametrize(
    ("source", "measure", "feed", "place", "message", "expected"),
    [
        ("hub", None, None, "", "指标I1来自省枢纽平台,缺少 feed", "policy_posts(政策信息发布)"),
        ("hub", SHARE, None, "", "缺少 feed", "[settled_needs, published_needs]"),
        ("hub", None, {"kind": "hub"}, ".columns", "不是编码的数组", "columns 为其中一列"),
        ("hub", None, CLICKS, ".columns", "没有 clicks 这一列", "online_services(在线服务)"),
        ("hub", None, {"kind": "hub", "columns": []}, ".columns", "不能组成", "columns 为其中一列"),
        ("hub", None, SERVED, ".columns", "已含以前各季度", "policy_posts(政策信息发布)"),
        ("hub", SHARE, REVERSED, ".columns", "不能组成", "依次为分子"),
        ("hub", WEIGHTED, {"kind": "hub", "columns": ["policy_posts"]}, "", "按权数折算", "按数量或按百分比计"),
        ("hub", None, {"kind": "platform"}, ".kind", "是“platform”", "数据来源 hub 的指标可用 hub"),
        ("report", None, {"columns": []}, ".kind", "缺少这个键", "platform、register、services"),
        ("report", None, "platform", "", "不是对象", '{"kind": "platform"}'),
        ("report", None, {"kind": "platform", "columns": ["policy_posts"]}, ".columns", "未知的键", "只有 kind"),
        ("report", None, UNKNOWN, ".recognitions", "未知的认定类别 patent", "listed"),
        ("report", None, {"kind": "register", "recognitions": []}, ".recognitions", "未知的认定类别", "little_giant"),
        ("report", WEIGHTED, UNCOUNTED, ".recognitions", "不能统计", "按数量计"),
        ("report", SHARE, {"kind": "register", "recognitions": ["listed"]}, ".recognitions", "不能统计", "按数量计"),
        ("record", None, {"kind": "coverage"}, "", "覆盖率不能用“按数量计”", "按百分比计"),
    ],
)  # fmt: skip
def test_every_fault_names_its_place_and_what_to_write(source, measure, feed, place, message, expected):
    ((path, said, wanted),) = faults(feed, source=source, measure=measure)
    assert path == f"$.sections[0].categories[0].indicators[0].feed{place}"
    assert message in said and expected in wanted


def test_a_code_that_is_a_columns_own_name_is_refused():
    ((path, _, _),) = faults({"kind": "platform"}, code="policy_posts")
    assert path == "$.sections[0].categories[0].indicators[0].code"


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        ({}, "$.print"),
        ("A16", "$.print"),
        ({"bulletin": {}, "letter": {}}, "$.print"),
        ({"bulletin": {"headline": "I2"}}, "$.print.bulletin.headline"),
        ({"bulletin": {"summary": ["I1", "I1"]}}, "$.print.bulletin.summary"),
        ({"bulletin": {"totals": "I1"}}, "$.print.bulletin.totals"),
        ({"bulletin": {"colour": "red"}}, "$.print.bulletin.colour"),
    ],
)
def test_the_print_names_quarterly_indicators_of_the_hub(printed, place):
    hub = {"kind": "hub", "columns": ["policy_posts"]}
    assert faults(hub, source="hub", print={"bulletin": {"headline": "I1", "summary": [], "totals": ["I1"]}}) == []
    assert [path for path, _, _ in faults(hub, source="hub", print=printed)] == [place]


def test_a_bundle_holds_neither():
    document = {**system_document(), "code": "county_window-2025"}
    assert {fault.path.rpartition(".")[2] for fault in bundle_faults(bundle(document))} == {"feed", "print"}
    bare = bundle(bare_system(document))
    assert bundle_faults(bare) == []
    assert parse_system(bare["system"]).codes == parse_system(document).codes
