"""From accepted cells to a score that names its file, row and origin: one small year, checked by hand."""

import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import jobs
from core.choices import JobState
from core.errors import Refusal
from demo.fresh import accept_figures, approve_not_applicable
from evaluation.collection.models import ReportingPeriod, SubmittedFigure
from evaluation.gathering.actions import read_collected, request_gathering
from evaluation.gathering.queries import unassessable_faults
from evaluation.intake.actions import changes_of, import_reading, read_figures
from evaluation.intake.models import Figure, ImportBatch
from evaluation.marking.actions import TypedMark, appoint_assessor, hand_in_marks, save_marks
from evaluation.marking.queries import Cell, Sheet, SheetProgress
from evaluation.ranking.actions.publications import publish_ranking
from evaluation.ranking.actions.rankings import compute_scoring, open_ranking, score_ranking
from evaluation.ranking.documents.explained import published_scorecard, working_scorecard
from tests.evaluation.collection.checking.figures import handed_in, locked_period, submission_of
from tests.evaluation.intake.workbooks import figures_csv
from tests.evaluation.scoring.builders import parsed
from tests.evaluation.year.reading import row_of
from tests.factories import PlatformFactory, RecognitionFactory, UserFactory

# platform, quarter, indicator, value (None with a reason: 不适用)
CELLS = [
    ("CNT-01", 1, "B13", {"numerator": "3", "denominator": "4"}),
    ("CNT-01", 2, "B13", {"numerator": "5", "denominator": "6"}),
    ("CNT-01", 1, "K5", "3"),
    ("CNT-01", 2, "K5", "4"),
    ("CNT-01", 1, "C22", {"provincial": "1"}),
    ("CNT-01", 2, "C22", {"provincial": "1", "municipal": "2"}),
    ("CNT-01", 1, "K7", None),
    ("CNT-02", 1, "K5", "0"),
    ("CNT-02", 1, "K7", None),
    ("CNT-02", 2, "K7", "6"),
    ("CITY-01", 2, "B32", "1"),
]
RATIO = '{"numerator": "1", "denominator": "1"}'
ONE_TO_TWO = "平台报送,第一、二季度"
FILE = [
    ["平台编码", "指标编码", "年度", "数值(JSON)", "来源"],
    ["CITY-01", "B32", "2025", '"1"', "平台报送,第二季度"],
    ["CNT-01", "A19", "2025", '["website"]', "评委评分,3位评委"],
    ["CNT-01", "B13", "2025", '{"denominator": "10", "numerator": "8"}', ONE_TO_TWO],
    ["CNT-01", "C22", "2025", '{"municipal": "2", "provincial": "2"}', ONE_TO_TWO],
    ["CNT-01", "K5", "2025", '"7"', ONE_TO_TWO],
    ["CNT-01", "K7", "2025", '{"state": "not_applicable"}', "平台报送,第一季度"],
    ["CNT-02", "A19", "2025", "[]", "评委评分,3位评委"],
    ["CNT-02", "K5", "2025", '"0"', "平台报送,第一季度"],
    ["CNT-02", "K7", "2025", '"6"', ONE_TO_TWO],
]


@pytest.fixture
def year(quarter, bureau, city_platform_user):
    """Everything of CELLS accepted; three assessors who have handed in; the registry says nothing of coverage."""
    second = PlatformFactory.create(code="CNT-02", region=quarter.window.region)
    for platform in (quarter.window, second, quarter.city):
        RecognitionFactory.create(platform=platform)
    platforms = {"CNT-01": quarter.window, "CNT-02": second, "CITY-01": quarter.city}
    for code, number, indicator, value in CELLS:
        system = quarter.city_system if code == "CITY-01" else quarter.system
        clerk = quarter.city_clerk if code == "CITY-01" else quarter.clerk
        reason = "本季度没有对接活动" if value is None else ""
        submission = submission_of(platforms[code], system, number)
        figure = handed_in(submission, indicator, value, by=clerk, not_applicable=reason)
        check = accept_figures if value is not None else approve_not_applicable
        check(figures=[figure], by=bureau if code == "CITY-01" else city_platform_user)
    for ticked in (["website"], ["website", "other_channel"], []):
        assess(platforms, {"CNT-01": ticked, "CNT-02": [] if "website" in ticked else ["website"]})
    return platforms


