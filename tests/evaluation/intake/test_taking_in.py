"""All or nothing, once, shown before it replaces, never once published."""

import threading
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, OperationalError, connection

from core import jobs
from core.choices import JobState
from core.errors import Refusal
from core.models import Job, SealedFile
from evaluation.intake.actions import HubReading, changes_of, import_reading, obstacles, request_import, taking_in
from evaluation.intake.models import Figure, ImportBatch
from tests.evaluation.intake.published import issue, publish
from tests.evaluation.intake.workbooks import demo_content, edited, read, retotalled
from tests.harness.races import at_once


def other(**cells) -> bytes:
    """One county window's count and another's published needs differ; the totals agree."""
    return edited(cells or {"E13": 16, "H14": 9}, change=retotalled)


@pytest.fixture
def first(registry):
    return import_reading(reading=read(demo_content("2025Q1")), by=None).batch


def everything() -> tuple[int, int, int]:
    return ImportBatch.objects.count(), Figure.objects.count(), SealedFile.objects.count()


def test_the_same_file_twice_changes_nothing(first):
    before = everything()
    again = import_reading(reading=read(demo_content("2025Q1")), by=None)
    assert (again.batch, again.is_new) == (first, False)
    assert everything() == before


def test_another_file_that_says_the_same_changes_nothing(first):
    before = everything()
    content = edited({"A24": "注:另存"})
    again = import_reading(reading=read(content), by=None, replace=True)
    assert (again.batch, again.is_new) == (first, False)
    assert everything() == before


def test_another_file_shows_what_changes_before_it_replaces(first, registry):
    reading = read(other())
    shown = [(c.platform_code, c.indicator, c.old, c.new) for c in changes_of(reading).rows]
    old = first.figures.get(platform=registry["CNT-02"], indicator="settled_needs")
    ratio = [f"{int(old.amount)}/{int(old.base)}", f"{int(old.amount)}/9"]
    published = f"{int(old.base)}"
    old_count = first.figures.get(platform=registry["CNT-01"], indicator="policy_posts").amount
    assert shown == [
        ("CNT-01", "policy_posts", f"{int(old_count)}", "16"),
        ("CNT-02", "published_needs", published, "9"),
        ("CNT-02", "settled_needs", *ratio),
    ]
    before = everything()
    with pytest.raises(Refusal, match="已有有效数据") as refused:
        import_reading(reading=reading, by=None)
    assert [fault.message for fault in refused.value.faults[1:]] == [str(change) for change in changes_of(reading).rows]
    assert everything() == before


def test_a_replacement_keeps_the_old_batch_and_its_figures(first):
    kept = list(first.figures.order_by("pk").values())
    outcome = import_reading(reading=read(other()), by=None, replace=True)
    first.refresh_from_db()
    assert (first.status, outcome.batch.status, outcome.batch.replaces) == ("replaced", "in_force", first)
    assert list(first.figures.order_by("pk").values()) == kept
    assert Figure.objects.in_force().count() == outcome.batch.figure_count
    assert len(outcome.changes) == 3


def test_going_back_to_the_first_file_is_a_third_batch(first):
    import_reading(reading=read(other()), by=None, replace=True)
    back = import_reading(reading=read(demo_content("2025Q1")), by=None, replace=True)
    assert back.is_new
    assert ImportBatch.objects.count() == 3
    figures = Figure.objects.order_by("pk").values_list("amount", "row")
    assert list(figures.filter(batch=back.batch)) == list(figures.filter(batch=first))


def test_a_platform_that_the_new_file_drops_is_shown(first, registry):
    content = other(**{f"{column}21": None for column in "ABCDEFGHIJKLMNOPQ"})
    reading = read(content)
    assert [str(notice) for notice in reading.notices] == ["文件中没有CNT-09 醴陵市中小企业公共服务窗口平台的数据行"]
    dropped = changes_of(reading).rows
    assert {(change.platform_code, change.new) for change in dropped} == {("CNT-09", "(无)")}
    assert len(dropped) == 13


def test_never_once_the_ranking_is_published(first, systems, bureau):
    """The changed figures are of county windows: their published ranking stands in the way, another type's does not."""
    by_type = {system.platform_type: system for system in systems}
    publish(by_type["cluster_window"], bureau)
    publish(by_type["county_window"], bureau, year=2024)
    reading = read(other())
    with_cluster = read(other(E6=12))
    with pytest.raises(Refusal) as refused:
        import_reading(reading=with_cluster, by=None, replace=True)
    assert [str(fault) for fault in refused.value.faults] == [
        "2025年度产业集群窗口平台评价排名(第1版)已发布并使用了2025年第一季度的数据,不能再更改"
        ";应为:如确有差错,按更正程序发布新版"
    ]
    before = everything()
    publish(by_type["county_window"], bureau)
    with pytest.raises(Refusal, match="县\\(市、区\\)综合窗口平台评价排名"):
        import_reading(reading=reading, by=None, replace=True)
    assert everything() == before
    first.refresh_from_db()
    assert first.status == "in_force"


def test_a_dry_run_tells_beforehand_what_is_published(first, systems, bureau):
    publish(next(s for s in systems if s.platform_type == "county_window"), bureau)
    reading = read(other())
    told = obstacles(reading, changes_of(reading))
    with pytest.raises(Refusal) as refused:
        import_reading(reading=reading, by=None, replace=True)
    assert told == list(refused.value.faults) != []
    same = read(demo_content("2025Q1"))
    assert obstacles(same, changes_of(same)) == []


