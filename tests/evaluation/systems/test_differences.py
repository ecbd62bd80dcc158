"""The differences between two versions in sentences an official can sign: a golden page, silence for equals, and a
sentence for every field that can change."""

import copy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evaluation.systems.checks import PlannedSystem, PlannedTarget, PlannedTask, system_differences
from evaluation.systems.checks.systems import key_tasks_of, listed_indicators
from evaluation.systems.documents.plan_differences import WORDS
from tests.evaluation.year.systems import system_document

GOLDEN = Path(__file__).parent / "golden" / "differences.txt"


def plan(year: int = 2026) -> PlannedSystem:
    definition = system_document(year=year)
    tasks = {
        task["code"]: PlannedTask(f"演示文件〔{year}〕1号", "演示服务科", date(year, 11, 30))
        for task in key_tasks_of(definition)
    }
    targets = (
        PlannedTarget("CNT-07", "演示茶陵窗口平台", "K1", "80"),
        PlannedTarget("CNT-08", "演示炎陵窗口平台", "K1", "60"),
    )
    return PlannedSystem(definition, tasks, targets)


def sentences(before: PlannedSystem, after: PlannedSystem) -> list[str]:
    return [text for group in system_differences(before, after, WORDS) for text in group.sentences]


def indicator(system: PlannedSystem, code: str):
    return next(i for i in listed_indicators(system.definition) if i["code"] == code)


def changed_plan() -> PlannedSystem:
    """A year later, with a little of everything."""
    after = plan(2027)
    definition = after.definition
    indicator(after, "A11")["rule"]["target"] = "80"
    indicator(after, "A12")["points"], indicator(after, "A13")["points"] = "5", "3"
    indicator(after, "A15")["rule"]["full"] = "98"
    indicator(after, "A20").update(source="report", evidence="平台后台记录", quarterly=False)
    indicator(after, "D14")["measure"]["items"] = {"above_scale": "0.6", "listed": "2"}
    routine, work = definition["sections"]
    routine["categories"][2]["name"] = "资源品牌培育"
    tasks = work["categories"][0]["indicators"]
    tasks[1].update(points="15", name="优质中小企业梯度培育")
    tasks[:] = [task for task in tasks if task["code"] != "K9"]
    tasks.append(
        {
            **copy.deepcopy(tasks[3]),
            "code": "K10",
            "name": "演示任务:人工智能应用场景对接",
            "points": "11",
            "unit": "项",
            "source": "report",
            "rule": {"kind": "linear", "target": "6"},
        }
    )
    particulars = dict(after.tasks)
    del particulars["K9"]
    particulars["K10"] = PlannedTask("演示文件〔2027〕9号", "演示数字科", date(2027, 10, 31))
    particulars["K1"] = replace(particulars["K1"], due_on=date(2027, 9, 30))
    particulars["K3"] = replace(particulars["K3"], responsible_section="演示数字科")
    targets = (
        PlannedTarget("CNT-08", "演示炎陵窗口平台", "K1", "70"),
        PlannedTarget("CNT-09", "演示醴陵窗口平台", "A16", "900"),
    )
    return PlannedSystem({**definition, "total_cap": "100", "tie_style": "dense"}, particulars, targets)


def test_the_page_of_differences_is_the_one_that_was_read_over():
    groups = system_differences(plan(), changed_plan(), WORDS)
    text = "".join(f"{group.title}\n" + "".join(f"  {line}。\n" for line in group.sentences) for group in groups)
    assert text == GOLDEN.read_text(encoding="utf-8")


def test_equal_plans_say_nothing():
    assert system_differences(plan(), copy.deepcopy(plan()), WORDS) == []


def test_another_feed_of_the_same_source_is_said():
    after = plan()
    indicator(after, "K4")["feed"] = {"kind": "register", "recognitions": ["innovative_sme"]}
    assert sentences(plan(), after) == [
        "重点工作K4“升规入统培育”的取数方式由企业认定名单和服务记录(新增规上企业)"
        "改为企业认定名单和服务记录(创新型中小企业)"
    ]


def test_numbers_are_compared_by_what_they_are_worth():
    after = plan()
    indicator(after, "A11")["rule"]["target"] = "60.0"
    assert sentences(plan(), after) == []


