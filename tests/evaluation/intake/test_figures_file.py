"""The file of all other annual figures: every value by the measure of the system in force, all faults at once."""

import json

import pytest

from core.errors import Refusal
from evaluation.intake.actions import changes_of, import_reading, read_figures
from evaluation.intake.models import Figure, ImportBatch
from tests.evaluation.intake.workbooks import DEMO, figures_csv


def read(content: bytes):
    return read_figures(content=content, file_name="figures-2025.csv")


def faults(content: bytes) -> list[str]:
    with pytest.raises(Refusal) as refused:
        read(content)
    assert not ImportBatch.objects.exists()
    return [str(fault) for fault in refused.value.faults]


def number(text: str) -> str:
    return json.dumps(text)


GOOD = ("CNT-01", "D11", "2025", number("4"))


def test_the_demonstration_file_imports_cleanly(registry, systems):
    content = (DEMO / "figures-2025.csv").read_bytes()
    reading = read(content)
    batch = import_reading(reading=reading, by=None).batch
    lines = content.decode("utf-8-sig").splitlines()
    assert reading.notices == ()
    assert (batch.kind, batch.year, batch.quarter) == ("figures", 2025, 0)
    assert batch.row_count == batch.figure_count == batch.figures.count() == len(lines) - 1
    for figure in batch.figures.select_related("platform"):
        assert lines[figure.row - 1].startswith(f"{figure.platform.code},{figure.indicator},2025,")


@pytest.mark.parametrize(
    ("indicator", "value", "stored"),
    [
        ("D11", '"4"', ("reported", 4, None, None)),
        ("A17", '{"numerator": "11", "denominator": "12.5"}', ("reported", 11, 12.5, None)),
        ("A17", '{"numerator": "0", "denominator": "0"}', ("reported", 0, 0, None)),
        ("C21", '{"national": "4", "municipal": "1"}', ("reported", None, None, {"national": "4", "municipal": "1"})),
        ("A19", '["website"]', ("reported", None, None, ["website"])),
        ("A19", "[]", ("reported", None, None, [])),
        ("D11", '{"state": "not_applicable"}', ("not_applicable", None, None, None)),
        ("A19", '{"state": "missing"}', ("missing", None, None, None)),
    ],
)
def test_values_as_in_a_bundle(registry, systems, indicator, value, stored):
    batch = import_reading(reading=read(figures_csv(("CNT-01", indicator, "2025", value))), by=None).batch
    figure = batch.figures.get()
    assert (figure.state, figure.amount, figure.base, figure.parts) == stored
    assert (figure.row, figure.quarter) == (2, 0)


