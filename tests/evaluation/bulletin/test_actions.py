"""The quarterly bulletin from figures to the issued file: refusals, two people, freezing (细则 R4.2(1))."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import jobs
from core.choices import JobState, Role
from core.errors import Refusal
from core.models import Office
from core.periods import Quarter
from evaluation.bulletin.actions import (
    compile_bulletin,
    draft_bulletin,
    issue_bulletin,
    render_bulletin,
    request_compiling,
    revise_bulletin,
    suggested_texts,
    write_bulletin,
)
from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.documents import read_view, view_bytes
from evaluation.bulletin.models import Bulletin
from evaluation.bulletin.queries import bulletin_facts
from evaluation.intake.actions import import_reading
from evaluation.ranking.models import Standing
from platforms.models import Platform, Recognition
from tests.evaluation.year.demo import demo_hub, load_registry, load_year, published
from tests.evaluation.year.systems import system_in_force
from tests.factories import PlatformFactory, RecognitionFactory, UserFactory

ISSUED_ON = date(2025, 4, 17)


def import_quarter(code: str) -> None:
    import_reading(reading=demo_hub(Quarter.parse(code)), by=None)


@pytest.fixture
def first_quarter(bureau):
    """2025Q1 and the quarter before it, the two systems in force."""
    load_registry()
    for kind in ("cluster_window", "county_window"):
        system_in_force(bureau, kind)
    for code in ("2024Q4", "2025Q1"):
        import_quarter(code)


def written(by, *, quarter=1, serial_number=2, issued_on=ISSUED_ON, problems="", requirements="") -> Bulletin:
    return write_bulletin(
        bulletin=draft_bulletin(year=2025, quarter=quarter, by=by),
        serial_number=serial_number,
        issued_on=issued_on,
        problems=problems,
        requirements=requirements,
        by=by,
    )


def compiled(by, **more) -> Bulletin:
    bulletin = written(by, **more)
    return compile_bulletin(
        bulletin=bulletin, compiled=render_bulletin(bulletin=bulletin, is_demo=False), is_demo=False, by=by
    )


def messages(refusal) -> str:
    return "\n".join(str(fault) for fault in refusal.value.faults)


def test_compiled_by_a_job_and_issued_by_a_second_person(first_quarter, city_platform_user, bureau):
    bulletin = written(city_platform_user)
    job = request_compiling(bulletin=bulletin, submission="a", by=city_platform_user)
    assert request_compiling(bulletin=bulletin, submission="a", by=city_platform_user).pk == job.pk
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.DONE, "")
    bulletin.refresh_from_db()
    assert (bulletin.status, bulletin.compiled_by) == (BulletinStatus.COMPILED, city_platform_user)
    issued = issue_bulletin(bulletin=bulletin, by=bureau)
    assert (issued.status, issued.issued_by) == (BulletinStatus.ISSUED, bureau)
    assert issued.view is not None
    view = read_view(bytes(issued.view.content))
    assert (view.period, view.number, view.dated) == ("2025Q1", "株工信通〔2025〕2号", "2025年4月17日")
    assert view_bytes(view) == bytes(issued.view.content)


def test_whoever_compiled_does_not_issue(first_quarter, bureau, second_bureau):
    bulletin = compiled(bureau)
    with pytest.raises(PermissionDenied):
        issue_bulletin(bulletin=bulletin, by=bureau)
    assert issue_bulletin(bulletin=bulletin, by=second_bureau).status == BulletinStatus.ISSUED


@pytest.mark.parametrize("role", [Role.WINDOW, Role.COUNTY, Role.AUDITOR])
def test_others_neither_draft_nor_issue(first_quarter, bureau, role):
    other = UserFactory.create(role=role)
    with pytest.raises(PermissionDenied):
        draft_bulletin(year=2025, quarter=1, by=other)
    bulletin = compiled(bureau)
    for step in (issue_bulletin, lambda **more: revise_bulletin(reason="理由", **more)):
        with pytest.raises(PermissionDenied):
            step(bulletin=bulletin, by=other)


def test_the_city_platform_compiles_but_does_not_issue(first_quarter, bureau, city_platform_user):
    bulletin = compiled(bureau)
    with pytest.raises(PermissionDenied):
        issue_bulletin(bulletin=bulletin, by=city_platform_user)


def test_everything_missing_is_named_at_once(db, bureau):
    bulletin = draft_bulletin(year=2025, quarter=1, by=bureau)
    with pytest.raises(Refusal) as refusal:
        render_bulletin(bulletin=bulletin, is_demo=False)
    assert "发文顺序号" in messages(refusal)
    assert "成文日期" in messages(refusal)
    with pytest.raises(Refusal, match="还没有2025年第一季度的省枢纽运营数据"):
        render_bulletin(bulletin=written(bureau), is_demo=False)
    with pytest.raises(Refusal, match="省枢纽运营数据"):
        suggested_texts(bulletin)


def test_a_refused_compilation_is_the_jobs_answer(db, bureau):
    job = request_compiling(bulletin=written(bureau), submission="a", by=bureau)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.REFUSED
    assert "省枢纽运营数据" in job.error


def test_number_and_date_must_make_sense(db, bureau):
    with pytest.raises(Refusal, match="成文日期不能早于季度结束"):
        written(bureau, issued_on=date(2025, 3, 31))
    written(bureau)
    with pytest.raises(Refusal) as refusal:
        written(bureau, quarter=2, issued_on=date(2025, 7, 16))
    assert "〔2025〕2号已用于2025年第一季度通报" in messages(refusal)


def test_the_number_counts_within_the_year_of_issue(db, bureau):
    """The fourth quarter's bulletin bears the next year's number: 〔2026〕2号 beside 〔2025〕2号."""
    written(bureau)
    assert written(bureau, quarter=4, issued_on=date(2026, 2, 12)).serial_number == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Bulletin.objects.create(year=2026, quarter=1, serial_number=2, issued_on=date(2026, 4, 16))


def test_windows_by_progress_and_the_city_platform_not_among_them(first_quarter, bureau):
    view = read_view(render_bulletin(bulletin=written(bureau), is_demo=False).view)
    headings = [section.heading for section in view.sections]
    assert [heading[:2] for heading in headings] == ["一、", "二、", "三、", "四、", "五、"]
    county = view.sections[2].table
    assert county is not None
    assert [row.cells[0] for row in county.rows] == [str(place) for place in range(1, 10)]
    assert county.rows[0].cells[1:6] == ("醴陵市中小企业公共服务窗口平台", "114", "+12", "114", "19.0%")
    names = [row.cells[1] for row in county.rows]
    assert "、".join(names) in view.sections[2].paragraphs[0].text
    assert "株洲市中小企业公共服务平台" not in {
        row.cells[0] for a in view.attachments for t in a.tables for row in t.rows
    }


def test_network_totals_are_the_windows_sums(first_quarter, bureau):
    """Of the workbook's totals row, less the city platform: 1785 − 337 visits."""
    view = read_view(render_bulletin(bulletin=written(bureau), is_demo=False).view)
    table = view.sections[0].table
    assert table is not None
    rows = {row.cells[0]: row.cells[1:] for row in table.rows}
    assert rows["服务企业家次"][:2] == ("家次", "1448")
    assert rows["需求响应办结率"][1] == "97.14"  # 34 of 35 needs


