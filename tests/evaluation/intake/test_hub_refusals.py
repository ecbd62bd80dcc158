"""What a bad hub workbook is told: every fault by sheet, row, column, value and what was expected, nothing changed."""

import io
import zipfile
from typing import Any

import pytest

from core.errors import Refusal
from core.periods import Quarter
from evaluation.intake.models import Figure, ImportBatch
from tests.evaluation.intake.workbooks import QUARTER, demo_content, edited, read
from tests.factories import PlatformFactory

COUNT = "应为:不小于0的整数"
S = "工作表“运营数据”"
HETANG = "荷塘区中小企业公共服务窗口平台"

CELLS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown platform": (
        {"B6": "CLU-99"},
        f"{S}第6行“B 平台编码”列:平台编码不在登记名录中(现为“CLU-99”);应为:CLU-01(该名称登记的编码)",
    ),
    "unknown code and name": (
        {"B6": "X-1", "C6": "外市平台"},
        f"{S}第6行“B 平台编码”列:平台编码不在登记名录中(现为“X-1”);应为:已登记平台的编码;新平台请先登记",
    ),
    "unknown name without code": (
        {"B6": None, "C6": "外市平台"},
        f"{S}第6行“C 平台名称”列:平台名称不在登记名录中(现为“外市平台”);应为:已登记平台的名称,或填写平台编码",
    ),
    "no code and no name": (
        {"B6": None, "C6": None},
        f"{S}第6行“B 平台编码”列:平台编码和平台名称均为空;应为:每行写明平台编码或平台名称",
    ),
    "duplicate row": (
        {"B14": "CNT-01", "C14": HETANG},
        f"{S}第14行“B 平台编码”列:平台重复(现为“CNT-01”);应为:每个平台只有一行,第13行已有该平台",
    ),
    "code and name disagree": (
        {"C14": HETANG},
        f"{S}第14行“C 平台名称”列:平台编码与平台名称不一致(现为“{HETANG}”);应为:芦淞区中小企业公共服务窗口平台",
    ),
    "wrong type": (
        {"D14": "产业集群窗口平台"},
        f"{S}第14行“D 平台类型”列:平台类型与登记不一致(现为“产业集群窗口平台”);应为:县(市、区)综合窗口平台",
    ),
    "text in number": ({"E6": "十二"}, f"{S}第6行“E 政策信息发布(条)”列:单元格不是数字(现为“十二”);{COUNT}"),
    "negative": ({"Q6": -3}, f"{S}第6行“Q 培训人次(人次)”列:单元格是负数(现为“-3”);{COUNT}"),
    "decimals in a count": ({"E6": 2.5}, f"{S}第6行“E 政策信息发布(条)”列:单元格不是整数(现为“2.5”);{COUNT}"),
    "percent": ({"E6": "12%"}, f"{S}第6行“E 政策信息发布(条)”列:单元格带有百分号,请填写数值本身(现为“12%”);{COUNT}"),
    "misplaced comma": (
        {"E6": "1,23"},
        f"{S}第6行“E 政策信息发布(条)”列:单元格的千位分隔符位置不对(现为“1,23”);{COUNT}",
    ),
    "logical value": (
        {"E6": True},
        f"{S}第6行“E 政策信息发布(条)”列:单元格是逻辑值,不是数字(现为“TRUE”);{COUNT}",
    ),
    "too large": (
        {"E6": "1234567890123"},
        f"{S}第6行“E 政策信息发布(条)”列:单元格超过12位数字(现为“1234567890123”);{COUNT}",
    ),
    "formula": ({"E6": "=1+1"}, f"{S}第6行“E”列:单元格是公式;应为:数值(选中后“复制-选择性粘贴-数值”)"),
    "error value": ({"E6": "#REF!"}, f"{S}第6行“E”列:单元格是错误值(现为“#REF!”);应为:数值或文字"),
    "settled above published": (
        {"I4": 12, "I22": 46},
        f"{S}第4行“I 已办结需求(项)”列:已办结需求大于企业需求发布(现为“12”);应为:不大于企业需求发布数7",
    ),
    "wrong totals": ({"E22": 999}, f"{S}第22行“E 政策信息发布(条)”列:合计与各行之和不一致(现为“999”);应为:173"),
    "blank total": ({"E22": None}, f"{S}第22行“E 政策信息发布(条)”列:合计为空;应为:173"),
    "wrong quarter in the title": (
        {"A1": "运营数据表(2025年第二季度,株洲市)"},
        f"{S}第1行“A”列:标题中的季度与所选期间不一致(现为“运营数据表(2025年第二季度,株洲市)”);应为:2025年第1季度",
    ),
    "no quarter in the title": (
        {"A1": "运营数据表"},
        f"{S}:表头上方的标题中没有写明季度;应为:标题中写明“2025年第1季度”",
    ),
    "wrong span": (
        {"A2": "统计周期:2025年1月1日至2025年3月30日"},
        f"{S}第2行“A”列:统计周期与所选期间不一致(现为“统计周期:2025年1月1日至2025年3月30日”)"
        ";应为:统计周期:2025年1月1日至2025年3月31日",
    ),
    "unreadable span": (
        {"A2": "统计周期:一季度"},
        f"{S}第2行“A”列:统计周期无法识别(现为“统计周期:一季度”);应为:统计周期:2025年1月1日至2025年3月31日",
    ),
}


