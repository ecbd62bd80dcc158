"""A year's plan as a draft: copied, changed with every fault at once, frozen once in force, by two people, in time."""

from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from core.choices import Role
from core.errors import Refusal
from evaluation.scoring.canonical import digest
from evaluation.systems.actions import PlanFault, TargetCell, change_draft, copy_system, set_platform_targets
from evaluation.systems.actions.systems import import_system, put_system_in_force, retire_system
from evaluation.systems.checks.planning import RoutineEntry
from evaluation.systems.checks.systems import key_tasks_of, listed_indicators
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem, KeyTask, PlatformTarget
from tests.evaluation.systems.plans import YEAR, change, draft_of, entries, last_year, new_task
from tests.evaluation.year.systems import in_force, system_document
from tests.factories import PlatformFactory, UserFactory


@pytest.fixture
def draft(bureau) -> IndicatorSystem:
    return draft_of(bureau)


def indicator(system, code):
    return next(i for i in listed_indicators(system.definition) if i["code"] == code)


def told(refusal) -> list[str]:
    return [str(fault) for fault in refusal.value.faults]


# Copying.


def test_a_copy_is_a_draft_of_the_new_year_with_everything_that_belongs_to_it(bureau):
    platform = PlatformFactory.create(code="CNT-08")
    source = import_system(document=system_document(year=2026), by=bureau).system
    source = change(source, bureau)
    cells = {TargetCell(platform.pk, "K1"): "60"}
    source = in_force(set_platform_targets(system=source, targets=cells, by=bureau))
    copied = copy_system(system=source, year=2028, by=bureau)
    assert (copied.code, copied.version, copied.status) == ("county_window-2028", 1, SystemStatus.DRAFT)
    assert (copied.copied_from, copied.imported_by) == (source, bureau)
    assert copied.definition == {**source.definition, "code": "county_window-2028", "version": 1}
    assert copied.sha256 == digest(copied.definition)
    assert {task.due_on for task in copied.key_tasks.all()} == {date(2028, 11, 30)}
    assert [(own.platform, own.indicator, f"{own.target:f}") for own in copied.targets.all()] == [
        (platform, "K1", "60.000000")
    ]


def test_a_revision_of_the_same_year_is_the_next_version(bureau):
    source = last_year(bureau)
    assert copy_system(system=source, year=2026, by=bureau).version == 2


@pytest.mark.parametrize("year", [2025, 1999, 2100])
def test_a_copy_goes_to_the_same_year_or_a_later_one(bureau, year):
    source = last_year(bureau)
    with pytest.raises(Refusal, match="2026年或以后的年度"):
        copy_system(system=source, year=year, by=bureau)


def test_a_draft_is_neither_copied_nor_doubled(bureau, draft):
    with pytest.raises(Refusal) as refusal:
        copy_system(system=draft, year=YEAR, by=bureau)
    assert [text.partition("还是")[2] or text.partition("已是")[2] for text in told(refusal)] == [
        "草案,只能复制已施行或已停用的指标体系",
        "2027年度的草案,请直接修改",
    ]


@pytest.mark.parametrize("role", [Role.CITY_PLATFORM, Role.COUNTY, Role.WINDOW, Role.AUDITOR])
def test_only_the_bureau_plans(draft, role):
    stranger = UserFactory.create(role=role)
    platform = PlatformFactory.create()
    with pytest.raises(PermissionDenied):
        copy_system(system=draft.copied_from, year=2030, by=stranger)
    with pytest.raises(PermissionDenied):
        change(draft, stranger, K1={"name": "演示"})
    with pytest.raises(PermissionDenied):
        cells = {TargetCell(platform.pk, "K1"): "60"}
        set_platform_targets(system=draft, targets=cells, by=stranger)


# Changing.