def test_no_points_and_no_totals_of_points_in_a_quarter(first_quarter, bureau):
    content = render_bulletin(bulletin=written(bureau), is_demo=False).view.decode()
    assert "得分" not in content
    assert "总分" not in content


def test_staffs_texts_take_the_place_of_the_proposed_ones(first_quarter, bureau):
    bulletin = written(bureau, problems="(一)演示问题。说明。", requirements="演示要求。")
    view = read_view(render_bulletin(bulletin=bulletin, is_demo=False).view)
    assert [(p.lead, p.text) for p in view.sections[3].paragraphs] == [("\uff08一\uff09演示问题。", "说明。")]
    assert [p.text for p in view.sections[4].paragraphs] == ["演示要求。"]
    proposed = suggested_texts(bulletin)
    assert "炎陵县中小企业公共服务窗口平台(9.8%)" in proposed.problems
    assert "75.00%" in proposed.problems


def test_a_window_without_data_is_named(first_quarter, bureau):
    RecognitionFactory.create(platform=PlatformFactory.create(name="演示新窗口平台"), recognised_on=date(2025, 1, 1))
    view = read_view(render_bulletin(bulletin=written(bureau), is_demo=False).view)
    assert "未报1家" in view.sections[0].paragraphs[0].text
    assert "演示新窗口平台" in view.sections[3].paragraphs[0].text
    assert view.attachments[1].tables[0].rows[-1].cells[1].startswith("未报/—")


