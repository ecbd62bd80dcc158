"""Tables of operators, terms and recognitions: by code, all or nothing, and an export is an import."""

from datetime import date

import pytest

from core.errors import Refusal
from core.files.excel.writer import csv_bytes
from platforms.actions import ImportCounts, import_operator_terms, import_operators, import_recognitions
from platforms.formats import CSV, XLSX, read_dataset
from platforms.models import Operator, OperatorTerm, Recognition
from platforms.resources import OperatorResource, OperatorTermResource, RecognitionResource
from tests.factories import OperatorFactory, OperatorTermFactory, PlatformFactory, RecognitionFactory

CODES = ("91000000MA0000001R", "91000000MA0000002W")
TABLES = {
    Operator: (OperatorResource, import_operators),
    OperatorTerm: (OperatorTermResource, import_operator_terms),
    Recognition: (RecognitionResource, import_recognitions),
}


def take(action, headings, *rows):
    return action(dataset=read_dataset("表.csv", csv_bytes([headings, *rows])), by=None)


def refused(action, headings, *rows):
    with pytest.raises(Refusal) as refusal:
        take(action, headings, *rows)
    return [str(fault) for fault in refusal.value.faults]


@pytest.fixture
def two(db):
    """Two platforms, each with an operator, a term and a recognition."""
    for number, code in enumerate(CODES, 1):
        platform = PlatformFactory.create(code=f"W{number}", name=f"演示{number}号平台")
        operator = OperatorFactory.create(name=f"演示{number}公司", credit_code=code)
        OperatorTermFactory.create(platform=platform, operator=operator, term=(date(2020, 1, 1), None))
        RecognitionFactory.create(platform=platform, recognised_on=date(2020, 3, 1), document_number="")


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize("kind", [CSV, XLSX])
@pytest.mark.parametrize("model", TABLES)
def test_an_export_is_an_import_that_changes_nothing(model, kind):
    resource, action = TABLES[model]
    dataset = kind().create_dataset(kind().export_data(resource().export(model.objects.all())))
    before = list(model.objects.values_list())
    assert action(dataset=dataset, by=None) == ImportCounts(added=0, changed=0, unchanged=2)
    assert list(model.objects.values_list()) == before


@pytest.mark.usefixtures("two")
class TestOperators:
    HEADINGS = ("运营单位", "统一社会信用代码")

    def test_new_and_renamed(self):
        rows = [("演示甲公司", " 91000000ma 0000001r"), ("演示丙公司", "91000000MA00000030")]
        assert take(import_operators, self.HEADINGS, *rows) == ImportCounts(1, 1, 0)
        assert Operator.objects.get(credit_code=CODES[0]).name == "演示甲公司"

    def test_every_faulty_cell_is_named(self):
        rows = [("", "x"), ("甲", CODES[0]), ("乙", CODES[0].lower()), ("丙", "")]
        assert refused(import_operators, self.HEADINGS, *rows) == [
            "第2行“运营单位”列:必须填写",
            "第2行“统一社会信用代码”列:“x”不是有效的统一社会信用代码(18位,含校验位)",
            f"第3行“统一社会信用代码”列:在文件中出现多次(现为“{CODES[0]}”)",
            f"第4行“统一社会信用代码”列:在文件中出现多次(现为“{CODES[0].lower()}”)",
            "第5行“统一社会信用代码”列:必须填写",
        ]
        assert Operator.objects.get(credit_code=CODES[0]).name == "演示1公司"