@pytest.mark.parametrize(
    ("code", "edit", "said"),
    [
        ("A11", {"rule": {"kind": "linear", "target": "80"}}, "指标A11“通知公告与优惠政策发布”的目标由60条改为80条"),
        ("A11", {"points": "5"}, "指标A11“通知公告与优惠政策发布”的分值由4分改为5分"),
        ("A15", {"rule": {"kind": "ramp", "zero": "80", "full": "98"}}, "指标A15“需求响应办结率”的满分线由95%改为98%"),
        ("A12", {"rule": {"kind": "per_unit", "each": "0.25"}}, "指标A12“政策解读”的每篇计分由0.5分改为0.25分"),
        ("A12", {"source": "record"}, "指标A12“政策解读”的数据来源由省枢纽平台改为工作记录"),
        ("A12", {"quarterly": False}, "指标A12“政策解读”改为按年统计"),
        (
            "A12",
            {"rule": {"kind": "linear", "target": "8"}},
            "指标A12“政策解读”的评分标准由“每篇计0.5分,最高4分”改为“达到目标值8篇得4分,不足按比例计分”",
        ),
        ("K4", {"name": "演示"}, "重点工作K4“升规入统培育”改名为“演示”"),
    ],
)
def test_one_change_is_one_sentence(code, edit, said):
    after = plan()
    indicator(after, code).update(edit)
    assert sentences(plan(), after) == [said]


def test_moves_and_new_orders_are_said():
    after = plan()
    activity, coordination = after.definition["sections"][0]["categories"][:2]
    coordination["indicators"].append(activity["indicators"].pop(0))
    coordination["indicators"][0], coordination["indicators"][1] = coordination["indicators"][1::-1]
    assert sentences(plan(), after) == [
        "指标A11“通知公告与优惠政策发布”由“常规考核 · 平台活跃度”移至“常规考核 · 服务协同”",
        "指标顺序调整为B12、B11、B13、B21、B22",
    ]


def test_a_new_order_of_categories_is_said():
    after = plan()
    categories = after.definition["sections"][0]["categories"]
    categories.insert(0, categories.pop(1))
    assert sentences(plan(), after) == [f"类别顺序调整为{'、'.join(category['name'] for category in categories)}"]


def edited(*path: Any, **fields: Any) -> PlannedSystem:
    """The plan with other fields in the part of the document that stands at `path`."""
    after = plan()
    part: Any = after.definition
    for key in path:
        part = part[key]
    part.update(fields)
    return after


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (edited("sections", 0, name="演示部分"), "常规考核部分改名为“演示部分”"),
        (edited("sections", 0, weight="0.3"), "常规考核部分的权重由20%改为30%"),
        (edited("sections", 0, points="90"), "常规考核部分的满分由100分改为90分"),
        (edited("sections", 0, clause="R5"), "常规考核部分的政策依据由R3改为R5"),
        (edited("sections", 0, "categories", 0, name="演示类别"), "类别“平台活跃度”改名为“演示类别”"),
        (edited("sections", 0, "categories", 0, clause="R5"), "类别“平台活跃度”的政策依据由R3.1改为R5"),
        (edited(total_decimals=3), "总分保留的小数位数由2改为3"),
        (
            edited(print_order=["section:key_work", "platform"]),
            "总分相同时的排印次序由年度重点工作考核得分、常规考核得分、服务绩效得分、平台编码改为年度重点工作考核得分、平台编码",
        ),
    ],
)
def test_one_change_of_the_whole_is_one_sentence(after, said):
    assert sentences(plan(), after) == [said]


def test_another_section_is_said_both_ways():
    after = edited("sections", 0, code="other")
    assert sentences(plan(), after)[:2] == [
        "取消“常规考核”部分(权重20%,满分100分)",
        "新增“常规考核”部分(权重20%,满分100分)",
    ]


def test_another_category_is_said_both_ways():
    said = sentences(plan(), edited("sections", 0, "categories", 0, code="other"))
    assert {"新增类别“平台活跃度”", "取消类别“平台活跃度”"} <= set(said)


@pytest.mark.parametrize(
    ("code", "edit", "said"),
    [
        ("A12", {"unit": "件"}, "指标A12“政策解读”的单位由“篇”改为“件”"),
        ("A12", {"clause": "R5"}, "指标A12“政策解读”的政策依据由R3.1(1)改为R5"),
        ("A19", {"measure": {"kind": "marks"}}, "指标A19“线上服务渠道可用”的计量方式由"),
    ],
)
def test_one_change_of_an_indicator_is_said(code, edit, said):
    after = plan()
    indicator(after, code).update(edit)
    assert [text for text in sentences(plan(), after) if text.startswith(said)]


def test_counted_items_that_come_and_go_are_said():
    after = plan()
    items = indicator(after, "B22")["measure"]["items"]
    items["municipal"] = items.pop("absent")
    assert sentences(plan(), after) == [
        "指标B22“调度会议与临时任务配合”的折算增加“市级”,权数1",
        "指标B22“调度会议与临时任务配合”的折算取消“缺席”(原权数1)",
    ]


def test_a_task_whose_document_is_taken_away_says_what_it_was():
    after = plan()
    tasks = {code: task for code, task in after.tasks.items() if code != "K1"}
    (said,) = sentences(plan(), replace(after, tasks=tasks))
    assert said.endswith("不再写明依据文件(原为演示文件〔2026〕1号)和完成期限(原为2026年11月30日)")
