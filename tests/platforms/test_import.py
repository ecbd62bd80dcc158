"""The registry's tables: every faulty cell at once, all or nothing, and the same table again changes nothing."""

from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from core.errors import Refusal
from core.files.excel.writer import Table, csv_bytes, workbook_bytes
from platforms.actions import ImportCounts, import_platforms, import_regions
from platforms.formats import CSV, XLSX, read_dataset
from platforms.models import Operator, OperatorTerm, Platform, Recognition, Region
from platforms.queries import operator_on, with_registration
from platforms.resources import PlatformResource
from tests.factories import OperatorTermFactory, PlatformFactory, RegionFactory

DEMO = Path("demo/platforms.csv")
EVENTS = apps.get_model("platforms", "PlatformEvent")._default_manager
HEADINGS = [
    "平台编码",
    "平台名称",
    "平台类型",
    "行政区划代码",
    "认定(验收)日期",
    "运营单位",
    "运营单位统一社会信用代码",
    "运营起始日期",
    "服务领域",
    "联系人",
    "联系电话",
]
CODES = ("91000000MA0000001R", "91000000MA0000002W")


def row(code="W1", **cells):
    found = {
        "平台编码": code,
        "平台名称": f"演示{code}平台",
        "平台类型": "county_window",
        "行政区划代码": "430211",
        "认定(验收)日期": "2020-03-01",
        "运营单位": "演示甲公司",
        "运营单位统一社会信用代码": CODES[0],
        "运营起始日期": "2020-03-01",
    }
    return [(found | cells).get(heading, "") for heading in HEADINGS]


def take(*rows, headings=HEADINGS):
    return import_platforms(dataset=read_dataset("表.csv", csv_bytes([headings, *rows])), by=None)


@pytest.fixture
def regions(db):
    return [RegionFactory.create(code=code) for code in ("430211", "430202")]


@pytest.fixture
def demo(db):
    call_command("import_regions", "demo/divisions.csv")
    call_command("import_platforms", str(DEMO))


@pytest.mark.usefixtures("demo")
class TestTheDemonstration:
    def test_is_taken_in_whole(self):
        assert (Region.objects.count(), Platform.objects.count(), Operator.objects.count()) == (10, 31, 31)
        assert Platform.objects.evaluated().count() == 17
        assert set(Recognition.objects.values_list("kind", "level")) == {
            ("acceptance", "provincial"),
            ("recognition", "municipal"),
        }
        assert Platform.objects.get(code="CLU-07").accepted_on == date(2025, 9, 15)

    def test_again_changes_nothing_and_leaves_no_trace(self):
        traces = EVENTS.count()
        counts = import_platforms(dataset=read_dataset(DEMO.name, DEMO.read_bytes()), by=None)
        assert counts == ImportCounts(added=0, changed=0, unchanged=31)
        assert EVENTS.count() == traces
        assert OperatorTerm.objects.count() == 31

    @pytest.mark.parametrize("kind", [CSV, XLSX])
    def test_its_export_is_an_import_that_changes_nothing(self, kind):
        exported = kind().export_data(PlatformResource().export(with_registration(Platform.objects.all())))
        dataset = kind().create_dataset(exported)
        assert dataset.headers == HEADINGS
        assert import_platforms(dataset=dataset, by=None) == ImportCounts(0, 0, 31)

    def test_lists_run_in_pinyin_order(self):
        names = Platform.objects.filter(code__startswith="CNT").order_by("sort_key").values_list("name", flat=True)
        assert [name[:2] for name in names] == ["茶陵", "荷塘", "醴陵", "芦淞", "渌口", "石峰", "天元", "炎陵", "攸县"]


