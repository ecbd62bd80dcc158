"""Gathering on the desk: a dry run that writes nothing, every fault, the confirmation bound to what was shown."""

import uuid

import pytest
from django.urls import reverse

from core import jobs
from core.choices import JobState, Role
from core.models import Job, SealedFile
from demo.fresh import accept_figures
from evaluation.intake.models import ImportBatch
from tests.evaluation.collection.checking.conftest import quarter
from tests.evaluation.collection.checking.figures import handed_in
from tests.evaluation.gathering.test_actions import imported
from tests.factories import RecognitionFactory

__all__ = ["quarter"]
ADDRESS = reverse("desk_gather") + "?year=2025"


@pytest.fixture
def accepted(quarter, people):
    RecognitionFactory.create(platform=quarter.window)
    figure = handed_in(quarter.submission, "K5", "3", by=quarter.clerk)
    return accept_figures(figures=[figure], by=people[Role.CITY_PLATFORM])


def confirm(client, **fields):
    shown = client.get(ADDRESS).context
    return client.post(ADDRESS, {"changes": shown["changes"].digest, "submission": shown["submission"], **fields})


def test_what_would_be_gathered_is_shown_and_written_only_when_confirmed(accepted, people, signed_in):
    client, files = signed_in(people[Role.CITY_PLATFORM]), SealedFile.objects.count()
    page = client.get(ADDRESS).content.decode()
    assert "尚未写入" in page and "全部1个数据为新增" in page
    assert "平台报送,第一季度" in page
    assert SealedFile.objects.count() == files and not ImportBatch.objects.exists()
    answer = confirm(client)
    job = Job.objects.get()
    assert answer["Location"] == reverse("desk_job", args=[job.pk])
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    batch = ImportBatch.objects.get()
    assert reverse("desk_batch", args=[batch.pk]) in client.get(answer["Location"]).content.decode()
    again = client.get(ADDRESS).content.decode()
    assert "与有效数据完全相同" in again and "确认归集" not in again


def test_every_fault_is_shown_and_there_is_no_button(accepted, people, signed_in):
    imported(("CNT-01", "K5", "2025", '"3"'))
    page = signed_in(people[Role.BUREAU]).get(ADDRESS).content.decode()
    assert "平台CNT-01的指标K5在其他年度数据文件“figures-2025.csv”第2行已有数据" in page
    assert "确认归集" not in page


def test_a_year_without_anything_says_what_is_missing(accepted, people, signed_in):
    page = signed_in(people[Role.BUREAU]).get(reverse("desk_gather") + "?year=2031").content.decode()
    assert "2031年度还没有可以归集的数据" in page


def test_pressing_twice_asks_once_and_a_form_without_its_token_nothing(accepted, people, signed_in):
    client, token = signed_in(people[Role.BUREAU]), str(uuid.uuid4())
    assert confirm(client, submission=token)["Location"] == confirm(client, submission=token)["Location"]
    assert client.post(ADDRESS, {"changes": "x"}).status_code == 404
    assert Job.objects.count() == 1
