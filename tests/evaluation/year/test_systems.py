"""Indicator systems: every fault at once, versions, and what the database refuses whatever the code says."""

import copy
import json

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from core.errors import Refusal
from evaluation.systems.actions.systems import import_system, import_system_file, put_system_in_force, retire_system
from evaluation.systems.checks.systems import weights_and_points
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from tests.evaluation.year.systems import DEMO, system_document, system_in_force


def with_weights(routine, key_work):
    document = system_document()
    document["sections"][0]["weight"], document["sections"][1]["weight"] = routine, key_work
    return document


def with_points(points):
    document = system_document()
    document["sections"][1]["categories"][0]["indicators"][0]["points"] = points
    return document


def run_sql(statement, *arguments):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, arguments)


def test_a_sound_system_becomes_a_draft(bureau):
    imported = import_system(document=system_document(), by=bureau)
    system = imported.system
    assert imported.is_new
    assert (system.platform_type, system.code, system.version) == ("county_window", "county_window-2025", 1)
    assert (system.status, system.imported_by) == (SystemStatus.DRAFT, bureau)
    assert system.definition == system_document()


def test_the_same_document_twice_changes_nothing(bureau):
    first = import_system(document=system_document(), by=bureau)
    again = import_system(document={**system_document(), "version": 7}, by=bureau)
    assert (again.system, again.is_new) == (first.system, False)
    assert IndicatorSystem.objects.count() == 1


def test_new_content_is_the_next_version_and_a_draft(bureau):
    system_in_force(bureau)
    changed = system_document()
    changed["tie_style"] = "dense"
    imported = import_system(document=changed, by=bureau)
    assert (imported.system.version, imported.system.status) == (2, SystemStatus.DRAFT)
    assert imported.system.definition["version"] == 2


def test_the_version_in_force_imported_again_changes_nothing_beside_a_newer_draft(bureau):
    in_force = system_in_force(bureau)
    import_system(document={**system_document(), "tie_style": "dense"}, by=bureau)
    assert import_system(document=system_document(), by=bureau).system == in_force
    assert IndicatorSystem.objects.count() == 2


def test_all_faults_are_told_at_once(bureau):
    document = with_weights("0.21", "0.79")
    document["sections"][0]["categories"][0]["indicators"][0]["points"] = "4.5"
    document["sections"][0]["categories"][0]["clause"] = "R9.9"
    document["code"] = "county-2025"
    with pytest.raises(Refusal) as refusal:
        import_system(document=document, by=bureau)
    told = str(refusal.value)
    assert "20/80 与分值合计(《实施细则》第三条):常规考核占21%,应占20%" in told
    assert "年度重点工作考核占79%,应占80%" in told
    assert "常规考核满分100分,各指标分值合计100.5分,两者应相等" in told
    assert "$.sections[0].points" in told
    assert "政策中没有这一条款(现为“R9.9”)" in told
    assert "体系代码的形式不对(现为“county-2025”)" in told
    assert not IndicatorSystem.objects.exists()


@pytest.mark.parametrize("document", [None, 3, [], {}, {"sections": [1, {"categories": [{"indicators": 4}]}]}])
def test_any_document_is_refused_without_a_crash(bureau, document):
    with pytest.raises(Refusal):
        import_system(document=document, by=bureau)


def test_a_broken_file_is_refused_by_name(bureau):
    with pytest.raises(Refusal, match="不是有效的 JSON"):
        import_system_file(content=b'{"code": ', by=bureau)
    repeated = json.dumps(system_document()).replace('{"code"', '{"code": "x", "code"', 1)
    with pytest.raises(Refusal, match="重复出现"):
        import_system_file(content=repeated.encode(), by=bureau)


def test_only_the_bureau_keeps_systems(city_platform_user, bureau):
    with pytest.raises(PermissionDenied):
        import_system(document=system_document(), by=city_platform_user)
    draft = import_system(document=system_document(), by=bureau).system
    with pytest.raises(PermissionDenied):
        put_system_in_force(system=draft, by=city_platform_user)


def test_one_version_in_force_at_a_time(bureau, second_bureau):
    first = system_in_force(bureau)
    second = import_system(document={**system_document(), "tie_style": "dense"}, by=bureau).system
    with pytest.raises(Refusal, match="第1版正在施行,请先停用"):
        put_system_in_force(system=second, by=second_bureau)
    with pytest.raises(Refusal, match="须写明理由"):
        retire_system(system=first, reason=" ", by=bureau)
    retired = retire_system(system=first, reason="并列名次改为连续", by=bureau)
    assert (retired.status, retired.retired_by) == (SystemStatus.RETIRED, bureau)
    assert put_system_in_force(system=second, by=second_bureau, reason="年内修订").in_force_by == second_bureau


