"""Indicator systems and bulletins on the desk: each step by the right person, every refusal said, texts kept."""

import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.functions import Now
from django.urls import reverse

from core import jobs
from core.choices import JobState, Role
from core.models import Job
from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.models import Bulletin
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from tests.evaluation.year.systems import system_document
from tests.factories import UserFactory
from tests.forms import press


def step(client, name, pk, move, **data):
    return press(client, reverse(name, args=[pk, move]), {"submission": uuid.uuid4(), **data}, follow=True)


def import_system(client, document: object):
    content = json.dumps(document, ensure_ascii=False).encode()
    return client.post(reverse("desk_import_system"), {"file": SimpleUploadedFile("system.json", content)}, follow=True)


def test_a_system_is_imported_put_in_force_and_retired_with_a_reason(people, signed_in):
    client = signed_in(people[Role.BUREAU])
    assert "已导入为草案" in import_system(client, system_document()).content.decode()
    system = IndicatorSystem.objects.get()
    assert "没有变化" in import_system(client, system_document()).content.decode()
    second = signed_in(UserFactory.create(role=Role.BUREAU))
    assert step(client, "desk_system_step", system.pk, "put_in_force").status_code == 403
    assert "施行须写明理由" in step(second, "desk_system_step", system.pk, "put_in_force").content.decode()
    done = step(second, "desk_system_step", system.pk, "put_in_force", reason="演示:补行施行")
    assert "已施行" in done.content.decode()
    assert "停用须写明理由" in step(client, "desk_system_step", system.pk, "retire").content.decode()
    assert "已停用" in step(client, "desk_system_step", system.pk, "retire", reason="演示").content.decode()
    system.refresh_from_db()
    assert system.status == SystemStatus.RETIRED


def test_a_system_that_does_not_add_up_is_refused_with_every_fault(people, signed_in):
    document = system_document()
    document["sections"][0]["weight"] = "0.30"
    answer = import_system(signed_in(people[Role.BUREAU]), document)
    assert answer.status_code == 400
    assert "没有写入任何内容" in answer.content.decode()
    assert "$.sections" in answer.content.decode()
    assert not IndicatorSystem.objects.exists()


@pytest.mark.parametrize("role", [Role.CITY_PLATFORM, Role.AUDITOR])
def test_only_the_bureau_puts_a_system_in_force(people, signed_in, role):
    import_system(signed_in(people[Role.BUREAU]), system_document())
    system = IndicatorSystem.objects.get()
    client = signed_in(people[role])
    assert (
        "由市工信局未参与编制的工作人员审核施行"
        in client.get(reverse("desk_system", args=[system.pk])).content.decode()
    )
    assert step(client, "desk_system_step", system.pk, "put_in_force").status_code == 403
    system.refresh_from_db()
    assert system.status == SystemStatus.DRAFT


def test_a_bulletin_from_draft_to_issued_by_two_people(world, signed_in, monkeypatch):
    bureau, city = signed_in(world.people[Role.BUREAU]), signed_in(world.people[Role.CITY_PLATFORM])
    bulletin = world.bulletin
    page = reverse("desk_bulletin", args=[bulletin.pk])
    refused = step(city, "desk_bulletin_step", bulletin.pk, "compile")
    job = Job.objects.get(pk=refused.request["PATH_INFO"].split("/")[-2])
    jobs.run(job.pk)
    assert "还没有发文顺序号" in city.get(reverse("desk_job", args=[job.pk])).content.decode()
    texts = {"serial_number": 3, "issued_on": "2025-04-20", "problems": "演示问题。", "requirements": "演示要求。"}
    saved = press(city, reverse("desk_bulletin_texts", args=[bulletin.pk]), texts, follow=True)
    assert "文字已保存" in saved.content.decode()
    asked = step(city, "desk_bulletin_step", bulletin.pk, "compile")
    job = Job.objects.get(pk=asked.request["PATH_INFO"].split("/")[-2])
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    assert "由市工信局未参与编制和导入本季数据的工作人员审核印发" in city.get(page).content.decode()
    pdf = city.get(reverse("desk_bulletin_pdf", args=[bulletin.pk]))
    assert pdf.content.startswith(b"%PDF-")
    assert step(city, "desk_bulletin_step", bulletin.pk, "issue").status_code == 403
    assert "已印发" in step(bureau, "desk_bulletin_step", bulletin.pk, "issue").content.decode()
    bulletin = Bulletin.objects.get(pk=bulletin.pk)
    assert (bulletin.compiled_by, bulletin.issued_by) == (world.people[Role.CITY_PLATFORM], world.people[Role.BUREAU])
    after = press(city, reverse("desk_bulletin_texts", args=[bulletin.pk]), texts, follow=True)
    assert "不能编制" in after.content.decode()


@pytest.mark.parametrize(("number", "day"), [("3", ""), ("", "2025-04-20"), ("", "")])
def test_number_and_date_of_a_draft_may_come_one_after_the_other(world, signed_in, number, day):
    city = signed_in(world.people[Role.CITY_PLATFORM])
    texts = {"serial_number": number, "issued_on": day, "problems": "演示问题。", "requirements": ""}
    saved = press(city, reverse("desk_bulletin_texts", args=[world.bulletin.pk]), texts, follow=True)
    assert "文字已保存" in saved.content.decode()
    stored = Bulletin.objects.get()
    assert (str(stored.serial_number or ""), str(stored.issued_on or "")) == (number, day)


def test_a_number_of_the_year_that_another_bulletin_bears_is_refused(world, signed_in):
    city = signed_in(world.people[Role.CITY_PLATFORM])
    Bulletin.objects.create(year=2025, quarter=2, serial_number=3, issued_on="2025-08-20")
    texts = {"serial_number": "3", "issued_on": "2025-04-20", "problems": "", "requirements": ""}
    answer = press(city, reverse("desk_bulletin_texts", args=[world.bulletin.pk]), texts)
    assert answer.status_code == 400
    assert "这个发文字号已用于另一份通报,请改用其他顺序号" in answer.content.decode()


def test_whoever_compiled_sees_why_they_may_not_issue(world, signed_in):
    bureau = world.people[Role.BUREAU]
    bulletin = world.bulletin
    bulletin.serial_number, bulletin.issued_on = 3, "2025-04-20"
    bulletin.view = bulletin.pdf = world.batch.file
    bulletin.compile()
    bulletin.compiled_at, bulletin.compiled_by = Now(), bureau
    bulletin.save()
    client = signed_in(bureau)
    page = client.get(reverse("desk_bulletin", args=[bulletin.pk])).content.decode()
    assert "您参与了编制或导入本季数据,按规定须由另一人审核印发" in page
    assert step(client, "desk_bulletin_step", bulletin.pk, "issue").status_code == 403
    assert Bulletin.objects.get().status == BulletinStatus.COMPILED


def test_drafting_a_quarter_again_opens_the_same_bulletin(world, signed_in):
    client = signed_in(world.people[Role.CITY_PLATFORM])
    answer = client.post(reverse("desk_bulletin_draft"), {"year": 2025, "quarter": 1})
    assert answer["Location"] == reverse("desk_bulletin", args=[world.bulletin.pk])
    assert client.post(reverse("desk_bulletin_draft"), {"year": "", "quarter": 9}).status_code == 400
    assert Bulletin.objects.count() == 1