@pytest.mark.usefixtures("two")
class TestTerms:
    HEADINGS = ("平台编码", "统一社会信用代码", "起始日", "结束日(不含)")

    def test_a_handover_closes_one_term_and_begins_the_next(self):
        rows = [("W1", CODES[0], "2020/1/1", "2023-07-01"), ("W1", CODES[1], "2023-07-01", "")]
        assert take(import_operator_terms, self.HEADINGS, *rows) == ImportCounts(1, 1, 0)
        terms = OperatorTerm.objects.filter(platform__code="W1").order_by("term")
        assert [(term.operator.name, term.ends_on) for term in terms] == [
            ("演示1公司", date(2023, 7, 1)),
            ("演示2公司", None),
        ]

    def test_a_table_without_the_last_day_leaves_it(self):
        OperatorTerm.objects.filter(platform__code="W1").update(term=(date(2020, 1, 1), date(2023, 7, 1)))
        row = ("W1", CODES[1], "2020-01-01")
        assert take(import_operator_terms, self.HEADINGS[:3], row) == ImportCounts(0, 1, 0)
        term = OperatorTerm.objects.get(platform__code="W1")
        assert (term.operator.name, term.ends_on) == ("演示2公司", date(2023, 7, 1))

    def test_every_faulty_cell_is_named_and_nothing_is_stored(self):
        headings = (*self.HEADINGS, "平台名称", "运营单位")
        rows = [
            ("W9", CODES[0], "2020-01-01", "", "", ""),
            ("W1", "91000000MA0000001X", "去年", "", "别的平台", ""),
            ("W1", "91000000MA00000030", "", "2020-01-01", "演示1号平台", ""),
            ("W2", CODES[1], "2020-01-01", "2019-01-01", "", "别的公司"),
            ("W1", CODES[1], "2021-01-01", "", "", ""),
            ("W2", CODES[1], "2020年1月1日", "", "", ""),
        ]
        assert refused(import_operator_terms, headings, *rows) == [
            "第2行“平台编码”列:没有这个编码的平台,请先在“平台登记”中登记(现为“W9”)",
            "第3行“统一社会信用代码”列:“91000000MA0000001X”不是有效的统一社会信用代码(18位,含校验位)",
            "第3行“起始日”列:不是有效日期(现为“去年”);应为:形如2025-03-31",
            "第3行“平台名称”列:与登记的名称不一致(现为“别的平台”);应为:演示1号平台",
            "第4行“统一社会信用代码”列:没有这个统一社会信用代码的运营单位,请先在“运营单位”中登记(现为“91000000MA00000030”)",
            "第4行“起始日”列:必须填写",
            "第5行“运营单位”列:与登记的名称不一致(现为“别的公司”);应为:演示2公司",
            "第5行“结束日(不含)”列:结束日(不含)应晚于起始日(现为“2019-01-01”)",
            "第5行“平台编码”列:在文件中出现多次(现为“W2”)",
            "第6行:同一平台的运营期不能重叠:请先填写上一家运营单位的结束日期",
            "第7行“平台编码”列:在文件中出现多次(现为“W2”)",
        ]
        assert OperatorTerm.objects.count() == 2


@pytest.mark.usefixtures("two")
class TestRecognitions:
    HEADINGS = ("平台编码", "类别", "级别", "认定(验收)日期", "认定(验收)机关", "文号", "有效期至")

    def test_a_missing_document_number_is_filled_in_and_another_one_is_another_recognition(self):
        kind = Recognition.objects.get(platform__code="W1").get_kind_display()
        rows = [
            ("W1", kind, "省级", "2020-03-01", "演示机关", "演〔2020〕1号", "2029-12-31"),
            ("W1", kind, "省级", "2020-03-01", "演示机关", "演〔2020〕2号", ""),
        ]
        assert take(import_recognitions, self.HEADINGS, *rows) == ImportCounts(1, 1, 0)
        assert take(import_recognitions, self.HEADINGS, *rows) == ImportCounts(0, 0, 2)
        numbers = Recognition.objects.filter(platform__code="W1").values_list("document_number", flat=True)
        assert sorted(numbers) == ["演〔2020〕1号", "演〔2020〕2号"]

    def test_a_table_without_document_numbers_means_the_only_one_of_that_day(self):
        Recognition.objects.filter(platform__code="W1").update(document_number="演〔2020〕1号", level="municipal")
        kind = Recognition.objects.get(platform__code="W1").get_kind_display()
        row = ("W1", kind, "省级", "2020-03-01")
        assert take(import_recognitions, self.HEADINGS[:4], row) == ImportCounts(0, 1, 0)
        found = Recognition.objects.get(platform__code="W1")
        assert (found.level, found.document_number) == ("provincial", "演〔2020〕1号")

    def test_every_faulty_cell_is_named_and_nothing_is_stored(self):
        rows = [
            ("W9", "认可", "镇级", "", "", "", "明年"),
            ("W1", "认定", "市级", "2021-01-01", "甲" * 81, "", ""),
            ("W2", "认定", "市级", "2021-01-01", "", "", "2020-12-31"),
        ]
        assert refused(import_recognitions, self.HEADINGS, *rows) == [
            "第2行“平台编码”列:没有这个编码的平台,请先在“平台登记”中登记(现为“W9”)",
            "第2行“类别”列:不在可选范围(现为“认可”);应为:认定、省级验收",
            "第2行“级别”列:不在可选范围(现为“镇级”);应为:国家级、省级、市级",
            "第2行“认定(验收)日期”列:必须填写",
            "第2行“有效期至”列:不是有效日期(现为“明年”);应为:形如2025-03-31",
            "第3行“认定(验收)机关”列:确保该变量包含不超过 80 字符 (目前字符数 81)。(现为“" + "甲" * 60 + "”)",
            "第4行:有效期不能早于认定(验收)日期",
        ]
        assert Recognition.objects.count() == 2