def assess(platforms, ticked, *, hand_in=True):
    person = UserFactory.create(role="city_platform")
    which: dict[str, Any] = {"year": 2025, "platform_type": "county_window"}
    appoint_assessor(**which, assessor=person, by=UserFactory.create(role="city_platform"))
    entries = [TypedMark(Cell(platforms[code].pk, "A19"), items, "拨测") for code, items in ticked.items()]
    save_marks(**which, entries=entries, by=person)
    if hand_in:
        hand_in_marks(**which, by=person)


def gather(*, by, year=2025, expected_changes=None):
    """What the job does."""
    return import_reading(reading=read_collected(year=year), by=by, expected_changes=expected_changes)


def rows_of(content: bytes) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return [row for row in rows if row[1] != "C15"]  # the registry's coverage has its own tests


def test_the_file_of_the_year_is_what_a_person_would_write(year):
    assert rows_of(read_collected(year=2025).content) == FILE


def test_every_figure_stands_in_its_row_of_the_sealed_file(year, bureau):
    batch = gather(by=bureau).batch
    assert (batch.kind, batch.year, batch.quarter, batch.imported_by) == ("collected", 2025, 0, bureau)
    lines = list(csv.reader(io.StringIO(bytes(batch.file.content).decode("utf-8-sig"), newline="")))
    for figure in batch.figures.select_related("platform"):
        assert lines[figure.row - 1][:2] == [figure.platform.code, figure.indicator]
    ratio = batch.figures.get(platform__code="CNT-01", indicator="B13")
    assert (ratio.amount, ratio.base) == (Decimal(8), Decimal(10))


def test_what_is_not_accepted_or_not_complete_is_not_gathered_and_said(year, quarter):
    handed_in(submission_of(quarter.window, quarter.system, 3), "K5", "9", by=quarter.clerk)
    assess(year, {"CNT-01": ["website"]}, hand_in=False)
    reading = read_collected(year=2025)
    assert [row[1:4] for row in rows_of(reading.content) if row[0] == "CNT-01" and row[1] in ("K5", "A19")] == [
        ["K5", "2025", '"7"']
    ]
    notices = [str(notice) for notice in reading.notices]
    assert f"CNT-01 {quarter.window.name}还有1项已报送、尚未审核,没有归集" in notices
    assert "县(市、区)综合窗口平台还有1位评委没有提交,评委评定的指标没有归集" in notices


def test_locked_quarters_are_gathered_to_the_same_figures(year, quarter):
    """Lock, gather, score is the usual order: locking must not take a figure away."""
    before = rows_of(read_collected(year=2025).content)
    periods = ReportingPeriod.objects.filter(year=2025)
    assert len(periods) == 2
    for period in periods:
        locked_period(period)
    assert SubmittedFigure.objects.filter(status="locked").exists()
    assert rows_of(read_collected(year=2025).content) == before


@pytest.mark.parametrize("other", [2024, 2026])
def test_another_years_accepted_figures_are_not_in_this_years_sums(year, quarter, city_platform_user, other):
    before = rows_of(read_collected(year=2025).content)
    figure = handed_in(submission_of(quarter.window, quarter.system, 1, year=other), "K5", "100", by=quarter.clerk)
    accept_figures(figures=[figure], by=city_platform_user)
    assert rows_of(read_collected(year=2025).content) == before


def test_gathering_twice_changes_nothing(year, bureau):
    first = gather(by=bureau)
    again = gather(by=bureau)
    assert (again.batch, again.is_new) == (first.batch, False)
    assert ImportBatch.objects.count() == 1