@pytest.mark.usefixtures("regions")
class TestPlatforms:
    def test_every_faulty_cell_is_named_and_nothing_is_stored(self):
        with pytest.raises(Refusal) as refused:
            take(
                row("W1"),
                row("W2", 平台名称="", 平台类型="窗口", 行政区划代码="999999"),
                row("W3", **{"认定(验收)日期": "2020-02-30", "运营单位统一社会信用代码": "9.1E+17"}),
                row("W4", 运营起始日期=""),
                row("坏 码"),
            )
        found = [(fault.row, fault.column) for fault in refused.value.faults]
        assert found == [
            (3, "平台名称"),
            (3, "平台类型"),
            (3, "行政区划代码"),
            (4, "认定(验收)日期"),
            (4, "运营单位统一社会信用代码"),
            (5, "运营起始日期"),
            (6, "平台编码"),
        ]
        assert "市平台、产业集群窗口平台" in refused.value.faults[1].expected
        assert [(fault.value, fault.expected) for fault in refused.value.faults[2:4]] == [
            ("999999", ""),
            ("2020-02-30", "形如2025-03-31"),
        ]
        assert "文本格式" in refused.value.faults[4].message
        assert not Platform.objects.exists()
        assert not Operator.objects.exists()

    def test_a_code_twice_in_the_file_is_refused_in_both_rows(self):
        with pytest.raises(Refusal) as refused:
            take(row("W1"), row("W2"), row("W1", 平台名称="另一个"))
        assert [(fault.row, fault.column) for fault in refused.value.faults] == [(2, "平台编码"), (4, "平台编码")]

    def test_a_name_twice_is_refused(self):
        with pytest.raises(Refusal, match="已存在"):
            take(row("W1"), row("W2", 平台名称="演示W1平台"))

    def test_missing_and_unknown_columns_are_named(self):
        with pytest.raises(Refusal) as refused:
            take(["W1", "x"], headings=["平台编码", "平台名"])
        assert "缺少列:平台名称、平台类型、行政区划代码" in str(refused.value)
        assert "多出不认识的列:平台名" in str(refused.value)

    def test_type_is_taken_as_code_or_as_label(self):
        take(row("W1", 平台类型="产业集群窗口平台"), row("W2", 平台类型="cluster_window"))
        assert set(Platform.objects.values_list("platform_type", flat=True)) == {"cluster_window"}

    def test_dates_and_codes_typed_as_cells_are_read(self):
        cells = row("W1", 行政区划代码=430211, **{"认定(验收)日期": date(2020, 3, 1), "运营起始日期": "2020/3/1"})
        content = workbook_bytes([Table("表", [HEADINGS, cells])])
        import_platforms(dataset=read_dataset("表.xlsx", content), by=None)
        assert Platform.objects.get().accepted_on == date(2020, 3, 1)

    def test_columns_left_out_are_left_alone(self):
        take(row("W1", 联系人="演示联系人"))
        headings = HEADINGS[:4]
        assert take(row("W1", 平台名称="改名平台")[:4], headings=headings) == ImportCounts(0, 1, 0)
        platform = Platform.objects.get()
        assert (platform.name, platform.contact_person) == ("改名平台", "演示联系人")
        assert platform.sort_key.startswith("gai3 ming2")

    def test_a_corrected_acceptance_day_replaces_the_only_one(self):
        take(row("W1"))
        assert take(row("W1", **{"认定(验收)日期": "2020-04-01"})) == ImportCounts(0, 1, 0)
        assert Recognition.objects.get().recognised_on == date(2020, 4, 1)

    def test_overlapping_operators_are_refused(self):
        take(row("W1"))
        with pytest.raises(Refusal, match="同一平台的运营期不能重叠") as refused:
            take(row("W1", 运营单位="演示乙公司", 运营单位统一社会信用代码=CODES[1], 运营起始日期="2022-01-01"))
        assert [(fault.row, fault.column) for fault in refused.value.faults] == [(2, "运营起始日期")]
        assert not Operator.objects.filter(credit_code=CODES[1]).exists()

    def test_a_second_operator_after_the_first_has_ended(self):
        take(row("W1"))
        OperatorTerm.objects.update(term=(date(2020, 3, 1), date(2022, 1, 1)))
        take(row("W1", 运营单位="演示乙公司", 运营单位统一社会信用代码=CODES[1], 运营起始日期="2022-01-01"))
        platform = Platform.objects.get()
        assert [str(operator_on(platform, date(year, 6, 1))) for year in (2021, 2022)] == ["演示甲公司", "演示乙公司"]

    def test_cells_that_would_run_as_formulas_come_out_as_text(self):
        take(row("W1", 联系人="=1+1"))
        exported = CSV().export_data(PlatformResource().export(with_registration(Platform.objects.all())))
        assert "'=1+1" in exported.decode()


@pytest.mark.usefixtures("as_app")
def test_the_run_time_role_may_import_all_of_it():
    call_command("import_regions", "demo/divisions.csv")
    call_command("import_platforms", str(DEMO))
    assert Platform.objects.count() == 31


class TestRegions:
    def test_a_unit_outside_the_statute_fits(self, db):
        rows = [["区划代码", "名称", "类别"], ["ZZ-JKQ", "株洲经开区", "非建制单位"], ["430202", "荷塘区", "区"]]
        counts = import_regions(dataset=read_dataset("表.csv", csv_bytes(rows)), by=None)
        assert counts.added == 2
        assert Region.objects.get(code="ZZ-JKQ").get_kind_display() == "非建制单位"

    def test_a_statutory_division_needs_its_six_digits(self, db):
        rows = [["区划代码", "名称", "类别"], ["ZZ", "荷塘区", "区"]]
        with pytest.raises(Refusal) as refused:
            import_regions(dataset=read_dataset("表.csv", csv_bytes(rows)), by=None)
        assert refused.value.faults[0].row == 2


class TestCommands:
    def test_a_refusal_ends_with_its_faults(self, regions, tmp_path):
        path = tmp_path / "表.csv"
        path.write_bytes(csv_bytes([HEADINGS, row("W1", 平台类型="?")]))
        with pytest.raises(CommandError, match="第2行“平台类型”列") as refused:
            call_command("import_platforms", str(path))
        assert refused.value.returncode == 1

    @pytest.mark.parametrize("name", ["没有.csv", "表.txt"])
    def test_a_file_that_is_not_there_or_not_a_table(self, db, tmp_path, name):
        if name.endswith("txt"):
            (tmp_path / name).write_text("x")
        with pytest.raises(CommandError):
            call_command("import_platforms", str(tmp_path / name))


def test_the_database_itself_refuses_overlapping_terms(db):
    term = OperatorTermFactory.create(term=(date(2020, 1, 1), date(2021, 1, 1)))
    with pytest.raises(IntegrityError, match="platforms_term_no_overlap"), transaction.atomic():
        OperatorTermFactory.create(platform=term.platform, term=(date(2020, 12, 31), None))
    OperatorTermFactory.create(platform=term.platform, term=(date(2021, 1, 1), None))
    OperatorTermFactory.create(platform=PlatformFactory.create(), term=(date(2020, 1, 1), None))
