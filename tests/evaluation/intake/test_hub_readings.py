"""What an honest hub workbook may look like, and what is read from it."""

from decimal import Decimal

import pytest

from core.files.excel.reader import read_workbook
from core.periods import Quarter
from evaluation.intake.actions import import_reading
from evaluation.intake.models import Figure, ImportBatch
from evaluation.systems.checks.hub_columns import HEADINGS, KEYS, SERVED_ENTERPRISES, YEAR_TO_DATE, plain_heading
from tests.evaluation.intake.workbooks import PERIODS, demo_content, edited, read
from tests.factories import RecognitionFactory


def stored(batch: ImportBatch) -> dict[tuple[str, str], Figure]:
    return {(f.platform.code, f.indicator): f for f in batch.figures.select_related("platform")}


def test_every_demonstration_workbook_imports_cleanly(registry):
    """Eleven quarters: as many rows as platforms, sums in the table equal to the totals row of the file."""
    assert len(PERIODS) == 11
    for period in PERIODS:
        content = demo_content(period)
        reading = read(content, Quarter.parse(period))
        batch = import_reading(reading=reading, by=None).batch
        rows = read_workbook(content).sheets[0].rows
        totals = next(row for row in rows if row[2] == "合计")[4:]
        amounts = {code: batch.figures.filter(indicator=code).values_list("amount", flat=True) for code in KEYS}
        sums = [sum(int(amount or 0) for amount in amounts[code]) for code in KEYS]
        assert sums == totals
        assert batch.row_count == len([row for row in rows if row[1] in registry])
        assert batch.figure_count == batch.figures.count() == batch.row_count * len(HEADINGS)
        assert reading.notices == ()


def test_settled_needs_become_a_ratio(registry):
    """已办结需求 ÷ 企业需求发布; 0 over 0 is stored as given, the scoring makes it not applicable."""
    figures = stored(import_reading(reading=read(demo_content("2025Q1")), by=None).batch)
    ratios = {
        code: [figures[code, "settled_needs"].amount, figures[code, "settled_needs"].base]
        for code in ("CLU-01", "CLU-04")
    }
    assert ratios == {"CLU-01": [3, 4], "CLU-04": [0, 0]}
    assert figures["CLU-01", "published_needs"].amount == 4
    assert figures["CLU-01", "published_needs"].base is None


def test_the_year_to_date_column_has_its_own_code():
    assert {SERVED_ENTERPRISES} == YEAR_TO_DATE
    assert (
        *("policy_posts", "policy_readings", "original_news", "published_needs", "settled_needs", "served_visits"),
        *(SERVED_ENTERPRISES, "online_services", "service_events", "new_institutions", "new_products"),
        *("site_visits", "trained_people"),
    ) == KEYS


def test_every_figure_names_its_row_and_its_file(registry):
    content = demo_content("2025Q1")
    batch = import_reading(reading=read(content), by=None).batch
    rows = read_workbook(content).sheets[0].rows
    for figure in batch.figures.select_related("platform"):
        assert rows[figure.row - 1][1] == figure.platform.code
    assert bytes(batch.file.content) == content
    assert batch.file_name == "2025Q1.xlsx"


@pytest.mark.parametrize(
    ("value", "amount"),
    [("２８", 28), (" 28 ", 28), ("1,028", 1028), ("１，０２８", 1028), (28, 28), ("28.0", 28), (28.0, 28), (0, 0)],
    ids=repr,
)
def test_numbers_as_people_type_them(registry, value, amount):
    content = edited({"E4": value, "E22": 173 - 28 + amount})
    figures = stored(import_reading(reading=read(content), by=None).batch)
    assert figures["CITY-01", "policy_posts"].amount == Decimal(amount)


def test_a_blank_cell_is_missing_and_said_so(registry):
    """Blank is never 0; a blank half of the ratio leaves the whole ratio missing."""
    reading = read(edited({"E4": None, "E22": 145, "H6": "  ", "H22": 38}))
    assert [str(notice) for notice in reading.notices] == [
        "工作表“运营数据”第4行“E 政策信息发布(条)”列:单元格为空,按未报处理;应为:如确为零请填0",
        "工作表“运营数据”第6行“H 企业需求发布(项)”列:单元格为空,按未报处理;应为:如确为零请填0",
    ]
    figures = stored(import_reading(reading=reading, by=None).batch)
    missing = {key for key, figure in figures.items() if figure.state == "missing"}
    assert missing == {("CITY-01", "policy_posts"), ("CLU-01", "published_needs"), ("CLU-01", "settled_needs")}
    assert len(figures) == 16 * 13
    assert figures["CITY-01", "policy_posts"].row == 4


def test_a_blank_numerator_leaves_the_ratio_missing(registry):
    figures = stored(import_reading(reading=read(edited({"I6": None, "I22": 38})), by=None).batch)
    assert figures["CLU-01", "settled_needs"].state == "missing"
    assert figures["CLU-01", "published_needs"].amount == 4


@pytest.mark.parametrize(
    "cells",
    [
        {"B6": None},
        {"B6": None, "C6": "先进轨道交通 装备产业集群中小企业窗口服务平台　"},
        {"B6": " CLU-01 ", "C6": "先进轨道交通装备产业集群\n中小企业窗口服务平台"},
        {"D13": "县（市、区）综合窗口平台"},
        {"E3": "政策信息发布（条）", "F3": " 政策解读\n(篇)", "Q3": "培训人次"},
        {"A1": "湖南省中小企业公共服务平台网络运营数据表（２０２５年第一季度，株洲市）"},
        {"A2": "统计周期：2025年1月1日-2025年3月31日"},
        {"A2": None},
        {"C22": None, "A22": "总 计"},
        {"A24": "备注:演示"},
        {"A23": "审核人:", "C23": "制表人:", "F23": "联系电话:", "I23": "2025年4月1日"},
    ],
    ids=str,
)
def test_harmless_variations(registry, cells):
    reading = read(edited(cells))
    assert reading.row_count == 16
    assert {platform.code for platform in reading.platforms()} <= registry.keys()


def test_columns_may_stand_in_any_order(registry):
    def reverse(sheet):
        for row in range(3, 23):
            cells = [sheet.cell(row, column).value for column in range(1, 18)]
            for column, value in enumerate(reversed(cells), 1):
                sheet.cell(row, column, value)

    turned = [figure[2:] for figure in read(edited(change=reverse)).figures()]
    assert turned == [figure[2:] for figure in read(demo_content("2025Q1")).figures()]


def test_merges_above_the_header_and_in_notes_are_normal(registry):
    def merge(sheet):
        sheet.merge_cells("A2:Q2")
        sheet.merge_cells("A24:Q24")
        sheet.merge_cells("A22:B22")

    assert read(edited(change=merge)).row_count == 16


def test_an_accepted_platform_that_the_file_leaves_out_is_a_notice(registry):
    """CLU-07 was accepted in September 2025: the first quarter's file need not hold it."""
    assert read(demo_content("2025Q1")).notices == ()
    RecognitionFactory.create(platform=registry["CLU-07"], recognised_on="2025-03-31")
    assert [str(notice) for notice in read(demo_content("2025Q1")).notices] == [
        "文件中没有CLU-07 新能源产业集群中小企业窗口服务平台的数据行"
    ]


def test_headings_are_compared_without_units_spaces_and_width():
    assert plain_heading(" 服务企业 （家次）\n") == "服务企业"
    assert plain_heading("本年累计服务企业(家)") == "本年累计服务企业"