def test_points_targets_names_and_particulars_change_together(draft, second_bureau):
    changed = change(
        draft,
        second_bureau,
        new_task(),
        K2={"points": "15.0", "name": "演示改名", "base_document": "演示文件〔2027〕2号", "due_on": date(YEAR, 9, 30)},
        K1={"parameters": {"target": " 1２0 "}},
        routine=[RoutineEntry("A11", "5", {"target": "80"}), RoutineEntry("A12", "3", {"each": "0.25"})],
    )
    assert [i["code"] for i in key_tasks_of(changed.definition)] == [f"K{n}" for n in range(1, 11)]
    assert (indicator(changed, "K2")["points"], indicator(changed, "K2")["name"]) == ("15", "演示改名")
    assert indicator(changed, "K1")["rule"] == {"kind": "linear", "target": "120"}
    assert indicator(changed, "A11")["rule"]["target"] == "80"
    assert indicator(changed, "K10") == {
        "code": "K10",
        "name": "演示新增任务",
        "points": "5",
        "unit": "项",
        "clause": "R3.5",
        "source": "report",
        "quarterly": False,
        "evidence": "",
        "measure": {"kind": "count"},
        "rule": {"kind": "linear", "target": "6"},
    }
    task = changed.key_tasks.get(indicator="K2")
    assert (task.base_document, task.due_on) == ("演示文件〔2027〕2号", date(YEAR, 9, 30))
    assert (changed.changed_by, changed.sha256) == (second_bureau, digest(changed.definition))


def test_a_cancelled_task_takes_its_particulars_and_targets_along_and_its_code_is_not_given_again(bureau, draft):
    platform = PlatformFactory.create()
    cells = {TargetCell(platform.pk, "K4"): "5", TargetCell(platform.pk, "A11"): "50"}
    draft = set_platform_targets(system=draft, targets=cells, by=bureau)
    tasks = [task for task in entries(draft, K1={"points": "20"}) if task.code not in {"K4", "K9"}]
    tasks += [new_task(points="11")]
    changed = change_draft(system=draft, tasks=tasks, routine=[], by=bureau)
    assert [i["code"] for i in key_tasks_of(changed.definition)] == ["K1", "K2", "K3", "K5", "K6", "K7", "K8", "K10"]
    assert not KeyTask.objects.filter(system=changed, indicator__in=["K4", "K9"]).exists()
    assert [own.indicator for own in changed.targets.all()] == ["A11"]


def test_every_fault_is_told_at_once_each_with_its_field(draft, bureau):
    with pytest.raises(Refusal) as refusal:
        change(
            draft,
            bureau,
            new_task(name=" ", unit="", points="5", parameters={"target": "0"}, due_on=None, source="hub"),
            K1={"points": "十五", "base_document": " ", "due_on": date(2026, 1, 5)},
            K2={"points": "20.005"},
            K3={"parameters": {"target": "-3"}, "name": "名" * 81},
            routine=[RoutineEntry("A15", "", {"zero": "95", "full": "95"}), RoutineEntry("X1", "1", {})],
        )
    places = {(f.group, f.index, f.field) for f in refusal.value.faults if isinstance(f, PlanFault)}
    assert places == {
        *(("key_tasks", 0, field) for field in ("points", "base_document", "due_on")),
        ("key_tasks", 1, "points"),
        *(("key_tasks", 2, field) for field in ("name", "rule_target")),
        *(("key_tasks", 9, field) for field in ("name", "unit", "due_on", "source", "rule_target")),
        *(("routine", 0, field) for field in ("points", "rule_full")),
        ("routine", 1, ""),
    }
    texts = told(refusal)
    assert "重点工作K1“分值”:应填不小于0的数,如12或0.5(整数至多12位,小数至多6位)(现为“十五”)" in texts
    assert "重点工作K1“完成期限”:完成期限应在2027年内(现为“2026-01-05”)" in texts
    assert "指标A15“分值”:请填写" in texts
    assert draft == IndicatorSystem.objects.get(pk=draft.pk)