def test_a_later_figure_shows_the_change_before_it_replaces(year, quarter, bureau, city_platform_user):
    first = gather(by=bureau).batch
    figure = handed_in(submission_of(quarter.window, quarter.system, 3), "K5", "9", by=quarter.clerk)
    accept_figures(figures=[figure], by=city_platform_user)
    changes = changes_of(read_collected(year=2025))
    assert [str(change) for change in changes.rows] == [f"CNT-01 {quarter.window.name} K5: 7 → 16"]
    with pytest.raises(Refusal, match="已有有效数据"):
        gather(by=bureau)
    batch = gather(by=bureau, expected_changes=changes.digest).batch
    assert batch.replaces == first
    assert Figure.objects.in_force().get(platform=quarter.window, indicator="K5").amount == 16


def test_the_job_takes_in_what_was_confirmed_or_nothing(year, quarter, bureau, city_platform_user):
    digest = changes_of(read_collected(year=2025)).digest
    job = request_gathering(year=2025, expected_changes=digest, submission="1", by=bureau)
    assert request_gathering(year=2025, expected_changes=digest, submission="1", by=bureau) == job
    late = request_gathering(year=2025, expected_changes="0" * 64, submission="2", by=bureau)
    for each in (job, late):
        assert jobs.run(each.pk)
        each.refresh_from_db()
    assert (job.state, late.state) == (JobState.DONE, JobState.DONE)  # the second finds that nothing changes
    figure = handed_in(submission_of(quarter.window, quarter.system, 3), "K5", "9", by=quarter.clerk)
    accept_figures(figures=[figure], by=city_platform_user)
    stale = request_gathering(year=2025, expected_changes=digest, submission="3", by=bureau)
    jobs.run(stale.pk)
    stale.refresh_from_db()
    assert stale.state == JobState.REFUSED
    assert "重新查看变更内容" in stale.error
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("role", ["window", "county", "auditor"])
def test_who_may_gather(year, role):
    user = UserFactory.create(role=role)
    with pytest.raises(PermissionDenied):
        gather(by=user)
    with pytest.raises(PermissionDenied):
        request_gathering(year=2025, expected_changes=None, submission="1", by=user)


def test_a_year_without_anything_is_refused_with_what_to_do(quarter, bureau):
    with pytest.raises(Refusal, match="2031年度还没有可以归集的数据"):
        gather(by=bureau, year=2031)


def imported(*rows):
    return import_reading(reading=read_figures(content=figures_csv(*rows), file_name="figures-2025.csv"), by=None)


def test_what_the_years_file_gives_is_not_gathered_a_second_time(year, bureau):
    imported(("CNT-01", "K5", "2025", '"3"'), ("CNT-02", "A19", "2025", "[]"), ("CNT-02", "K9", "2025", RATIO))
    with pytest.raises(Refusal) as refused:
        gather(by=bureau)
    assert sorted(fault.message for fault in refused.value.faults) == [
        "平台CNT-01的指标K5在其他年度数据文件“figures-2025.csv”第2行已有数据",
        "平台CNT-02的指标A19在其他年度数据文件“figures-2025.csv”第3行已有数据",
    ]
    assert not ImportBatch.objects.filter(kind="collected").exists()


def test_a_file_that_comes_after_gathering_keeps_the_year_from_being_scored(year, quarter, bureau, city_platform_user):
    gather(by=bureau)
    imported(("CNT-01", "K5", "2025", '"3"'))
    ranking = open_ranking(year=2025, platform_type="county_window", by=city_platform_user)
    with pytest.raises(Refusal) as refused:
        compute_scoring(ranking=ranking, is_demo=True)
    assert [fault.message for fault in refused.value.faults] == ["平台CNT-01的指标K5有不止一种来源"]


