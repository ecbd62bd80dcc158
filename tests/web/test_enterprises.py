"""The pages around enterprises: lists in two steps, records of the own platform alone, phones for whoever needs them,
what counts and why not, what several platforms share."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import jobs
from core.models import Job
from platforms.actions.service_lists import JOB_KIND
from platforms.checks.masking import masked_phone
from platforms.models import Enterprise, RecognitionList, ServiceRecord
from platforms.tasks import import_service_list
from tests.core.files.excel.files import with_part
from tests.factories import MembershipFactory, PlatformFactory, UserFactory
from tests.factories.collection import EnterpriseRecognitionFactory, ServiceRecordFactory, credit_code
from tests.forms import Browser
from tests.platforms.enterprises.lists import SERVICE_HEADING, visit, xlsx

PHONE = "13912345678"


def client_of(user) -> Client:
    client = Browser()
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    return client


@pytest.fixture
def window(db):
    return MembershipFactory.create().user


@pytest.fixture
def own(window):
    return window.membership.platform


def upload(content: bytes, name: str = "名单.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def about(**more):
    return {"kind": "little_giant", "title": "演示名单", "document_number": "", "published_on": "2026-01-05"} | more


def led_to(answer) -> str:
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_recognition_list_in_two_steps(bureau):
    client = client_of(bureau)
    content = xlsx(["企业名称", "统一社会信用代码"], ["演示甲", credit_code(1)])
    sent = client.post(reverse("desk_import_recognitions"), {**about(), "file": upload(content)})
    assert sent.status_code == 302 and not RecognitionList.objects.exists()
    assert "新增认定1条" in text_of(client.get(led_to(sent)))
    done = client.post(led_to(sent))
    stored = RecognitionList.objects.get()
    assert led_to(done) == reverse("desk_recognition_list", args=[stored.pk])
    assert "演示甲" in text_of(client.get(led_to(done)))
    again = client.post(reverse("desk_import_recognitions"), {**about(), "file": upload(content)})
    assert "没有变化" in text_of(client.get(led_to(again)))
    client.post(led_to(again))
    assert RecognitionList.objects.count() == 1


def test_faults_of_a_recognition_list_stand_on_the_page(bureau):
    content = xlsx(["企业名称", "统一社会信用代码"], ["演" * 300, "9.143E+17"])
    sent = client_of(bureau).post(reverse("desk_import_recognitions"), {**about(), "file": upload(content)})
    assert sent.status_code == 400
    assert "有300个字" in text_of(sent) and "改成了数字" in text_of(sent)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("名单.xlsx", with_part("xl/vbaProject.bin"), "宏"),
        ("名单.xlsx", b"MZ\x90\x00", "可执行程序"),
        ("名单.csv", b"\x00\x01", "NUL"),
        ("名单.txt", b"a,b", "只接收.xlsx和.csv文件"),
    ],
)
def test_nasty_uploads_meet_the_gate_on_both_pages(bureau, window, name, content, said):
    sent = client_of(bureau).post(reverse("desk_import_recognitions"), {**about(), "file": upload(content, name)})
    assert sent.status_code == 400 and said in text_of(sent)
    sent = client_of(window).post(reverse("my_services_import"), {"file": upload(content, name)})
    assert sent.status_code == 400 and said in text_of(sent)


def test_recognitions_are_found_by_name_code_and_kind(bureau):
    EnterpriseRecognitionFactory.create(enterprise__name="演示寻找公司", enterprise__credit_code=credit_code(7))
    EnterpriseRecognitionFactory.create(enterprise__name="演示别家公司", kind="listed")
    client, address = client_of(bureau), reverse("desk_recognition_lists")
    for query in ({"q": "寻找"}, {"q": credit_code(7)[4:]}, {"kind": "little_giant"}):
        page = text_of(client.get(address, query))
        assert "演示寻找公司" in page and "演示别家公司" not in page


def test_a_list_of_services_from_upload_to_job(window, own, monkeypatch):
    monkeypatch.setattr("core.jobs.handlers._handlers", {JOB_KIND: import_service_list})
    client = client_of(window)
    content = xlsx(SERVICE_HEADING, visit(1), visit(1), visit(2))
    sent = client.post(reverse("my_services_import"), {"file": upload(content)})
    preview = text_of(client.get(led_to(sent)))
    assert "第3行与第2行相同" in preview and "2家次" in preview
    asked = client.post(led_to(sent))
    job = Job.objects.get()
    assert led_to(asked) == reverse("my_services_job", args=[job.pk])
    assert "刷新进度" in text_of(client.get(led_to(asked)))
    jobs.run(job.pk)
    assert "新增2家次" in text_of(client.get(led_to(asked)))
    assert "新增2家次" in text_of(client.get(led_to(asked), headers={"HX-Request": "true"}))
    assert ServiceRecord.objects.filter(platform=own).count() == 2


def test_one_visit_by_hand_and_its_withdrawal(window, own):
    client = client_of(window)
    data = {
        "enterprise_name": "演示甲",
        "credit_code": credit_code(1).lower(),
        "served_on": "2026-03-05",
        "kind": "policy",
        "activity": "演示活动",
        "contact_phone": PHONE,
    }
    assert client.post(reverse("my_service_add"), data).status_code == 302
    twice = client.post(reverse("my_service_add"), data)
    assert twice.status_code == 400 and "已经登记过" in text_of(twice)
    faulty = client.post(reverse("my_service_add"), data | {"credit_code": "1", "enterprise_name": "演" * 300})
    assert faulty.status_code == 400
    record = ServiceRecord.objects.get()
    assert (record.platform, record.recorded_by, record.contact_phone) == (own, window, PHONE)
    client.post(reverse("my_service_withdraw", args=[record.pk]))
    record.refresh_from_db()
    assert record.withdrawn_by == window
    assert "已撤回" in text_of(client.get(reverse("my_services")))


def test_another_platforms_records_jobs_and_uploads_are_not_there(window, own):
    other = MembershipFactory.create()
    theirs = ServiceRecordFactory.create(platform=other.platform, enterprise__name="演示他家企业")
    job = Job.objects.create(
        kind=JOB_KIND, idempotency_key="1", created_by=other.user, arguments={"platform": other.platform.pk}
    )
    client = client_of(window)
    assert client.post(reverse("my_service_withdraw", args=[theirs.pk])).status_code == 404
    assert client.get(reverse("my_services_job", args=[job.pk])).status_code == 404
    assert "演示他家企业" not in text_of(client.get(reverse("my_services"), {"platform": other.platform.code}))
    sent = client_of(other.user).post(
        reverse("my_services_import"), {"file": upload(xlsx(SERVICE_HEADING, visit(1))), "platform": own.pk}
    )
    assert led_to(client.get(led_to(sent))) == reverse("my_services_import")
    client_of(other.user).post(led_to(sent), {"platform": own.pk})
    assert (
        Job.objects.get(idempotency_key__endswith=led_to(sent).split("/")[-2]).arguments["platform"]
        == other.platform.pk
    )
    data = {
        "enterprise_name": "演示甲",
        "credit_code": credit_code(1),
        "served_on": "2026-03-05",
        "kind": "policy",
        "activity": "演示活动",
        "platform": other.platform.pk,
    }
    client.post(reverse("my_service_add"), data)
    assert ServiceRecord.objects.latest("pk").platform == own
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None


def test_the_city_platforms_account_has_the_same_pages_for_its_own_platform(db):
    city = MembershipFactory.create(
        user__role="city_platform", platform=PlatformFactory.create(platform_type="city_platform")
    )
    ServiceRecordFactory.create(platform=city.platform, contact_phone=PHONE)
    assert PHONE in text_of(client_of(city.user).get(reverse("my_services")))


def test_phones_are_masked_for_all_but_the_own_platform_and_the_bureau(window, own, bureau, auditor):
    ServiceRecordFactory.create(platform=own, contact_phone=PHONE)
    county = MembershipFactory.create(user__role="county", platform=None, region=own.region).user
    desk = reverse("desk_services")
    assert PHONE in text_of(client_of(bureau).get(desk))
    assert PHONE in text_of(client_of(window).get(reverse("my_services")))
    for person in (county, auditor, UserFactory.create(role="city_platform")):
        page = text_of(client_of(person).get(desk))
        assert PHONE not in page and "139****5678" in page


@pytest.mark.parametrize(
    ("phone", "seen"),
    [("", ""), ("13912345678", "139****5678"), ("2858123", "*****23"), ("0731-28581234", "073******1234")],
)
def test_masks(phone, seen):
    assert masked_phone(phone) == seen


def test_a_county_reads_the_records_of_its_own_platforms(window, own):
    ServiceRecordFactory.create(platform=own, enterprise__name="演示本县企业")
    ServiceRecordFactory.create(enterprise__name="演示外县企业")
    county = MembershipFactory.create(user__role="county", platform=None, region=own.region).user
    page = text_of(client_of(county).get(reverse("desk_services")))
    assert "演示本县企业" in page and "演示外县企业" not in page


def test_records_are_filtered(window, own):
    ServiceRecordFactory.create(platform=own, enterprise__name="演示甲", served_on=date(2026, 1, 5))
    ServiceRecordFactory.create(platform=own, enterprise__name="演示乙", served_on=date(2026, 2, 5), kind="training")
    client, address = client_of(window), reverse("my_services")
    for query in ({"q": "乙"}, {"kind": "training"}, {"since": "2026-02-01"}):
        page = text_of(client.get(address, query))
        assert "演示乙" in page and "演示甲" not in page
    assert "演示乙" in text_of(client.get(address, {"since": "昨天", "kind": "x"}))


def test_what_counts_for_the_platform_and_why_not(window, own):
    today = timezone.localdate()

    def recognised(name: str, *served: int):
        enterprise = EnterpriseRecognitionFactory.create(enterprise__name=name, recognised_on=today).enterprise
        for days in served:
            ServiceRecordFactory.create(platform=own, enterprise=enterprise, served_on=today + timedelta(days=days))

    recognised("演示计入", -10, -2000)
    recognised("演示太早", -2000)
    recognised("演示太晚", 3)
    EnterpriseRecognitionFactory.create(enterprise__name="演示未服务", recognised_on=today)
    page = text_of(client_of(window).get(reverse("my_recognitions")))
    assert "其中1条计入" in page
    assert "早于认定前24个月" in page and "晚于认定日期" in page
    assert "演示未服务" not in page


def test_what_several_platforms_share_with_the_services_newest_first(bureau):
    today = timezone.localdate()
    enterprise = EnterpriseRecognitionFactory.create(enterprise__name="演示共享", recognised_on=today).enterprise
    alone = EnterpriseRecognitionFactory.create(enterprise__name="演示独有", recognised_on=today).enterprise
    first, second, early = (PlatformFactory.create() for _ in range(3))
    for platform, days, activity in ((first, 20, "先"), (first, 10, "后"), (second, 5, "别"), (early, 2000, "早")):
        ServiceRecordFactory.create(
            platform=platform, enterprise=enterprise, served_on=today - timedelta(days=days), activity=f"演示{activity}"
        )
    ServiceRecordFactory.create(platform=first, enterprise=alone, served_on=today)
    page = text_of(client_of(bureau).get(reverse("desk_recognition_overlaps")))
    assert "演示共享" in page and "演示独有" not in page and "演示早" not in page
    assert page.index("演示后") < page.index("演示先")
    assert "没有多平台计入的认定" in text_of(
        client_of(bureau).get(reverse("desk_recognition_overlaps"), {"year": today.year - 1})
    )
    assert Enterprise.objects.count() == 2