def test_the_reason_stays_in_the_history(bureau):
    retire_system(system=system_in_force(bureau), reason="演示停用", by=bureau)
    last = IndicatorSystem.pgh_event_models["update"].objects.order_by("-pgh_id").first()
    assert last.status == SystemStatus.RETIRED
    assert last.pgh_context.metadata["reason"] == "演示停用"
    assert last.pgh_context.metadata["user"] == bureau.pk


# What the database refuses whatever the code says.

STORE = """
    INSERT INTO evaluation_indicatorsystem (platform_type, code, version, status, definition, sha256)
    VALUES ('county_window', 'county_window-2025', %s, 'draft', %s, 'x')
"""


@pytest.mark.parametrize(
    "document",
    [with_points("14.99"), with_points("15.01"), with_weights("0.21", "0.79"), with_weights("0.80", "0.20")],
    ids=["99.99 points", "100.01 points", "21/79", "80/20"],
)
def test_the_database_refuses_wrong_sums(db, document):
    run_sql(STORE, 1, json.dumps(system_document()))  # the same statement with a sound document passes
    with pytest.raises(IntegrityError, match="evaluation_system_adds_up"):
        run_sql(STORE, 2, json.dumps(document))
    with pytest.raises(IntegrityError, match="evaluation_system_adds_up"):
        run_sql("UPDATE evaluation_indicatorsystem SET definition = %s", json.dumps(document))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evaluation_indicatorsystem SET definition = jsonb_set(definition, '{tie_style}', '\"dense\"')",
        "UPDATE evaluation_indicatorsystem SET version = 9",
        "UPDATE evaluation_indicatorsystem SET in_force_at = now()",
        "UPDATE evaluation_indicatorsystem SET status = 'draft'",
        "DELETE FROM evaluation_indicatorsystem",
    ],
)
@pytest.mark.parametrize("is_retired", [False, True])
@pytest.mark.parametrize("role", ["owner", "app"])
def test_the_database_freezes_a_system_in_force(bureau, statement, is_retired, role):
    system = system_in_force(bureau)
    if is_retired:
        retire_system(system=system, reason="演示", by=bureau)
    if role == "app":
        run_sql(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
    with pytest.raises((IntegrityError, ProgrammingError), match=r"frozen|no move|permission denied"):
        run_sql(statement)


def test_the_database_lets_a_draft_change(bureau):
    import_system(document=system_document(), by=bureau)
    run_sql("UPDATE evaluation_indicatorsystem SET definition = jsonb_set(definition, '{tie_style}', '\"dense\"')")
    assert IndicatorSystem.objects.get().definition["tie_style"] == "dense"
    run_sql("DELETE FROM evaluation_indicatorsystem")
    assert not IndicatorSystem.objects.exists()


def test_the_database_refuses_two_in_force_and_a_row_that_starts_in_force(bureau):
    system_in_force(bureau)
    run_sql(STORE, 2, json.dumps(system_document()))
    with pytest.raises(IntegrityError, match="evaluation_system_one_in_force"):
        run_sql("UPDATE evaluation_indicatorsystem SET status = 'in_force' WHERE version = 2")
    with pytest.raises(IntegrityError, match="must start as draft"):
        run_sql(STORE.replace("'draft'", "'in_force'"), 3, json.dumps(system_document()))


def test_the_named_check_says_what_it_checked():
    sound = weights_and_points(system_document())
    assert (sound.name, sound.clause, sound.findings) == ("20/80 与分值合计", "R3", ())
    broken = copy.deepcopy(system_document())
    del broken["sections"][1]
    assert weights_and_points(broken).findings == ("缺少年度重点工作考核部分(key_work),应占80%",)


IN_FORCE = ("--in-force", "--reason", "演示:补行施行")


@pytest.mark.parametrize("path", sorted((DEMO / "systems").glob("*.json")), ids=lambda path: path.stem)
def test_command_imports_and_puts_in_force(bureau, path, capsys):
    call_command("import_system", str(path), *IN_FORCE, "--by", bureau.username)
    call_command("import_system", str(path), *IN_FORCE, "--by", bureau.username)
    assert IndicatorSystem.objects.get().status == SystemStatus.IN_FORCE
    assert "内容相同,没有变化" in capsys.readouterr().out


def test_command_refuses_with_every_fault(bureau, tmp_path, capsys):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(with_weights("0.21", "0.79")), encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        call_command("import_system", str(path))
    assert stop.value.code == 1
    assert "发现2处问题" in capsys.readouterr().err
    with pytest.raises(CommandError, match="--by"):
        call_command("import_system", str(path), "--in-force")
    with pytest.raises(CommandError, match="没有可用的账号"):
        call_command("import_system", str(path), "--in-force", "--by", "nobody")