def test_another_types_ranking_does_not_stand_in_the_way(first, systems, bureau):
    publish(next(s for s in systems if s.platform_type == "cluster_window"), bureau)
    assert import_reading(reading=read(other()), by=None, replace=True).is_new


def test_a_first_file_after_publication_is_refused_too(registry, systems, bureau):
    publish(systems[0], bureau)
    with pytest.raises(Refusal, match="已发布"):
        import_reading(reading=read(demo_content("2025Q1")), by=None)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(("quarter", "is_refused"), [(1, True), (2, False), (4, True)])
def test_never_once_the_bulletin_is_issued(first, bureau, second_bureau, quarter, is_refused):
    """The fourth quarter's bulletin also holds the year (细则 R4.2(1))."""
    issue(quarter, bureau, second_bureau)
    reading = read(other())
    if is_refused:
        with pytest.raises(Refusal, match=f"第{'一二三四'[quarter - 1]}季度通报已发布"):
            import_reading(reading=reading, by=None, replace=True)
    else:
        assert import_reading(reading=reading, by=None, replace=True).is_new


def test_a_failure_in_the_middle_leaves_nothing(registry, monkeypatch):
    honest = HubReading.copy_lines

    def spoilt(self, batch):
        yield from honest(self, batch)
        yield "not a figure\n"

    monkeypatch.setattr(HubReading, "copy_lines", spoilt)
    reading = read(demo_content("2025Q1"))
    before = everything()
    with pytest.raises(DataError):
        import_reading(reading=reading, by=None)
    assert everything() == before


def test_a_figure_that_gets_lost_on_the_way_is_noticed(registry, monkeypatch):
    monkeypatch.setattr(HubReading, "figure_count", 1)
    reading = read(demo_content("2025Q1"))
    with pytest.raises(RuntimeError, match="208 figures stored, 1 read"):
        import_reading(reading=reading, by=None)
    assert not ImportBatch.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_connection_killed_in_the_middle_leaves_nothing(registry, monkeypatch):
    """All figures are in, the commit is not: the server drops everything."""
    copy_figures = taking_in._copy_figures

    def copied_then_killed(reading, batch):
        copy_figures(reading, batch)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    reading = read(demo_content("2025Q1"))
    before = everything()
    with monkeypatch.context() as patched:
        patched.setattr(taking_in, "_copy_figures", copied_then_killed)
        with pytest.raises(OperationalError):
            import_reading(reading=reading, by=None)
    connection.close()
    assert everything() == before
    assert import_reading(reading=reading, by=None).is_new


def import_in_parallel(count: int) -> list[Any]:
    """Each thread's outcome or error; all have read the file before the first may store it."""
    readings = [read(demo_content("2025Q1")) for _ in range(count)]
    return at_once(*[partial(import_reading, reading=reading, by=None) for reading in readings])


@pytest.mark.django_db(transaction=True)
def test_parallel_imports_of_one_file_make_one_batch(registry):
    outcomes = import_in_parallel(3)
    assert sorted(outcome.is_new for outcome in outcomes) == [False, False, True]
    assert len({outcome.batch.pk for outcome in outcomes}) == 1
    assert Figure.objects.count() == 208


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_parallel_imports_collide(registry, monkeypatch):
    """Shows that the test above can fail: the constraint alone keeps the data whole, but people get errors."""
    meeting = threading.Barrier(2)

    def no_lock(reading):
        """Nothing is held."""

    def meet(*args, **kwargs):
        meeting.wait(timeout=60)
        return []

    monkeypatch.setattr(taking_in, "_lock", no_lock)
    monkeypatch.setattr(taking_in, "published_results", meet)
    outcomes = import_in_parallel(2)
    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes)
    assert Figure.objects.count() == 208


def test_the_run_time_role_can_import_and_replace(registry, as_app):
    import_reading(reading=read(demo_content("2025Q1")), by=None)
    assert import_reading(reading=read(other()), by=None, replace=True).is_new


@pytest.mark.parametrize("who", ["auditor", "city_platform_user"])
def test_who_may_import(registry, who, request):
    user = request.getfixturevalue(who)
    reading = read(demo_content("2025Q1"))
    if who == "auditor":
        with pytest.raises(PermissionDenied):
            import_reading(reading=reading, by=user)
        with pytest.raises(PermissionDenied):
            request_import(reading=reading, expected_changes=None, submission="1", by=user)
        assert not Job.objects.exists()
    else:
        assert import_reading(reading=reading, by=user).batch.imported_by == user


def test_the_worker_imports_what_was_confirmed(first, bureau):
    reading = read(other())
    job = request_import(reading=reading, expected_changes=changes_of(reading).digest, submission="1", by=bureau)
    assert request_import(reading=reading, expected_changes="", submission="1", by=bureau) == job
    assert jobs.run(job.pk)
    job.refresh_from_db()
    batch = ImportBatch.objects.get(status="in_force")
    assert job.state == JobState.DONE
    assert job.result == {
        "batch": batch.pk,
        "is_new": True,
        "rows": 16,
        "figures": 208,
        "changes": 3,
        "notices": [],
    }
    assert batch.imported_by == bureau
    assert batch.replaces == first


def test_a_job_keeps_every_fault_of_a_refused_file(registry, bureau):
    reading = read(demo_content("2025Q1"))
    job = request_import(reading=reading, expected_changes=None, submission="1", by=bureau)
    for code in ("CNT-01", "CNT-02"):
        registry[code].recognitions.all().delete()
        registry[code].delete()
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.REFUSED
    faults = (job.result or {})["faults"]
    assert [(fault["row"], fault["value"]) for fault in faults] == [(13, "CNT-01"), (14, "CNT-02")]
    assert not ImportBatch.objects.exists()