def test_a_task_that_somebody_else_took_away_is_said_to_be_gone(draft, bureau):
    with pytest.raises(Refusal) as refusal:
        change(draft, bureau, new_task(code="K99", name="演示别人删去的任务"))
    assert any("草案中没有这项重点工作,可能已被他人删去,请重新打开页面" in text for text in told(refusal))


def test_points_of_each_part_must_add_up_in_the_policys_words(draft, bureau):
    with pytest.raises(Refusal) as refusal:
        change(draft, bureau, K1={"points": "14"}, routine=[RoutineEntry("A11", "5", {})])
    assert told(refusal) == [
        "常规考核满分100分,各指标分值合计101分,两者应相等(《实施细则》第三条)",
        "年度重点工作考核满分100分,各指标分值合计99分,两者应相等(《实施细则》第三条)",
    ]


def test_saving_what_stands_already_makes_nobody_its_preparer(draft, second_bureau):
    saved = change(draft, second_bureau)
    assert (saved.changed_by, saved.changed_at) == (None, draft.changed_at)


# Platforms' own targets.


def test_own_targets_are_set_changed_and_removed_cell_by_cell(draft, bureau):
    first, second = PlatformFactory.create_batch(2)

    def put(**cells):
        draft.refresh_from_db()
        named = {TargetCell({"a": first.pk, "b": second.pk}[key[0]], key[1:]): text for key, text in cells.items()}
        set_platform_targets(system=draft, targets=named, by=bureau)
        return {(own.platform, own.indicator): str(own.target.normalize()) for own in draft.targets.all()}

    assert put(aK1="60", bK1="8.50", bA11="") == {(first, "K1"): "6E+1", (second, "K1"): "8.5"}
    assert put(aK1="", bK1="9") == {(second, "K1"): "9"}
    assert put(aA11="30") == {(second, "K1"): "9", (first, "A11"): "3E+1"}


def test_targets_are_refused_by_name_where_there_is_no_target_to_replace(draft, bureau):
    platform = PlatformFactory.create(name="演示单独平台")
    other = PlatformFactory.create(name="演示集群平台", platform_type="cluster_window")
    cells = {
        TargetCell(platform.pk, "K9"): "95",
        TargetCell(platform.pk, "K1"): "0",
        TargetCell(platform.pk, "K2"): "很多",
        TargetCell(platform.pk, "Z1"): "3",
        TargetCell(other.pk, "K1"): "3",
    }
    with pytest.raises(Refusal) as refusal:
        set_platform_targets(system=draft, targets=cells, by=bureau)
    assert len(refusal.value.faults) == 5
    assert "演示单独平台K9:“企业诉求响应与账款拖欠线索办理:按期办结率”不按目标值计分" in told(refusal)[0]
    assert not PlatformTarget.objects.exists()


# Putting in force.


def test_whoever_prepared_last_does_not_put_in_force(draft, bureau, second_bureau):
    with pytest.raises(PermissionDenied):
        put_system_in_force(system=draft, by=bureau)
    draft = change(draft, second_bureau, K1={"name": "演示改名"})
    with pytest.raises(PermissionDenied):
        put_system_in_force(system=draft, by=second_bureau)
    assert put_system_in_force(system=draft, by=bureau).late_reason == ""


def test_in_time_needs_no_reason_and_late_needs_one_that_is_kept(bureau, second_bureau):
    draft = import_system(document=system_document(year=2026), by=bureau).system
    assert (draft.is_late_on(date(2025, 12, 31)), draft.is_late_on(date(2026, 1, 1))) == (False, True)
    with pytest.raises(Refusal, match="2026年已经开始,此时施行须写明理由"):
        put_system_in_force(system=draft, by=second_bureau, reason="  ")
    published = put_system_in_force(system=draft, by=second_bureau, reason=" 上级文件三月印发 ")
    assert published.late_reason == "上级文件三月印发"
    last = IndicatorSystem.pgh_event_models["update"].objects.order_by("-pgh_id").first()
    assert last.pgh_context.metadata["reason"] == "上级文件三月印发"


