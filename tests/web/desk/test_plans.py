"""The year's plan on the desk: copied, changed in one form with every fault beside its field, published by a second
person; the public reads what was published and nothing else."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.choices import Role
from evaluation.systems.actions import TargetCell, set_platform_targets
from evaluation.systems.checks.systems import key_tasks_of, listed_indicators
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from tests.evaluation.systems.plans import draft_of, last_year
from tests.evaluation.year.systems import in_force
from tests.factories import PlatformFactory, UserFactory
from tests.forms import form_on, press, send

YEAR = 2027


@pytest.fixture
def draft(people) -> IndicatorSystem:
    return draft_of(people[Role.BUREAU])


@pytest.fixture
def clerk(people, signed_in):
    return signed_in(people[Role.BUREAU])


def address(name, *arguments):
    return reverse(f"desk_plan{name}", args=arguments)


def sent(draft, **changes):
    """What the form of a draft sends when nothing or these fields are changed."""
    draft.refresh_from_db()
    tasks = {task.indicator: task for task in draft.key_tasks.all()}
    data: dict[str, object] = {}
    for indicator in listed_indicators(draft.definition):
        code = indicator["code"]
        data[f"{code}-points"] = indicator["points"]
        data |= {f"{code}-rule_{name}": value for name, value in indicator["rule"].items() if name != "kind"}
        if code in tasks:
            data[f"{code}-name"], data[f"{code}-evidence"] = indicator["name"], indicator["evidence"]
            data[f"{code}-base_document"] = tasks[code].base_document
            data[f"{code}-responsible_section"] = tasks[code].responsible_section
            data[f"{code}-due_on"] = str(tasks[code].due_on)
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def new_row(**fields):
    usual = {
        "name": "演示新增任务",
        "points": "5",
        "rule_target": "6",
        "unit": "项",
        "source": "record",
        "base_document": "演示文件〔2027〕9号",
        "responsible_section": "",
        "due_on": "2027-10-31",
        "evidence": "",
    }
    return {f"new-0-{name}": value for name, value in {**usual, **fields}.items()}


def test_a_year_is_copied_and_its_draft_opens(people, clerk):
    source = last_year(people[Role.BUREAU])
    assert "复制为草案" in clerk.get(address("s")).content.decode()
    answer = clerk.post(address("_copy"), {"system": source.pk, "year": YEAR})
    draft = IndicatorSystem.objects.get(copied_from=source)
    assert answer["Location"] == address("", draft.pk)
    page = clerk.get(answer["Location"]).content.decode()
    assert "已复制为2027年度草案" in page and "演示文件〔2026〕1号" in page


def test_what_cannot_be_copied_is_said(people, clerk, draft):
    again = clerk.post(address("_copy"), {"system": draft.copied_from.pk, "year": YEAR}, follow=True)
    assert "已是2027年度的草案,请直接修改" in again.content.decode()
    unfit = clerk.post(address("_copy"), {"system": draft.pk, "year": "二〇二七"})
    assert unfit.status_code == 400
    assert "没有复制" in unfit.content.decode()


def test_the_form_as_it_stands_changes_nothing_and_everything_typed_is_kept(clerk, draft):
    page = clerk.get(address("", draft.pk)).content.decode()
    assert page.count("<fieldset") == 9 + 3
    unchanged = press(clerk, address("", draft.pk), sent(draft), follow=True)
    assert "已保存" in unchanged.content.decode()
    draft.refresh_from_db()
    assert draft.changed_at is None
    data = sent(draft, K2__points="15", K1__rule_target="１２０", A11__rule_target="80") | new_row()
    assert press(clerk, address("", draft.pk), data).status_code == 302
    draft.refresh_from_db()
    by_code = {i["code"]: i for i in listed_indicators(draft.definition)}
    assert [by_code[code]["rule"]["target"] for code in ("K1", "A11", "K10")] == ["120", "80", "6"]
    assert by_code["K10"]["source"] == "record"
    assert draft.key_tasks.get(indicator="K10").due_on == date(2027, 10, 31)


def test_a_task_is_cancelled_by_its_box(clerk, draft):
    data = sent(draft, K9__remove="on", K1__points="21")
    assert press(clerk, address("", draft.pk), data).status_code == 302
    draft.refresh_from_db()
    assert [task["code"] for task in key_tasks_of(draft.definition)] == [f"K{n}" for n in range(1, 9)]


def test_every_fault_stands_beside_its_field_and_what_was_typed_stays(clerk, draft):
    data = sent(
        draft, K1__points="十五", K2__base_document="", K3__due_on="明年", K4__rule_target="0", A11__points="3"
    ) | new_row(name="", due_on="2026-10-31")
    answer = press(clerk, address("", draft.pk), data)
    page = answer.content.decode()
    assert answer.status_code == 400
    form = answer.context["form"]
    faults = {f"{row.prefix}-{name}": errors for row in form.rows() for name, errors in row.errors.items()}
    assert set(faults) == {
        "K1-points",
        "K2-base_document",
        "K3-due_on",
        "K4-rule_target",
        "new-0-name",
        "new-0-due_on",
    }
    assert all(len(errors) == 1 for errors in faults.values())
    assert form.faults == ["常规考核满分100分,各指标分值合计99分,两者应相等(《实施细则》第三条)"]
    assert "共7处问题" in page and 'value="十五"' in page and 'aria-invalid="true"' in page
    draft.refresh_from_db()
    assert draft.changed_at is None


def test_an_old_page_does_not_overwrite_a_newer_draft(clerk, draft, people, signed_in):
    opened = clerk.get(address("", draft.pk))
    second = signed_in(UserFactory.create(role=Role.BUREAU, full_name="李同事"))
    assert press(second, address("", draft.pk), sent(draft, K1__name="演示乙")).status_code == 302
    told = send(clerk, opened, address("", draft.pk), {"K1-name": "演示甲"}, follow=True)
    page = told.content.decode()
    assert "您打开页面之后已有改动" in page and "李同事修改了" in page
    assert form_on(told, address("", draft.pk))["K1-name"] == "演示甲", "what was typed is on the page again"
    assert "现在为：演示乙" in page, "beside what stands"
    draft.refresh_from_db()
    assert key_tasks_of(draft.definition)[0]["name"] == "演示乙"
    assert send(clerk, told, address("", draft.pk)).status_code == 302
    draft.refresh_from_db()
    assert key_tasks_of(draft.definition)[0]["name"] == "演示甲"


def test_own_targets_in_a_grid(clerk, draft):
    first, second = PlatformFactory.create_batch(2)
    page = clerk.get(address("_targets", draft.pk)).content.decode()
    assert page.count('name="target-') == 2 * 14
    cells = {f"target-{first.pk}-K1": "60", f"target-{second.pk}-A11": "无"}
    answer = press(clerk, address("_targets", draft.pk), cells)
    assert answer.status_code == 400
    assert "单独目标应大于0" in answer.content.decode() and 'value="60"' in answer.content.decode()
    assert not draft.targets.exists()
    cells[f"target-{second.pk}-A11"] = ""
    assert press(clerk, address("_targets", draft.pk), cells).status_code == 302
    assert [(own.platform, own.indicator, own.target) for own in draft.targets.all()] == [(first, "K1", 60)]


def test_differences_against_the_origin_and_others(clerk, draft, people):
    press(clerk, address("", draft.pk), sent(draft, A11__rule_target="80", K2__points="15", K1__points="20"))
    page = clerk.get(address("_differences", draft.pk)).content.decode()
    assert "指标A11“通知公告与优惠政策发布”的目标由60条改为80条。" in page
    assert "适用范围由2026年度改为2027年度。" in page
    stranger = last_year(people[Role.BUREAU], "cluster_window")
    assert clerk.get(address("_differences", draft.pk), {"against": stranger.pk}).status_code == 404
    assert clerk.get(address("_differences", draft.pk), {"against": draft.copied_from.pk}).status_code == 200
    assert "没有可以对照的版本" in clerk.get(address("_differences", stranger.pk)).content.decode()


def test_a_second_person_publishes_after_reading_what_it_means(clerk, draft, signed_in):
    own = clerk.get(address("_publish", draft.pk)).content.decode()
    assert "须由另一人审核施行" in own and "确认发布施行" not in own
    second = signed_in(UserFactory.create(role=Role.BUREAU))
    page = second.get(address("_publish", draft.pk)).content.decode()
    assert "请核对:重点工作K1、K2、K3、K4、K5、K6、K7、K8、K9的依据文件与2026年度相同" in page
    assert "2处差异" in page and "确认发布施行" in page and "此时发布施行的理由" not in page
    answer = press(second, reverse("desk_system_step", args=[draft.pk, "put_in_force"]), follow=True)
    assert "已施行" in answer.content.decode()
    assert IndicatorSystem.objects.get(pk=draft.pk).status == SystemStatus.IN_FORCE
    for name in ("", "_targets", "_publish"):
        assert second.get(address(name, draft.pk))["Location"] == reverse("desk_system", args=[draft.pk])
    assert press(second, address("", draft.pk), sent(draft, K1__name="演示")).status_code == 400


def test_late_publication_asks_for_a_reason_and_shows_it(people, signed_in):
    source = last_year(people[Role.BUREAU])
    bureau = signed_in(people[Role.BUREAU])
    bureau.post(address("_copy"), {"system": source.pk, "year": 2026})
    press(bureau, reverse("desk_system_step", args=[source.pk, "retire"]), {"reason": "演示修订"})
    draft = IndicatorSystem.objects.get(version=2)
    second = signed_in(UserFactory.create(role=Role.BUREAU))
    assert "此时发布施行的理由" in second.get(address("_publish", draft.pk)).content.decode()
    step = reverse("desk_system_step", args=[draft.pk, "put_in_force"])
    assert "须写明理由" in press(second, step, follow=True).content.decode()
    assert "上级文件三月印发" in press(second, step, {"reason": "上级文件三月印发"}, follow=True).content.decode()
    public = second.get(reverse("indicator_system", args=[draft.code, 2])).content.decode()
    assert "上级文件三月印发" in public


def test_the_public_reads_particulars_and_own_targets_once_in_force(people, client, draft):
    platform = PlatformFactory.create(name="演示单独目标平台")
    cells = {TargetCell(platform.pk, "K1"): "60"}
    draft = set_platform_targets(system=draft, targets=cells, by=people[Role.BUREAU])
    page = reverse("indicator_system", args=[draft.code, draft.version])
    assert client.get(page).status_code == 404
    in_force(draft)
    text = client.get(page).content.decode()
    for words in ("演示文件〔2026〕1号", "2027年11月30日", "演示科", "演示单独目标平台", "60家次", "100家次"):
        assert words in text
    assert "2027年度" in client.get(reverse("indicator_systems")).content.decode()


@pytest.mark.parametrize("role", [Role.CITY_PLATFORM, Role.AUDITOR, Role.COUNTY])
def test_others_plan_nothing(draft, people, signed_in, role):
    other = signed_in(people[role])
    for name in ("", "_targets", "_publish"):
        assert other.get(address(name, draft.pk)).status_code == 403
        assert press(other, address(name, draft.pk), sent(draft)).status_code == 403
    assert other.post(address("_copy"), {"system": draft.pk, "year": 2030}).status_code == 403
    reading = 403 if role == Role.COUNTY else 200
    assert other.get(address("s")).status_code == reading
    assert other.get(address("_differences", draft.pk)).status_code == reading
    if role != Role.COUNTY:
        assert "复制为草案" not in other.get(address("s")).content.decode()


def queries_of(client, page):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def test_pages_ask_as_often_for_three_platforms_and_targets_as_for_one(clerk, draft, people):
    pages = [address("s"), *(address(name, draft.pk) for name in ("", "_targets", "_differences", "_publish"))]
    pages.append(address("_progress", draft.copied_from.pk))
    counts = []
    for number in (1, 2):
        for _ in range(number):
            platform = PlatformFactory.create()
            draft.refresh_from_db()
            cells = {TargetCell(platform.pk, "K1"): "60"}
            set_platform_targets(system=draft, targets=cells, by=people[Role.BUREAU])
        counts.append([queries_of(clerk, page) for page in pages])
    assert counts[0] == counts[1]
