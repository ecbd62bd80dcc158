"""Lists of served enterprises: one enterprise, one activity, one day is one visit; repeats are told and merged; a file
counts once; nobody writes for another platform."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core import jobs
from core.choices import JobState
from core.errors import Refusal
from platforms.actions.service_lists import (
    JOB_KIND,
    import_services,
    read_services,
    request_service_import,
    service_changes,
)
from platforms.actions.service_records import Visit, record_service, withdraw_service
from platforms.models import Enterprise, ServiceList, ServiceRecord
from platforms.queries.service_records import quarter_counts
from platforms.tasks import import_service_list
from tests.factories import MembershipFactory
from tests.factories.collection import EnterpriseRecognitionFactory, ServiceRecordFactory, credit_code
from tests.platforms.enterprises.lists import SERVICE_HEADING, TODAY, csv, faults, recorded, services, visit, xlsx

ENTERED = Visit(credit_code(1), "演示企业1号", date(2026, 3, 5), "policy", "政策宣讲会", "", "")


@pytest.fixture
def window(db):
    return MembershipFactory.create().user


@pytest.fixture
def platform(window):
    return window.membership.platform


def test_every_fault_at_its_cell(platform):
    rows = [
        visit(1, "2026-11-26"),
        visit(2, 服务类别="看望"),
        visit(3, 服务事项="会" * 121),
        visit(4, 联系电话="问小王"),
        visit(5, None),
        visit(6, 统一社会信用代码="9.143E+17"),
        visit(7, 企业名称="演" * 300),
        visit(8, 服务事项="=1+1"),
    ]
    content = csv(SERVICE_HEADING, *[["" if cell is None else cell for cell in row] for row in rows])
    found = faults(read_services, platform=platform, content=content, file_name="名单.csv", today=TODAY)
    wanted = ["晚于今天", "不在可选范围", "有121个字", "不像电话号码", "必须填写", "改成了数字", "有300个字", "是公式"]
    assert len(found) == len(wanted)
    for number, (fault, words) in enumerate(zip(found, wanted, strict=True), 2):
        assert fault.startswith(f"第{number}行") and words in fault


def test_more_than_fifty_thousand_rows_are_refused_in_kind(platform, monkeypatch):
    monkeypatch.setattr("platforms.checks.service_rows.MAX_ROWS", 2)
    (fault,) = faults(services, platform, visit(1), visit(2), visit(3))
    assert fault == "有3行数据;应为:一次不超过2行,请分开上传"


def test_repeats_in_the_file_are_one_visit_and_told_by_row(platform, window):
    outcome = recorded(
        platform,
        window,
        visit(1),
        visit(1),
        visit(1, activity="另一活动"),
        visit(1, date(2026, 3, 6)),
        visit(2),
        visit(1, 企业联系人="别人", 服务类别="培训活动"),
    )
    assert [str(each) for each in outcome.changes.merged] == ["第3行与第2行相同,算一家次", "第7行与第2行相同,算一家次"]
    assert (outcome.changes.row_count, outcome.changes.new_visits, outcome.changes.enterprises) == (6, 4, 2)
    assert ServiceRecord.objects.count() == 4
    stored = ServiceList.objects.get()
    assert (stored.row_count, stored.record_count) == (6, 4)


def test_repeats_of_stored_records_are_merged_and_told(platform, window):
    recorded(platform, window, visit(1), visit(2))
    reading = services(platform, visit(2), visit(3))
    assert service_changes(reading).notices == ["第2行与已登记的服务记录相同,算一家次"]
    assert import_services(reading=reading, by=window).changes.new_visits == 1
    assert ServiceRecord.objects.count() == 3


def test_the_same_file_and_one_that_says_nothing_new_change_nothing(platform, window):
    reading = services(platform, visit(1), visit(2))
    first = import_services(reading=reading, by=window)
    again = import_services(reading=reading, by=window)
    turned = recorded(platform, window, visit(2), visit(1))
    assert (again.is_new, turned.is_new) == (False, False)
    assert again.service_list == first.service_list
    assert ServiceRecord.objects.count() == 2 and ServiceList.objects.count() == 1


def test_two_platforms_may_have_served_the_same_enterprise(platform, window):
    other = MembershipFactory.create()
    recorded(platform, window, visit(1))
    assert recorded(other.platform, other.user, visit(1)).changes.new_visits == 1


def test_a_withdrawn_record_may_be_handed_in_again(platform, window):
    recorded(platform, window, visit(1))
    withdraw_service(record=ServiceRecord.objects.get(), by=window)
    assert recorded(platform, window, visit(1), visit(2)).changes.new_visits == 2


def test_visits_and_enterprises_are_counted_apart_by_quarter(platform, window):
    reading = services(
        platform,
        visit(1),
        visit(1, date(2026, 3, 6)),
        visit(2),
        visit(1, date(2026, 4, 1)),
        visit(1, date(2025, 12, 31)),
    )
    assert service_changes(reading).quarters == [(2025, 4, 1, 1), (2026, 1, 3, 2), (2026, 2, 1, 1)]
    import_services(reading=reading, by=window)
    withdrawn = ServiceRecord.objects.get(served_on=date(2026, 4, 1))
    withdraw_service(record=withdrawn, by=window)
    assert quarter_counts(ServiceRecord.objects.all()) == [
        {"year": 2026, "quarter": 1, "visits": 3, "enterprises": 2},
        {"year": 2025, "quarter": 4, "visits": 1, "enterprises": 1},
    ]


def test_a_published_name_is_kept_and_another_platforms_word_is_not(platform, window):
    published = EnterpriseRecognitionFactory.create(
        enterprise__credit_code=credit_code(1), enterprise__name="公布的名称"
    )
    ServiceRecordFactory.create(enterprise__credit_code=credit_code(2), enterprise__name="旧名")
    outcome = recorded(platform, window, visit(1), visit(2))
    kept, changed = outcome.changes.names
    assert "沿用登记名称" in str(kept) and "将改用本名单的名称" in str(changed)
    names = dict(Enterprise.objects.values_list("credit_code", "name"))
    assert names == {published.enterprise.credit_code: "公布的名称", credit_code(2): "演示企业2号"}


def test_texts_come_through_copy_as_they_are(platform, window):
    told = r"反斜杠\N与制表\t、引号“”'\""
    recorded(platform, window, visit(1, activity=told))
    assert ServiceRecord.objects.get().activity == told


def test_nobody_records_or_withdraws_for_another_platform(platform, window, bureau):
    other = MembershipFactory.create()
    for person in (other.user, bureau):
        with pytest.raises(PermissionDenied):
            recorded(platform, person, visit(1))
        with pytest.raises(PermissionDenied):
            record_service(platform=platform, visit=ENTERED, today=TODAY, by=person)
        with pytest.raises(PermissionDenied):
            withdraw_service(record=ServiceRecordFactory.create(platform=platform), by=person)
        with pytest.raises(PermissionDenied):
            request_service_import(reading=services(platform, visit(1)), submission="1", by=person)


def test_one_record_by_hand_is_one_visit_too(platform, window):
    record = record_service(platform=platform, visit=ENTERED, today=TODAY, by=window)
    assert (record.enterprise.name, record.row, record.service_list) == ("演示企业1号", 0, None)
    assert "已经登记过" in faults(record_service, platform=platform, visit=ENTERED, today=TODAY, by=window)[0]
    assert (
        "晚于今天"
        in faults(
            record_service,
            platform=platform,
            visit=ENTERED._replace(served_on=date(2026, 12, 1)),
            today=TODAY,
            by=window,
        )[0]
    )
    assert recorded(platform, window, visit(1)).is_new is False


def test_withdrawing_stamps_once(platform, window):
    record = record_service(platform=platform, visit=ENTERED, today=TODAY, by=window)
    withdrawn = withdraw_service(record=record, by=window)
    assert withdrawn.withdrawn_by == window and withdrawn.withdrawn_at is not None
    with pytest.raises(Refusal, match="已经撤回"):
        withdraw_service(record=record, by=window)


def test_the_job_reads_reports_and_stores(platform, window, monkeypatch):
    monkeypatch.setattr("core.jobs.handlers._handlers", {JOB_KIND: import_service_list})
    content = xlsx(SERVICE_HEADING, visit(1), visit(1), visit(2))
    reading = read_services(platform=platform, content=content, file_name="服务企业.xlsx", today=TODAY)
    job = request_service_import(reading=reading, submission="1", by=window)
    assert request_service_import(reading=reading, submission="1", by=window) == job
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert job.result == {
        "list": ServiceList.objects.get().pk,
        "is_new": True,
        "rows": 3,
        "visits": 2,
        "merged": 1,
        "notices": ["第3行与第2行相同,算一家次"],
        "hidden": 0,
    }


def test_progress_names_the_rows_and_the_column_in_work(platform):
    told = []
    content = xlsx(SERVICE_HEADING, visit(1), visit(2))
    read_services(
        platform=platform, content=content, file_name="a.xlsx", today=TODAY, report=lambda *seen: told.append(seen)
    )
    assert told[0] == (1, 9, "共2行,正在核对“统一社会信用代码”")
    assert [done for done, _, _ in told] == [1, 2, 3, 4, 5, 6, 7]


def test_the_run_time_role_can_do_it_all(platform, window, as_app):
    recorded(platform, window, visit(1), visit(2))
    record = record_service(platform=platform, visit=ENTERED._replace(activity="别的活动"), today=TODAY, by=window)
    assert withdraw_service(record=record, by=window).withdrawn_at