def faults(content: bytes, quarter: Quarter = QUARTER) -> list[str]:
    with pytest.raises(Refusal) as refused:
        read(content, quarter)
    assert not ImportBatch.objects.exists()
    assert not Figure.objects.exists()
    return [str(fault) for fault in refused.value.faults]


@pytest.mark.parametrize("name", CELLS)
def test_one_bad_cell_is_named(registry, name):
    cells, message = CELLS[name]
    assert faults(edited(cells)) == [message]


def test_a_name_that_fits_two_platforms_needs_the_code(registry):
    PlatformFactory.create(code="CNT-99", name="荷塘区 中小企业公共服务窗口平台")
    assert faults(edited({"B13": None})) == [
        f"{S}第13行“C 平台名称”列:平台名称对应多个平台(现为“{HETANG}”);应为:填写平台编码以区分:CNT-01、CNT-99"
    ]


def test_a_missing_column(registry):
    assert faults(edited(change=lambda sheet: sheet.delete_cols(17))) == [
        f"{S}第3行:缺少“培训人次”列;应为:表头中有“培训人次”"
    ]


@pytest.mark.parametrize("heading", ["企业需求发布", "已办结需求"])
def test_a_missing_half_of_the_settled_share_is_named_once(registry, heading):
    """What cannot be compared without it is not complained about as well."""

    def without(sheet):
        (place,) = [cell.column for cell in sheet[3] if cell.value and str(cell.value).startswith(heading)]
        sheet.delete_cols(place)

    assert faults(edited(change=without)) == [f"{S}第3行:缺少“{heading}”列;应为:表头中有“{heading}”"]


def test_missing_code_and_name_columns(registry):
    found = faults(edited(change=lambda sheet: sheet.delete_cols(2, 2)))
    assert found[0] == f"{S}第3行:缺少“平台编码”列和“平台名称”列;应为:至少有其中一列"


def test_a_duplicate_column(registry):
    assert faults(edited({"Q3": "在线服务(次)"})) == [
        f"{S}第3行:缺少“培训人次”列;应为:表头中有“培训人次”",
        f"{S}第3行“Q 在线服务(次)”列:“在线服务”列重复,前面已有L 在线服务(次);应为:每列只有一个",
    ]


def test_no_header(registry):
    assert faults(edited(change=lambda sheet: sheet.delete_rows(3))) == [
        f"{S}:前10行中没有找到表头;应为:含“平台编码”“平台名称”“平台类型”和各数据列名称的一行"
    ]


def test_a_header_below_the_tenth_row_is_not_searched_for(registry):
    assert f"{S}:前10行中没有找到表头;应为:含“平台编码”“平台名称”“平台类型”和各数据列名称的一行" in faults(
        edited(change=lambda sheet: sheet.insert_rows(3, 8))
    )


def test_merged_cells_in_the_rows(registry):
    assert faults(edited(change=lambda sheet: sheet.merge_cells("A13:A14"))) == [
        f"{S}第13行“A”列:表头或数据行中有合并单元格(现为“A13:A14”);应为:取消合并,每行单独填写"
    ]