def test_a_copy_without_particulars_is_not_put_in_force(bureau, second_bureau):
    source = in_force(import_system(document=system_document(year=2026), by=bureau).system)
    draft = copy_system(system=source, year=YEAR, by=bureau)
    with pytest.raises(Refusal, match=r"重点工作K1、K2、.*K9没有写明依据文件和完成期限"):
        put_system_in_force(system=draft, by=second_bureau)


def test_everything_in_the_way_is_told_at_once(bureau, second_bureau):
    source = in_force(import_system(document=system_document(year=2026), by=bureau).system)
    draft = copy_system(system=source, year=2026, by=bureau)
    with pytest.raises(Refusal) as refusal:
        put_system_in_force(system=draft, by=second_bureau)
    assert [text[:9] for text in told(refusal)] == ["county_wi", "2026年已经开始", "重点工作K1、K2"]


def run_sql(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


PUT = "UPDATE evaluation_indicatorsystem SET status = 'in_force', in_force_at = '{at}', in_force_by_id = {by}, late_reason = '{why}' WHERE id = {pk}"  # noqa: E501


@pytest.mark.parametrize(
    ("is_preparer", "at", "why", "match"),
    [
        (False, "2026-12-31 15:59Z", "", None),
        (True, "2026-12-31 15:59Z", "", "two people"),
        (False, "2026-12-31 16:00Z", "", "late"),
        (False, "2026-12-31 16:00Z", "演示", None),
    ],
    ids=["in time", "own draft", "late in Beijing", "late with a reason"],
)
def test_the_database_holds_both_rules(draft, bureau, second_bureau, is_preparer, at, why, match):
    statement = PUT.format(at=at, by=(bureau if is_preparer else second_bureau).pk, why=why, pk=draft.pk)
    if match is None:
        run_sql(statement)
        assert IndicatorSystem.objects.get(pk=draft.pk).status == SystemStatus.IN_FORCE
    else:
        with pytest.raises(IntegrityError, match=match):
            run_sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evaluation_keytask SET base_document = 'x' WHERE system_id = {pk}",
        "DELETE FROM evaluation_keytask WHERE system_id = {pk}",
        "UPDATE evaluation_platformtarget SET target = 1 WHERE system_id = {pk}",
        "DELETE FROM evaluation_platformtarget WHERE system_id = {pk}",
        "INSERT INTO evaluation_platformtarget (system_id, platform_id, indicator, target)"
        " SELECT {pk}, max(id), 'K2', 3 FROM platforms_platform",
        "UPDATE evaluation_indicatorsystem SET changed_at = now() WHERE id = {pk}",
        "UPDATE evaluation_indicatorsystem SET late_reason = 'x' WHERE id = {pk}",
    ],
)
@pytest.mark.parametrize("state", ["draft", "in_force", "retired"])
def test_particulars_and_targets_freeze_with_the_system(draft, bureau, second_bureau, statement, state):
    """The same statement passes while the system is a draft: that is the control."""
    platform = PlatformFactory.create()
    draft = set_platform_targets(system=draft, targets={TargetCell(platform.pk, "K1"): "60"}, by=bureau)
    if state != "draft":
        put_system_in_force(system=draft, by=second_bureau)
    if state == "retired":
        retire_system(system=draft, reason="演示", by=bureau)
    run_sql(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
    if state == "draft":
        run_sql(statement.format(pk=draft.pk))
        return
    with pytest.raises(IntegrityError, match="frozen"):
        run_sql(statement.format(pk=draft.pk))


def test_a_system_in_force_is_changed_by_no_action(draft, bureau, second_bureau):
    published = put_system_in_force(system=draft, by=second_bureau)
    with pytest.raises(Refusal, match="施行后的指标体系不再改动"):
        change(published, bureau, K1={"name": "演示"})