def test_quarters_and_gathering_together_keep_the_year_from_being_scored(year, quarter, bureau, city_platform_user):
    """The database would take it: the scoring does not."""
    batch = gather(by=bureau).batch
    hub = ImportBatch.objects.create(
        kind="hub", year=2025, quarter=1, file_name="2025Q1.xlsx", file=batch.file, row_count=1, figure_count=1
    )
    Figure.objects.create(
        batch=hub, platform=quarter.window, indicator="K5", year=2025, quarter=1, row=5, amount=1, state="reported"
    )
    ranking = open_ranking(year=2025, platform_type="county_window", by=city_platform_user)
    with pytest.raises(Refusal, match="平台CNT-01的指标K5有不止一种来源"):
        compute_scoring(ranking=ranking, is_demo=True)


def test_a_score_names_file_row_and_origin(year, bureau, second_bureau, city_platform_user):
    """Beside a file of the same year, whose figures keep the name of that file."""
    imported(("CNT-01", "K9", "2025", RATIO))
    gather(by=bureau)
    ranking = open_ranking(year=2025, platform_type="county_window", by=city_platform_user)
    scored = score_ranking(ranking=ranking, by=city_platform_user, is_demo=True)
    card = working_scorecard(scored.scorecards.get(platform__code="CNT-01"))
    row = next(number for number, line in enumerate(FILE, 1) if line[:2] == ["CNT-01", "K5"])
    row += 1  # the registry's coverage stands in a row of the city platform's, before the windows'
    expected = f"2025年全年:平台报送数据-2025.csv 第{row}行,来源:{ONE_TO_TWO}"
    assert [source.text for source in row_of(card, "K5").sources] == [expected]
    assert [source.text for source in row_of(card, "K9").sources] == ["2025年全年:figures-2025.csv 第2行"]
    assert (row_of(card, "K5").value, row_of(card, "K5").score) == ("7笔(家)", "4.67")
    publication = publish_ranking(ranking=scored, by=second_bureau, is_demo=True)
    public = published_scorecard(publication, "CNT-01")
    assert public is not None
    assert [source.text for source in row_of(public, "K5").sources] == [expected]
    assert next(source.text for source in row_of(public, "A19").sources).endswith("来源:评委评分,3位评委")


def test_never_once_published(year, quarter, bureau, second_bureau, city_platform_user):
    gather(by=bureau)
    ranking = open_ranking(year=2025, platform_type="county_window", by=city_platform_user)
    scored = score_ranking(ranking=ranking, by=city_platform_user, is_demo=True)
    publish_ranking(ranking=scored, by=second_bureau, is_demo=True)
    figure = handed_in(submission_of(quarter.window, quarter.system, 3), "K5", "9", by=quarter.clerk)
    accept_figures(figures=[figure], by=city_platform_user)
    confirmed = changes_of(read_collected(year=2025)).digest
    with pytest.raises(Refusal, match="已发布并使用了2025年度的数据,不能再更改"):
        gather(by=bureau, expected_changes=confirmed)
    assert ImportBatch.objects.get(kind="collected").status == "in_force"


def test_one_batch_of_a_kind_is_in_force_and_both_kinds_may_be(year, bureau):
    batch = gather(by=bureau).batch
    imported(("CNT-01", "K9", "2025", RATIO))
    assert ImportBatch.objects.filter(year=2025, quarter=0, status="in_force").count() == 2
    with pytest.raises(IntegrityError, match="one_in_force"), transaction.atomic():
        ImportBatch.objects.create(
            kind="collected", year=2025, file_name="x", file=batch.file, row_count=1, figure_count=1
        )


def test_an_indicator_that_assessors_cannot_judge_is_named():
    indicator = parsed("K5", source="assessor", measure={"kind": "count"})
    sheet = Sheet(2025, "county_window", [], {"K5": indicator})
    (fault,) = unassessable_faults(SheetProgress(sheet))
    assert "县(市、区)综合窗口平台的指标K5由评委评定,计量方式却是count" in fault.message


def test_the_run_time_role_can_gather(year, bureau, as_app):
    assert gather(by=bureau).is_new