BAD = {
    "unknown platform": (
        ("X-1", "D11", "2025", '"4"'),
        "第2行“平台编码”列:平台编码不在登记名录中(现为“X-1”);应为:已登记平台的编码;新平台请先登记",
    ),
    "not evaluated": (
        ("BAS-01", "D11", "2025", '"4"'),
        "第2行“平台编码”列:创业创新基地不参加评价(现为“BAS-01”);应为:市平台或窗口平台的编码",
    ),
    "unknown indicator": (
        ("CNT-01", "Z9", "2025", '"4"'),
        "第2行“指标编码”列:指标编码不在该平台类型的指标体系中(现为“Z9”);应为:县(市、区)综合窗口平台2025年度指标体系中的编码",
    ),
    "hub indicator": (
        ("CNT-01", "A11", "2025", '"4"'),
        "第2行“指标编码”列:本指标由省枢纽运营数据导入,不在此文件中填报(现为“A11”);应为:删去此行",
    ),
    "not JSON": (
        ("CNT-01", "D11", "2025", "四"),
        '第2行“数值(JSON)”列:数值不是有效的JSON(现为“四”);应为:如"52"、{"numerator": "11", "denominator": "12"}',
    ),
    "unknown state": (
        ("CNT-01", "D11", "2025", '{"state": "late"}'),
        '第2行“数值(JSON)”列:状态不合要求(现为“{"state": "late"}”)'
        ';应为:{"state": "not_applicable"}或{"state": "missing"}',
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_row_is_named(registry, systems, name):
    row, message = BAD[name]
    assert faults(figures_csv(row)) == [message]


@pytest.mark.parametrize(
    ("indicator", "value", "words"),
    [
        ("D11", "4", "是数字 4"),
        ("D11", '"-4"', '是"-4"'),
        ("D11", '"1e3"', '是"1e3"'),
        ("D11", "null", "是null"),
        ("A17", '{"numerator": "3"}', "数值中的denominator:缺少这个键"),
        ("A17", '{"numerator": "3", "denominator": "0"}', "分母为0而分子为"),
        ("A17", '"3"', "应为:含 numerator 和 denominator 的对象"),
        ("C21", '{"galactic": "1"}', "数值中的galactic:未知的项目"),
        ("C21", '{"national": "1.5"}', "应为:整数"),
        ("A19", '["website", "website"]', "重复"),
        ("A19", '["fax"]', "未知的项目"),
        ("D11", '{"value": "4", "value": "5"}', "不是有效的JSON"),
        ("D11", "NaN", "不是有效的JSON"),
        ("D11", '{"state": "missing", "value": "4"}', "状态不合要求"),
        ("D11", "[" * 5000, "不是有效的JSON"),
    ],
)
def test_a_value_that_does_not_fit_its_measure(registry, systems, indicator, value, words):
    found = faults(figures_csv(("CNT-01", indicator, "2025", value)))
    assert all(fault.startswith("第2行“数值(JSON)”列:") for fault in found)
    assert words in found[0]


def test_a_bad_value_says_what_is_wrong_and_what_was_expected_apart(registry, systems):
    with pytest.raises(Refusal) as refused:
        read(
            figures_csv(
                ("CNT-01", "A17", "2025", "52"),
                ("CNT-01", "A19", "2025", '["website", "website", "fax"]'),
                ("CNT-01", "D11", "2025", '"4,应为5"'),
            )
        )
    number = '形如 "12" 或 "0.5" 的数字字符串(整数至多12位,小数至多6位,无正负号、指数、空格和多余的0)'
    assert [(fault.message, fault.expected) for fault in refused.value.faults] == [
        ("数值是数字 52", "含 numerator 和 denominator 的对象"),
        ('数值中的第2项:项目 "website" 重复', "只勾选一次"),
        ('数值中的第3项:未知的项目 "fax"', '"other_channel"、"website" 之一'),
        ('数值是"4,应为5"', number),
    ]


def test_all_faults_at_once_in_the_order_of_the_file(registry, systems):
    found = faults(
        figures_csv(
            GOOD,
            ("CNT-01", "D11", "2025", '"5"'),
            ("CNT-02", "D11", "2024", '"5"'),
            ("X-1", "D11", "x", '"5"'),
            ("CNT-03", "D11", "2025", '{"a": '),
        )
    )
    assert [fault.partition(":")[0] for fault in found] == [
        "第3行“指标编码”列",
        "第4行“年度”列",
        "第5行“平台编码”列",
        "第5行“年度”列",
        "第6行“数值(JSON)”列",
    ]
    assert found[1] == "第4行“年度”列:一个文件只能有一个年度(现为“2024”);应为:2025"


def test_columns_are_found_by_name(registry, systems):
    content = '年度,数值（JSON）,指标编码,平台编码\r\n2025,"""4""",D11,CNT-01\r\n'.encode()
    assert read(content).figure_count == 1


def test_blank_rows_are_passed_over_and_a_file_of_blank_rows_has_none(registry, systems):
    blank = ("", "", "", "")
    assert read(figures_csv(blank, GOOD, blank)).figure_count == 1
    assert faults(figures_csv(blank, blank)) == ["文件中没有数据行;应为:表头下方每行一个数据"]


def test_missing_and_duplicate_columns(registry, systems):
    assert faults("平台编码,指标编码,年度\r\nCNT-01,D11,2025\r\n".encode()) == [
        "第1行:缺少“数值(JSON)”列;应为:首行依次为:平台编码、指标编码、年度、数值(JSON)"
    ]
    assert faults('平台编码,指标编码,年度,数值(JSON),年度\r\nCNT-01,D11,2025,"""4""",2025\r\n'.encode()) == [
        "第1行“年度”列:“年度”列重复;应为:每列只有一个"
    ]


def test_without_a_year_or_rows(registry, systems):
    assert faults(figures_csv()) == ["文件中没有数据行;应为:表头下方每行一个数据"]
    assert faults(figures_csv(("CNT-01", "D11", "今年", '"4"'), ("CNT-02", "D11", "", '"4"'))) == [
        "第2行“年度”列:年度不合要求(现为“今年”);应为:四位年份,如2025",
        "第3行“年度”列:年度不合要求;应为:四位年份,如2025",
    ]
    assert [fault.partition(";")[0] for fault in faults("编码,数值(JSON)\r\nCNT-01,4\r\n".encode())] == [
        "第1行:缺少“平台编码”列",
        "第1行:缺少“指标编码”列",
        "第1行:缺少“年度”列",
    ]


def test_without_a_system_in_force_it_says_what_to_do(registry):
    assert faults(figures_csv(GOOD, ("CNT-01", "D12", "2025", '"1"'))) == [
        "县(市、区)综合窗口平台2025年度没有施行的指标体系,无法核对数据;应为:先导入并施行指标体系county_window-2025"
    ]


def test_what_the_file_leaves_out_is_a_notice(registry, systems):
    lines = (DEMO / "figures-2025.csv").read_bytes().splitlines(keepends=True)
    content = b"".join(line for line in lines if not line.startswith((b"CNT-03,D14", b"CNT-03,K2")))
    assert [str(notice) for notice in read(content).notices] == [
        "CNT-03 石峰区中小企业公共服务窗口平台未报2项(现为“D14、K2”)"
    ]


def test_the_same_twice_and_a_replacement(registry, systems):
    first = import_reading(reading=read(figures_csv(GOOD)), by=None).batch
    assert not import_reading(reading=read(figures_csv(GOOD)), by=None).is_new
    other = read(
        figures_csv((*GOOD[:3], '{"state": "not_applicable"}'), ("CNT-01", "C21", "2025", '{"national": "2"}'))
    )
    assert [(c.indicator, c.old, c.new) for c in changes_of(other).rows] == [
        ("D11", "4", "不适用"),
        ("C21", "(无)", "国家级2"),
    ]
    with pytest.raises(Refusal, match="已有有效数据"):
        import_reading(reading=other, by=None)
    batch = import_reading(reading=other, by=None, replace=True).batch
    assert batch.replaces == first
    assert Figure.objects.in_force().count() == 2


def test_the_run_time_role_can_import(registry, systems, as_app):
    assert import_reading(reading=read(figures_csv(GOOD)), by=None).is_new