def test_what_is_issued_is_what_the_files_say(first_quarter, bureau, second_bureau):
    bulletin = compiled(bureau)
    Platform.objects.filter(code="CNT-01").update(name="改名后的窗口平台")
    with pytest.raises(Refusal, match="退回修改后重新编制"):
        issue_bulletin(bulletin=bulletin, by=second_bureau)
    again = revise_bulletin(bulletin=bulletin, reason="平台改名", by=bureau)
    assert (again.status, again.view, again.pdf, again.compiled_by) == (BulletinStatus.DRAFT, None, None, None)
    assert issue_bulletin(bulletin=compiled(bureau), by=second_bureau).status == BulletinStatus.ISSUED


def test_a_change_while_the_file_is_laid_out_is_found(first_quarter, bureau):
    bulletin = written(bureau)
    rendered = render_bulletin(bulletin=bulletin, is_demo=False)
    Office.objects.create(name="演示新局")
    with pytest.raises(Refusal, match="重新编制"):
        compile_bulletin(bulletin=bulletin, compiled=rendered, is_demo=False, by=bureau)


def test_revising_needs_a_reason(first_quarter, bureau):
    bulletin = compiled(bureau)
    with pytest.raises(Refusal, match="须写明理由"):
        revise_bulletin(bulletin=bulletin, reason=" ", by=bureau)


def test_once_issued_nothing_changes(first_quarter, bureau, second_bureau):
    bulletin = issue_bulletin(bulletin=compiled(bureau), by=second_bureau)
    for change in ({"problems": "改"}, {"serial_number": 9}, {"view": None}, {"issued_on": date(2025, 5, 1)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Bulletin.objects.filter(pk=bulletin.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Bulletin.objects.filter(pk=bulletin.pk).delete()
    for step in (
        lambda: written(bureau),
        lambda: revise_bulletin(bulletin=bulletin, reason="理由", by=bureau),
        lambda: issue_bulletin(bulletin=bulletin, by=second_bureau),
    ):
        with pytest.raises(Refusal, match="已印发"):
            step()


def test_the_run_time_role_cannot_touch_the_sealed_files(first_quarter, bureau, second_bureau, as_app):
    bulletin = issue_bulletin(bulletin=compiled(bureau), by=second_bureau)
    for statement in ("UPDATE core_sealedfile SET content = ''", "DELETE FROM core_sealedfile"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE sha256 = %s", [bulletin.pdf_id])


def test_the_fourth_quarter_waits_for_the_years_rankings(bureau):
    load_year(bureau)
    bulletin = written(bureau, quarter=4, serial_number=1, issued_on=date(2026, 2, 12))
    with pytest.raises(Refusal) as refusal:
        render_bulletin(bulletin=bulletin, is_demo=False)
    assert "2025年度产业集群窗口平台排名尚未发布" in messages(refusal)
    assert "2025年度县(市、区)综合窗口平台排名尚未发布" in messages(refusal)
    publications = [published(kind) for kind in ("cluster_window", "county_window")]
    view = read_view(render_bulletin(bulletin=bulletin, is_demo=False).view)
    assert "2025年第四季度暨全年" in view.title
    assert view.number == "株工信通〔2026〕1号"
    assert len(view.attachments) == 3
    for publication, table in zip(publications, view.attachments[2].tables, strict=True):
        standings = Standing.objects.filter(publication=publication).order_by("position")
        assert [(row.cells[0], row.cells[1], row.cells[4]) for row in table.rows] == [
            (str(s.rank), s.platform_name, f"{s.total:.2f}") if s.rank else ("不参评", s.platform_name, "—")
            for s in standings
        ]


def test_as_many_queries_for_three_windows_as_for_one(first_quarter, bureau):
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            bulletin_facts(Quarter(2025, 1))
        return len(queries)

    before = counted()
    for _ in range(3):
        Recognition.objects.create(
            platform=PlatformFactory.create(), kind="acceptance", recognised_on=date(2025, 1, 1), level="provincial"
        )
    assert counted() == before


def test_the_public_page_and_the_file_are_the_sealed_ones(first_quarter, bureau, second_bureau, client):
    bulletin = compiled(bureau)
    assert client.get("/bulletins/2025Q1/bulletin.pdf").status_code == 404
    issue_bulletin(bulletin=bulletin, by=second_bureau)
    answer = client.get("/bulletins/2025Q1/bulletin.pdf")
    bulletin.refresh_from_db()
    assert bulletin.pdf is not None
    assert answer.content == bytes(bulletin.pdf.content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert client.get("/bulletins/2025Q1/bulletin.pdf", headers={"if-none-match": answer["ETag"]}).status_code == 304
    page = client.get("/bulletins/2025Q1/").content.decode()
    assert "株工信通〔2025〕2号" in page
    assert page.count("<tr ") > 40
