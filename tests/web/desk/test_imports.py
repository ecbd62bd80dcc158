"""Importing on the desk: every fault at once, the dry run, the confirmation that is bound to what was shown."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import jobs
from core.choices import JobState, Role
from core.models import Job, SealedFile
from evaluation.intake.models import Figure, ImportBatch
from tests.evaluation.intake.published import issue
from tests.evaluation.intake.workbooks import demo_content, edited, figures_csv, retotalled
from tests.evaluation.year.demo import load_registry

HUB = "/admin/imports/hub/"


@pytest.fixture
def clerk(people, signed_in):
    load_registry()
    return signed_in(people[Role.CITY_PLATFORM])


def upload(client, content: bytes, *, quarter: int = 1, name: str = "2025Q1.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(HUB, {"year": 2025, "quarter": quarter, "file": file})


def confirm(client, preview: str):
    """Press the button of the preview with what its form holds."""
    shown = client.get(preview)
    return client.post(preview, {"changes": shown.context["changes"].digest})


def run_job(answer) -> Job:
    job = Job.objects.get(pk=answer["Location"].split("/")[-2])
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def nothing_written() -> bool:
    return not (ImportBatch.objects.exists() or SealedFile.objects.exists() or Job.objects.exists())


def test_every_fault_is_shown_with_its_place_and_nothing_is_written(clerk):
    answer = upload(clerk, edited({"E4": "十二", "F6": -3, "C7": "不存在的平台", "B7": "XX-99"}))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "没有写入任何内容" in page
    for shown in ("十二", "-3", "XX-99", "政策信息发布"):
        assert shown in page
    rows = answer.context["faults"]
    assert {(row["row"], row["value"]) for row in rows} >= {(4, "十二"), (6, "-3")}
    assert nothing_written()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        (b"MZ\x90\x00 not a workbook", "可执行程序"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "旧版.xls"),
        (b"PK\x03\x04 damaged", ""),
    ],
)
def test_other_files_are_named_for_what_they_are(clerk, content, message):
    answer = upload(clerk, content)
    assert answer.status_code == 400
    assert message in answer.content.decode()
    assert nothing_written()


def test_without_a_file_the_form_says_so(clerk):
    answer = clerk.post(HUB, {"year": 2025, "quarter": 1})
    assert answer.status_code == 400
    assert "请选择要上传的文件" in answer.content.decode()


def test_a_sound_file_is_shown_first_and_written_only_when_confirmed(clerk):
    answer = upload(clerk, demo_content("2025Q1"))
    preview = answer["Location"]
    page = clerk.get(preview).content.decode()
    assert "尚未写入" in page
    assert "全部" in page and "为新增" in page
    assert nothing_written()
    job = run_job(confirm(clerk, preview))
    assert job.state == JobState.DONE
    batch = ImportBatch.objects.get()
    assert batch.imported_by == job.created_by
    shown = clerk.get(reverse("desk_job", args=[job.pk])).content.decode()
    assert reverse("desk_batch", args=[batch.pk]) in shown


def test_pressing_confirm_twice_is_one_job(clerk):
    preview = upload(clerk, demo_content("2025Q1"))["Location"]
    assert confirm(clerk, preview)["Location"] == confirm(clerk, preview)["Location"]
    assert Job.objects.count() == 1


def test_the_same_file_again_says_that_nothing_changes(clerk):
    run_job(confirm(clerk, upload(clerk, demo_content("2025Q1"))["Location"]))
    preview = upload(clerk, demo_content("2025Q1"))["Location"]
    page = clerk.get(preview).content.decode()
    assert "同一文件已经导入" in page
    assert "确认" not in page


def test_another_file_shows_old_and_new_before_it_replaces(clerk):
    run_job(confirm(clerk, upload(clerk, demo_content("2025Q1"))["Location"]))
    old = Figure.objects.get(platform__code="CITY-01", indicator="policy_posts")
    amount = int(old.amount or 0)
    changed = edited({"E4": amount + 7}, change=retotalled)
    preview = upload(clerk, changed)["Location"]
    page = clerk.get(preview).content.decode()
    assert f"<del>{amount}</del>" in page
    assert f"<ins>{amount + 7}</ins>" in page
    job = run_job(confirm(clerk, preview))
    assert job.state == JobState.DONE
    assert ImportBatch.objects.get(status="in_force").replaces_id == old.batch_id


def test_a_published_result_is_named_in_the_dry_run_and_nothing_can_be_confirmed(clerk, people):
    run_job(confirm(clerk, upload(clerk, demo_content("2025Q1"))["Location"]))
    issue(1, people[Role.CITY_PLATFORM], people[Role.BUREAU])
    preview = upload(clerk, edited({"E4": 99}, change=retotalled))["Location"]
    page = clerk.get(preview).content.decode()
    assert "本文件不能导入" in page
    assert "第一季度通报已发布并使用了2025年第一季度的数据,不能再更改" in page
    assert "确认替换" not in page
    job = run_job(confirm(clerk, preview))
    assert job.state == JobState.REFUSED


def test_a_confirmation_of_changes_that_are_no_longer_true_is_refused(clerk):
    preview = upload(clerk, demo_content("2025Q1"))["Location"]
    job = run_job(clerk.post(preview, {"changes": "0" * 64}))
    assert job.state == JobState.REFUSED
    page = clerk.get(reverse("desk_job", args=[job.pk])).content.decode()
    assert "未通过检查" in page
    assert "重新查看变更内容" in page
    assert not ImportBatch.objects.exists()


def test_an_upload_belongs_to_whoever_uploaded_it(clerk, people, signed_in):
    preview = upload(clerk, demo_content("2025Q1"))["Location"]
    answer = signed_in(people[Role.BUREAU]).get(preview, follow=True)
    assert answer.redirect_chain[-1][0] == HUB
    assert "已过期" in answer.content.decode()
    assert clerk.get(f"{HUB}{uuid.uuid4()}/", follow=True).redirect_chain[-1][0] == HUB


def test_a_hub_upload_is_not_read_as_annual_figures(clerk):
    token = upload(clerk, demo_content("2025Q1"))["Location"].split("/")[-2]
    answer = clerk.get(f"/admin/imports/figures/{token}/")
    assert answer["Location"] == "/admin/imports/figures/"


def test_faulty_figures_are_refused_by_row_and_column(clerk):
    file = SimpleUploadedFile("figures.csv", figures_csv(("XX-99", "A17", "2025", "1")))
    answer = clerk.post("/admin/imports/figures/", {"file": file})
    assert answer.status_code == 400
    assert "XX-99" in answer.content.decode()
    assert nothing_written()


def test_a_hostile_file_name_is_shown_as_text(clerk):
    answer = upload(clerk, edited({"E4": "十二"}), name='"><img src=x onerror=alert(1)>.xlsx')
    assert "<img" not in answer.content.decode()
