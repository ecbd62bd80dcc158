"""The registry on the desk: scope, roles, import in two steps, exports, constant queries."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.choices import Role
from core.files.excel.reader import read_workbook
from core.files.excel.writer import Table, csv_bytes, workbook_bytes
from platforms.models import Operator, OperatorTerm, Platform, Region
from tests.factories import (
    MembershipFactory,
    OperatorFactory,
    OperatorTermFactory,
    PlatformFactory,
    RecognitionFactory,
    RegionFactory,
    UserFactory,
)
from tests.forms import Browser, sent

LISTS = ("region", "platform", "operator", "operatorterm", "recognition", "membership")


def address(model, view, *arguments):
    return reverse(f"admin:platforms_{model}_{view}", args=arguments)


def signed_in(user):
    client = Browser()
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    return client


@pytest.fixture(autouse=True)
def plain_http(settings):
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def desk(bureau):
    return signed_in(bureau)


@pytest.fixture
def county(db):
    """A county account, with one platform of its region and one of another."""
    region = RegionFactory.create()
    user = UserFactory.create(role=Role.COUNTY)
    MembershipFactory.create(user=user, platform=None, region=region)
    return user, PlatformFactory.create(region=region), PlatformFactory.create()


class TestScope:
    def test_a_county_sees_its_region_only(self, county):
        user, own, other = county
        OperatorTermFactory.create(platform=own)
        hidden = OperatorTermFactory.create(platform=other)
        page = signed_in(user).get(address("platform", "changelist")).content.decode()
        assert own.name in page
        assert other.name not in page
        terms = signed_in(user).get(address("operatorterm", "changelist")).content.decode()
        assert hidden.operator.name not in terms

    @pytest.mark.parametrize("view", ["change", "delete", "history"])
    def test_out_of_scope_is_404_like_a_row_that_is_not_there(self, county, view):
        user, _, other = county
        client = signed_in(user)
        assert client.get(address("platform", view, other.pk)).status_code == 404
        assert client.get(address("platform", view, other.pk + 1000)).status_code == 404

    def test_rows_of_hidden_platforms_are_404_too(self, county):
        user, _, other = county
        term = OperatorTermFactory.create(platform=other)
        recognition = RecognitionFactory.create(platform=other)
        client = signed_in(user)
        assert client.get(address("operatorterm", "change", term.pk)).status_code == 404
        assert client.get(address("recognition", "change", recognition.pk)).status_code == 404

    def test_export_holds_the_scope_only(self, county):
        user, own, other = county
        answer = signed_in(user).post(address("platform", "export"), {"format": "0", "resource": "0"})
        text = answer.content.decode("utf-8-sig")
        assert own.code in text
        assert other.code not in text


class TestRoles:
    @pytest.mark.parametrize("role", [Role.COUNTY, Role.AUDITOR, Role.CITY_PLATFORM])
    def test_only_the_bureau_changes_the_registry(self, county, role):
        county_user, own, _ = county
        user = county_user if role == Role.COUNTY else UserFactory.create(role=role)
        client = signed_in(user)
        page = client.get(address("platform", "change", own.pk))
        assert page.status_code == 200
        assert b'name="_save"' not in page.content
        assert client.post(address("platform", "change", own.pk), {"name": "x"}).status_code == 403
        assert client.get(address("platform", "add")).status_code == 403
        assert client.post(address("platform", "delete", own.pk), {"post": "yes"}).status_code == 403
        assert client.get(address("platform", "import")).status_code == 403
        assert client.post(address("platform", "process_import"), {}).status_code == 403
        own.refresh_from_db()
        assert own.name != "x"

    def test_a_window_account_has_no_desk(self, db):
        user = UserFactory.create(role=Role.WINDOW)
        assert signed_in(user).get(address("platform", "changelist")).status_code == 302

    @pytest.mark.parametrize("model", ["region", "operator", "membership"])
    def test_a_county_has_no_page_of_the_rest(self, county, model):
        assert signed_in(county[0]).get(address(model, "changelist")).status_code == 403


def confirmed(page) -> dict[str, object]:
    """What the form of a preview sends."""
    return {**page.context["confirm_form"].initial, "seen": page.context["seen_rows"]}


class TestForms:
    def test_a_new_platform_gets_its_sort_key(self, desk):
        region = RegionFactory.create()
        answer = desk.post(
            address("platform", "add"),
            {"code": "W9", "name": "炎陵演示平台", "platform_type": "county_window", "region": region.pk},
        )
        assert answer.status_code == 302
        assert Platform.objects.get().sort_key == "yan2 ling2 yan3 shi4 ping2 tai2"

    def test_the_code_cannot_be_changed(self, desk):
        platform = PlatformFactory.create(code="W1")
        page = desk.get(address("platform", "change", platform.pk)).content.decode()
        assert 'name="code"' not in page

    @pytest.mark.parametrize(
        ("typed", "message"),
        [("9.1E+17", "文本格式"), ("91000000MA0000001X", "不是有效的统一社会信用代码"), ("123", "不是有效的")],
    )
    def test_a_credit_code_is_checked(self, desk, typed, message):
        page = desk.post(address("operator", "add"), {"name": "演示公司", "credit_code": typed})
        assert message in page.content.decode()
        assert not Operator.objects.exists()

    def test_a_credit_code_is_stored_clean(self, desk):
        desk.post(address("operator", "add"), {"name": "演示公司", "credit_code": " 91000000ma 0000001r "})
        assert Operator.objects.get().credit_code == "91000000MA0000001R"

    def test_overlapping_terms_are_refused_on_the_term_page(self, desk):
        term = OperatorTermFactory.create(term=(date(2020, 1, 1), None))
        page = desk.post(
            address("operatorterm", "add"),
            {
                "platform": term.platform_id,
                "operator": OperatorFactory.create().pk,
                "term_0": "2021-01-01",
                "term_1": "",
            },
        )
        assert "同一平台的运营期不能重叠:请先填写上一家运营单位的结束日期" in page.content.decode()

    def post_terms(self, desk, platform, *terms):
        """The platform's page with new terms (operator, first day, end)."""
        form = {
            "name": platform.name,
            "platform_type": platform.platform_type,
            "region": platform.region_id,
            "operator_terms-TOTAL_FORMS": len(terms),
            "operator_terms-INITIAL_FORMS": 0,
            "recognitions-TOTAL_FORMS": 0,
            "recognitions-INITIAL_FORMS": 0,
        }
        for number, (operator, start, end) in enumerate(terms):
            prefix = f"operator_terms-{number}"
            form |= {
                f"{prefix}-operator": operator.pk,
                f"{prefix}-term_0": start,
                f"{prefix}-term_1": end,
                f"{prefix}-platform": platform.pk,
            }
        return sent(desk, address("platform", "change", platform.pk), form)

    def test_terms_on_the_platform_page(self, desk):
        platform = PlatformFactory.create()
        first, second = OperatorFactory.create(), OperatorFactory.create()
        page = self.post_terms(desk, platform, (first, "2020-01-01", ""), (second, "2022-01-01", ""))
        assert "同一平台的运营期不能重叠" in page.content.decode()
        assert not OperatorTerm.objects.exists()
        answer = self.post_terms(desk, platform, (first, "2020-01-01", "2022-01-01"), (second, "2022-01-01", ""))
        assert answer.status_code == 302
        assert OperatorTerm.objects.count() == 2

    @pytest.mark.parametrize(
        ("start", "end", "message"),
        [
            ("", "2022-01-01", "请填写起始日"),
            ("2022-01-02", "2022-01-01", "结束日不能早于起始日"),
            ("2022-01-01", "2022-01-01", "同一天"),
        ],
    )
    def test_a_term_has_a_first_day_before_its_end(self, desk, start, end, message):
        page = self.post_terms(desk, PlatformFactory.create(), (OperatorFactory.create(), start, end))
        assert message in page.content.decode()

    def test_a_membership_has_exactly_one_owner(self, desk):
        user = UserFactory.create(role=Role.WINDOW)
        page = desk.post(address("membership", "add"), {"user": user.pk})
        assert "恰好填写一项" in page.content.decode()