@pytest.mark.parametrize(
    ("merge", "row"),
    [("A13:A14", 13), ("E12:E13", 12), ("E13:F13", 13), ("E6:F6", 6), ("P21:Q21", 21), ("E20:E21", 20), ("A5:B6", 5)],
)
def test_a_merge_is_refused_in_whatever_row_it_ends_and_however_it_lies(registry, merge, row):
    """The cells under a merge read as blank: taken in, they would count as not reported and score nothing."""
    found = faults(edited(change=lambda sheet: sheet.merge_cells(merge)))
    assert any(f"第{row}行" in fault and f"有合并单元格(现为“{merge}”)" in fault for fault in found)


@pytest.mark.parametrize(
    "span",
    [
        "2025年1月1日至2025年6月30日",
        "2025年1月1日至2025年12月31日",
        "2025年1月1日至2026年3月31日",
        "2024年1月1日至2025年3月31日",
        "2025年1月2日至2025年3月31日",
        "2025年2月1日至2025年3月31日",
    ],
)
def test_a_span_that_is_not_the_quarter_from_its_first_to_its_last_day_is_refused(registry, span):
    assert faults(edited({"A2": f"统计周期:{span}"})) == [
        f"{S}第2行“A”列:统计周期与所选期间不一致(现为“统计周期:{span}”);应为:统计周期:2025年1月1日至2025年3月31日"
    ]


def test_no_totals_row(registry):
    assert faults(edited(change=lambda sheet: sheet.delete_rows(22))) == [
        f"{S}第22行:没有合计行,无法核对数据是否完整;应为:数据行之后有“合计”行"
    ]


def test_two_totals_rows_and_rows_below_the_totals(registry):
    def move_up(sheet):
        totals = [cell.value for cell in sheet[22]]
        for column, value in enumerate(totals, 1):
            sheet.cell(12, column, value)

    assert faults(edited(change=move_up)) == [
        *[f"{S}第{row}行:合计行之后还有平台数据行;应为:所有平台都在合计行之前" for row in range(13, 22)],
        f"{S}第22行:合计行重复;应为:只有一个合计行,前面第12行已是合计行",
    ]


def test_an_unknown_platform_below_the_totals_is_no_remark(registry):
    cells = {"B23": "X-1", "C23": "外市平台", "D23": "市平台", **{f"{column}23": "1" for column in "EFGHIJKLMNOPQ"}}
    found = faults(edited(cells))
    assert f"{S}第23行:合计行之后还有平台数据行;应为:所有平台都在合计行之前" in found


def test_a_table_without_platforms(registry):
    found = faults(edited(change=lambda sheet: sheet.delete_rows(4, 18)))
    assert f"{S}第3行:表中没有任何平台数据行;应为:表头下方每个平台一行" in found


def test_another_quarter_is_refused_by_title_and_span(registry):
    assert [fault.partition(":")[2].partition("(")[0] for fault in faults(edited(), Quarter(2025, 2))] == [
        "标题中的季度与所选期间不一致",
        "统计周期与所选期间不一致",
    ]


def test_all_faults_at_once_in_the_order_of_the_file(registry):
    cells = {"A1": "运营数据表", "E6": "十二", "B8": "X-9", "Q10": -1, "F10": 1.5, "D14": "市平台", "G22": 1}
    found = faults(edited(cells))
    assert [fault.partition(":")[0] for fault in found] == [
        f"{S}",
        f"{S}第6行“E 政策信息发布(条)”列",
        f"{S}第8行“B 平台编码”列",
        f"{S}第10行“F 政策解读(篇)”列",
        f"{S}第10行“Q 培训人次(人次)”列",
        f"{S}第14行“D 平台类型”列",
        f"{S}第22行“G 原创新闻(条)”列",
    ]


def test_beyond_a_thousand_faults_their_number_is_given(registry, monkeypatch):
    monkeypatch.setattr("evaluation.intake.actions.reading.SHOWN_FAULTS", 3)
    found = faults(edited({f"E{row}": "x" for row in (6, 7, 8, 9, 10)}))
    assert len(found) == 4
    assert found[-1] == "另有2处问题未逐一列出"


def test_a_damaged_file(registry):
    content = demo_content("2025Q1")
    assert "损坏" in faults(content[: len(content) // 2])[0]


def test_a_file_with_a_flipped_byte(registry):
    content = bytearray(demo_content("2025Q1"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 200
    content[place] ^= 0xFF
    assert "损坏" in faults(bytes(content))[0]


def test_an_encrypted_file(registry):
    assert "密码" in faults(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))[0]
