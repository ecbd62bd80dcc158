"""Published lists of recognised enterprises: every fault at its cell, all or nothing, once; the newest name counts."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from platforms.actions.recognition_lists import (
    import_recognitions,
    read_recognitions,
    recognition_changes,
)
from platforms.checks.recognition_rows import Renamed
from platforms.models import Enterprise, EnterpriseRecognition, RecognitionList
from tests.core.files.excel.files import sheet_xml
from tests.core.files.excel.files import workbook as raw_workbook
from tests.factories import UserFactory
from tests.factories.collection import credit_code
from tests.platforms.enterprises.lists import ABOUT, TODAY, csv, faults, recognitions, taken_in, xlsx

A, B, C = (credit_code(number) for number in (1, 2, 3))
DATED = ("企业名称", "统一社会信用代码", "认定日期")
CHAMPION = (*DATED, "产品")


def read_csv_list(*rows, **about):
    return read_recognitions(content=csv(*rows), file_name="名单.csv", about=ABOUT._replace(**about), today=TODAY)


FAULTS = [
    (
        "a number instead of a code",
        ["演示甲", "9.143E+17"],
        "第2行“统一社会信用代码”列:“9.143E+17”像是被表格软件改成了数字",
    ),
    ("a number of 18 digits", ["演示甲", 914300000000000000], "像是被表格软件改成了数字"),
    ("a false check digit", ["演示甲", A[:-1] + ("0" if A[-1] != "0" else "1")], "不是有效的统一社会信用代码"),
    ("a code too short", ["演示甲", "91430"], "不是有效的统一社会信用代码"),
    ("a date for a code", ["演示甲", date(2026, 1, 1)], "不是统一社会信用代码"),
    ("no code", ["演示甲", None], "必须填写;应为:18位统一社会信用代码"),
    ("no name", [None, A], "“企业名称”列:必须填写"),
    ("a name of 201 characters", ["演" * 201, A], "有201个字"),
    ("a name of 300 characters", ["演" * 300, A], "有300个字"),
    (
        "a day to come",
        ["演示甲", A, date(2026, 11, 26)],
        "“认定日期”列:晚于今天(现为“2026-11-26”);应为:不晚于2026-11-25",
    ),
    ("a day that does not exist", ["演示甲", A, "2026-02-30"], "没有这一天"),
    ("a day in words", ["演示甲", A, "去年"], "不是有效日期"),
    ("a year mistyped", ["演示甲", A, "1026-01-01"], "早于2000年"),
]


@pytest.mark.parametrize(("row", "said"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_each_fault_is_told_by_sheet_row_column_value_and_what_is_wanted(row, said):
    (fault,) = faults(recognitions, [*row, None][:3], heading=DATED)
    assert fault.startswith("工作表“名单”第2行")
    assert said in fault


def test_all_faults_at_once_in_the_order_of_the_file_and_nothing_is_stored(db):
    rows = [["演示甲", A], ["演" * 201, "91430"], [None, B], ["演示甲", A]]
    found = faults(taken_in, *rows)
    assert [fault.partition("列")[0] for fault in found] == [
        "工作表“名单”第3行“企业名称”",
        "工作表“名单”第3行“统一社会信用代码”",
        "工作表“名单”第4行“企业名称”",
        "工作表“名单”第5行“统一社会信用代码”",
    ]
    assert "与第2行重复" in found[-1]
    assert not RecognitionList.objects.exists() and not Enterprise.objects.exists()


def test_unknown_missing_and_repeated_columns_are_named():
    found = faults(recognitions, ["演示甲", "制造", "x"], heading=("企业名称", "行业", "企业名称"))
    assert len(found) == 3
    assert "“统一社会信用代码”列:缺少这一列" in found[0]
    assert "“行业”列:不认识这一列" in found[1]
    assert "“企业名称”列:列名重复" in found[2]


def test_products_belong_to_champions_alone():
    (fault,) = faults(recognitions, ["演示甲", A, None, "轴承"], heading=CHAMPION)
    assert "“产品”列:不认识这一列" in fault
    reading = recognitions(
        ["演示甲", A, None, "轴承"], ["演示甲", A, None, None], heading=CHAMPION, kind="single_champion"
    )
    assert [row.product for row in reading.rows] == ["轴承", ""]


def test_one_code_with_two_names_in_a_list_is_a_fault():
    (fault,) = faults(
        recognitions, ["演示甲", A, None, "轴承"], ["演示乙", A, None, "齿轮"], heading=CHAMPION, kind="single_champion"
    )
    assert "同一代码在第2行的名称是“演示甲”" in fault


def test_formulas_are_faults_in_both_formats():
    formula = raw_workbook(sheet_xml('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'))
    (fault,) = faults(read_recognitions, content=formula, file_name="名单.xlsx", about=ABOUT, today=TODAY)
    assert "单元格是公式" in fault
    (fault,) = faults(read_csv_list, ["企业名称", "统一社会信用代码"], ["=1+1", A])
    assert fault == "第2行“企业名称”列:单元格是公式(现为“=1+1”);应为:文字(选中后“复制-选择性粘贴-数值”)"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("名单.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "只接收.xlsx和.csv文件"),
        ("名单.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版.xls"),
        ("名单.xlsx", b"", "文件是空的"),
        ("名单.csv", b"PK\x03\x04", "这不是CSV文本文件"),
        ("名单.csv", "没有,表头\r\n".encode(), "没有找到表头"),
        ("名单.csv", "企业名称,统一社会信用代码\r\n".encode(), "没有数据行"),
    ],
)
def test_files_that_are_no_list_are_refused_by_name(name, content, said):
    (fault,) = faults(read_recognitions, content=content, file_name=name, about=ABOUT, today=TODAY)
    assert said in fault


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"published_on": date(2026, 11, 26)}, "公布日期晚于今天"),
        ({"title": "  "}, "名单名称必须填写"),
        ({"kind": "unheard_of"}, "认定类别不在可选范围"),
    ],
)
def test_what_is_said_about_the_list_is_checked_too(about, said):
    (fault,) = faults(recognitions, ["演示甲", A], **about)
    assert said in fault


def test_a_heading_below_a_title_a_running_number_and_blank_rows_are_honest(db):
    content = xlsx(
        ["附件1:演示名单"],
        [],
        ["序号", "企业名称", "统一社会信用代码"],
        [1, "演示 甲", f" {A.lower()} "],
        [2, None, None],
        [3, "演示乙", B],
    )
    reading = read_recognitions(content=content, file_name="名单.xlsx", about=ABOUT, today=TODAY)
    assert [(row.row, row.name, row.credit_code) for row in reading.rows] == [(4, "演示 甲", A), (6, "演示乙", B)]


def test_a_list_is_stored_once_with_its_file_and_dates(bureau):
    outcome = taken_in(["演示甲", A, None], ["演示乙", B, "2026年8月1日"], heading=DATED, by=bureau)
    stored = RecognitionList.objects.get()
    assert outcome.is_new and outcome.recognition_list == stored
    assert (stored.row_count, stored.imported_by, stored.document_number) == (2, bureau, "演工信〔2026〕1号")
    assert list(
        EnterpriseRecognition.objects.order_by("row").values_list("enterprise__name", "recognised_on", "row")
    ) == [("演示甲", date(2026, 9, 1), 2), ("演示乙", date(2026, 8, 1), 3)]


def test_the_same_file_twice_changes_nothing_even_under_another_title(bureau):
    reading = recognitions(["演示甲", A])
    first = import_recognitions(reading=reading, by=bureau)
    again = import_recognitions(reading=reading, by=bureau)
    renamed = read_recognitions(
        content=reading.content, file_name="另名.xlsx", about=ABOUT._replace(title="另一名称"), today=TODAY
    )
    third = import_recognitions(reading=renamed, by=bureau)
    assert (again.is_new, third.is_new) == (False, False)
    assert again.recognition_list == third.recognition_list == first.recognition_list
    assert EnterpriseRecognition.objects.count() == 1


def test_a_longer_list_adds_what_is_new_and_names_what_is_known(bureau):
    taken_in(["演示甲", A], by=bureau)
    outcome = taken_in(["演示甲", A], ["演示乙", B], by=bureau, title="演示名单(补充)")
    assert outcome.is_new
    assert outcome.recognition_list and outcome.recognition_list.row_count == 1
    assert outcome.changes.notices == ["第2行的认定已在《演示小巨人名单》中登记,不重复登记"]
    nothing = taken_in(["演示乙", B], ["演示甲", A], by=bureau, title="颠倒次序")
    assert not nothing.is_new and RecognitionList.objects.count() == 2


def test_a_name_that_differs_is_noticed_with_both_names_and_the_newest_is_stored(bureau):
    taken_in(["演示甲机械有限公司", A], ["演示乙", B], by=bureau)
    reading = recognitions(
        ["演示甲机械股份有限公司", A], ["完全另一家", B], kind="provincial_srdi", title="演示省级名单"
    )
    alike, unlike = recognition_changes(reading).notices
    assert "原登记名称“演示甲机械有限公司”,名单为“演示甲机械股份有限公司”" in alike
    assert "请核对代码" not in alike and "请核对代码" in unlike
    import_recognitions(reading=reading, by=bureau)
    assert dict(Enterprise.objects.values_list("credit_code", "name")) == {A: "演示甲机械股份有限公司", B: "完全另一家"}


@pytest.mark.parametrize(
    ("old", "new", "is_alike"),
    [
        ("演示甲机械有限公司", "演示甲机械股份有限公司", True),
        ("演示甲机械有限公司", "演示甲智能装备有限公司", True),
        ("演示甲机械有限公司", "某某餐饮店", False),
    ],
)
def test_names_are_compared_by_how_much_they_share(old, new, is_alike):
    assert Renamed(2, A, old, new).is_alike is is_alike


def test_only_the_bureau_and_the_city_platform_take_lists_in(bureau, city_platform_user, auditor):
    for person in (auditor, UserFactory.create(role="window"), UserFactory.create(role="county")):
        with pytest.raises(PermissionDenied):
            taken_in(["演示甲", A], by=person)
    assert taken_in(["演示甲", A], by=city_platform_user).is_new
    assert taken_in(["演示丙", C], by=None).is_new


def test_the_run_time_role_can_do_it_all(bureau, as_app):
    assert taken_in(["演示甲", A], by=bureau).is_new
    assert taken_in(["演示甲(新)", A], by=bureau, kind="listed").is_new