class TestImport:
    headings = ["平台编码", "平台名称", "平台类型", "行政区划代码"]

    def upload(self, desk, rows, name="表.csv"):
        file = SimpleUploadedFile(name, csv_bytes([self.headings, *rows]))
        return desk.post(address("platform", "import"), {"import_file": file, "format": "0", "resource": "0"})

    def confirm(self, desk, page):
        return desk.post(address("platform", "process_import"), confirmed(page))

    def test_what_changed_since_the_preview_is_told_and_the_file_is_not_taken(self, desk):
        platform = PlatformFactory.create(name="演示甲平台")
        page = self.upload(
            desk, [[platform.code, "演示乙平台", platform.get_platform_type_display(), platform.region.code]]
        )
        for fields in ({"seen": ""}, {}):
            answer = desk.post(
                address("platform", "process_import"), page.context["confirm_form"].initial | fields, follow=True
            )
            assert "没有收到本页打开时的版本" in answer.content.decode()
        platform.contact_person = "李四"
        platform.save()
        answer = desk.post(address("platform", "process_import"), confirmed(page), follow=True)
        assert "您打开页面之后已有改动" in answer.content.decode() and "改为“李四”" in answer.content.decode()
        assert Platform.objects.get().name == "演示甲平台"

    def test_preview_first_then_confirm(self, desk):
        region = RegionFactory.create()
        page = self.upload(desk, [["W1", "演示平台", "市平台", region.code]])
        text = page.content.decode()
        assert "确认导入" in text
        assert "<ins>演示平台</ins>" in text
        assert not Platform.objects.exists()
        answer = self.confirm(desk, page)
        assert answer.status_code == 302
        assert Platform.objects.get().sort_key
        again = self.upload(desk, [["W1", "演示平台改名", "市平台", region.code]])
        assert "<del>演示平台</del> <ins>演示平台改名</ins>" in again.content.decode()

    def test_what_stays_is_not_shown_as_new(self, desk):
        term = OperatorTermFactory.create(operator__credit_code="91000000MA0000001R", term=(date(2020, 1, 1), None))
        platform = term.platform
        headings = [*self.headings, "运营单位", "运营单位统一社会信用代码", "运营起始日期"]
        row = [platform.code, platform.name, "county_window", platform.region.code]
        row += [term.operator.name, term.operator.credit_code, "2020-01-01"]
        file = SimpleUploadedFile("表.csv", csv_bytes([headings, row]))
        page = desk.post(address("platform", "import"), {"import_file": file, "format": "0", "resource": "0"})
        assert "未变" in page.content.decode()
        assert "<ins>" not in page.content.decode()

    def test_faults_are_a_table_with_row_and_column(self, desk):
        page = self.upload(desk, [["W1", "", "市平台", "无"]])
        text = page.content.decode()
        assert "发现2处问题" in text
        assert "<td>平台名称</td>" in text
        assert "确认导入" not in text

    def test_a_nasty_file_is_refused_on_the_form(self, desk):
        file = SimpleUploadedFile("表.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
        page = desk.post(address("platform", "import"), {"import_file": file, "format": "1", "resource": "0"})
        assert "另存为无密码的.xlsx" in page.content.decode()

    @pytest.mark.parametrize("chosen", ["", "0", "1"])
    @pytest.mark.parametrize("ending", ["csv", "XLSX"])
    def test_the_format_follows_from_the_files_name(self, desk, ending, chosen):
        table = [self.headings, ["W1", "演示平台", "市平台", RegionFactory.create().code]]
        content = csv_bytes(table) if ending == "csv" else workbook_bytes([Table("表", table)])
        file = SimpleUploadedFile(f"表.{ending}", content)
        page = desk.post(address("platform", "import"), {"import_file": file, "format": chosen, "resource": "0"})
        assert "<ins>演示平台</ins>" in page.content.decode()
        assert self.confirm(desk, page).status_code == 302
        assert Platform.objects.get().code == "W1"

    def test_another_kind_of_file_is_named_beside_the_columns_that_may_be_given(self, desk):
        file = SimpleUploadedFile("表.pdf", b"%PDF-1.7")
        text = desk.post(address("platform", "import"), {"import_file": file, "resource": "0"}).content.decode()
        assert "只接收.csv和.xlsx文件(现为“表.pdf”)" in text
        assert "平台编码、平台名称、平台类型、行政区划代码、认定(验收)日期" in text

    def test_another_session_cannot_confirm_an_upload(self, desk, second_bureau):
        page = self.upload(desk, [["W1", "演示平台", "市平台", RegionFactory.create().code]])
        assert self.confirm(signed_in(second_bureau), page).status_code == 403
        assert not Platform.objects.exists()

    def test_what_changed_since_the_preview_is_refused_then(self, desk):
        region = RegionFactory.create()
        page = self.upload(desk, [["W1", "演示平台", "市平台", region.code]])
        PlatformFactory.create(name="演示平台")
        answer = desk.post(address("platform", "process_import"), confirmed(page), follow=True)
        assert "您打开页面之后已有改动" in answer.content.decode() and "新增了平台" in answer.content.decode()
        assert not Platform.objects.filter(code="W1").exists()

    @pytest.mark.parametrize(
        ("model", "table"),
        [
            ("operator", [["运营单位", "统一社会信用代码"], ["演示公司", "91000000MA0000001R"]]),
            (
                "operatorterm",
                [["平台编码", "统一社会信用代码", "起始日"], ["W1", "91000000MA0000002W", "2020-01-01"]],
            ),
            (
                "recognition",
                [["平台编码", "类别", "级别", "认定(验收)日期"], ["W1", "省级验收", "省级", "2020-01-01"]],
            ),
        ],
    )
    def test_the_other_registers_are_imported_the_same_way(self, desk, model, table):
        PlatformFactory.create(code="W1")
        OperatorFactory.create(credit_code="91000000MA0000002W")
        assert 'class="import_link"' in desk.get(address(model, "changelist")).content.decode()
        file = SimpleUploadedFile("表.csv", csv_bytes(table))
        page = desk.post(address(model, "import"), {"import_file": file, "resource": "0"})
        answer = desk.post(address(model, "process_import"), confirmed(page), follow=True)
        assert "已导入:新增1条,更新0条,未变0条" in answer.content.decode()

    def test_regions_are_imported_the_same_way(self, desk):
        file = SimpleUploadedFile(
            "表.csv", csv_bytes([["区划代码", "名称", "类别"], ["ZZ", "株洲经开区", "非建制单位"]])
        )
        page = desk.post(address("region", "import"), {"import_file": file, "format": "0", "resource": "0"})
        desk.post(address("region", "process_import"), confirmed(page))
        assert Region.objects.get().name == "株洲经开区"


class TestPages:
    def some(self, count):
        for _ in range(count):
            platform = OperatorTermFactory.create().platform
            RecognitionFactory.create(platform=platform)
            MembershipFactory.create(platform=platform)

    def test_a_platform_in_use_says_how_much_keeps_it(self, desk):
        platform = OperatorTermFactory.create().platform
        for day in (1, 2):
            RecognitionFactory.create(platform=platform, recognised_on=date(2020, 1, day))
        page = desk.get(address("platform", "delete", platform.pk)).content.decode()
        assert "<li>认定与验收:2项</li>" in page
        assert "<li>运营期:1项</li>" in page
        sent(desk, address("platform", "delete", platform.pk), {"post": "yes"})
        assert Platform.objects.exists()

    @pytest.mark.parametrize("model", ["region", "platform", "operator", "operatorterm", "recognition"])
    def test_exports_are_workbooks_with_chinese_headings(self, desk, model):
        self.some(2)
        page = desk.get(address(model, "export")).content.decode()
        assert 'onchange="' not in page
        assert "style=" not in page
        answer = desk.post(address(model, "export"), {"format": "1", "resource": "0"})
        (sheet,) = read_workbook(answer.content).sheets
        assert len(sheet.rows) == 3
        assert all(not str(heading).isascii() for heading in sheet.rows[0])

    @pytest.mark.parametrize("view", ["changelist", "add", "import", "export"])
    def test_pages_carry_no_inline_script_or_style(self, desk, view):
        self.some(1)
        page = desk.get(address("platform", view)).content.decode()
        assert " style=" not in page
        assert " onclick=" not in page
        assert "<script>" not in page

    @pytest.mark.parametrize("model", LISTS)
    def test_search_answers(self, desk, model):
        self.some(1)
        assert desk.get(address(model, "changelist"), {"q": "演示"}).status_code == 200
