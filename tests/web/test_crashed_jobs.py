"""A handler that crashes: whoever waits reads what became of the work, whether it is tried again and what is kept."""

import pytest
from django.test import Client
from django.urls import reverse

from core import jobs
from core.jobs import handlers
from core.jobs.runner import ATTEMPTS
from core.models import Job
from tests.factories import MembershipFactory, UserFactory


def page_of(job: Job, address: str) -> str:
    client = Client()
    assert job.created_by is not None
    client.force_login(job.created_by, backend="core.identity.roles.RoleBackend")
    pages = [client.get(address, headers=headers).content.decode() for headers in ({}, {"HX-Request": "true"})]
    assert ("第" in pages[0]) == ("第" in pages[1])
    assert not any("division by zero" in page or "Traceback" in page for page in pages)
    return pages[0].replace("\uff0c", ",")


@pytest.mark.parametrize(
    ("kind", "page"), [("evaluation.score_ranking", "desk_job"), ("platforms.import_services", "my_services_job")]
)
def test_the_page_tells_after_each_crash_and_at_the_end(db, monkeypatch, kind, page):
    monkeypatch.setitem(handlers._handlers, kind, lambda *_: 1 / 0)
    member = MembershipFactory.create()
    by = UserFactory.create(role="city_platform") if page == "desk_job" else member.user
    job = jobs.enqueue(kind, key="crash", arguments={"platform": member.platform_id}, by=by)
    address = reverse(page, args=[job.pk])
    assert str(job.pk) in address and "执行时出错" not in page_of(job, address)
    for attempt in range(1, ATTEMPTS):
        Job.objects.filter(pk=job.pk).update(run_after="2026-01-01T00:00Z")
        assert not jobs.run(job.pk)
        told = page_of(job, address)
        assert f"任务{job.pk}第{attempt}次执行时出错" in told
        assert "没有写入任何内容" in told and "之后自动再试" in told and "不必重新提交" in told
    Job.objects.filter(pk=job.pk).update(run_after="2026-01-01T00:00Z")
    jobs.run(job.pk)
    told = page_of(job, address)
    assert f"任务{job.pk}多次执行失败,已停止,不会再自动重试" in told
    assert "此前保存的数据都保留" in told and "之后自动再试" not in told


def test_a_second_round_says_that_the_first_broke_off(db):
    by = UserFactory.create(role="city_platform")
    job = jobs.enqueue("evaluation.score_ranking", key="lapsed", arguments={}, by=by)
    lease = {"token": "00000000-0000-0000-0000-000000000001", "lease_until": "2099-01-01T00:00Z"}
    Job.objects.filter(pk=job.pk).update(state="running", attempts=2, **lease)
    told = page_of(job, reverse("desk_job", args=[job.pk]))
    assert f"任务{job.pk}上一次执行出错或中断" in told and "现在是第2次执行" in told
    Job.objects.filter(pk=job.pk).update(attempts=1)
    assert "出错或中断" not in page_of(job, reverse("desk_job", args=[job.pk]))
