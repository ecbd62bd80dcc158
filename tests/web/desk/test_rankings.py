"""Scoring and publishing on the desk: by whoever may, with reasons and summaries beside, checked by a second person."""

import json
import re
import uuid

import pytest
from django.urls import reverse

from core import jobs
from core.choices import JobState, Role
from core.models import Job
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.models import Publication, Ranking, Scorecard
from tests.evaluation.year.demo import load_year
from tests.factories import UserFactory
from tests.forms import press


def post(client, name, *arguments, **data):
    return press(client, reverse(name, args=arguments), {"submission": uuid.uuid4(), **data})


def run_job(answer) -> Job:
    job = Job.objects.get(pk=answer["Location"].split("/")[-2])
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def text(client, address: str) -> str:
    return client.get(address).content.decode()


def test_from_scoring_to_publication_by_two_people(people, signed_in):
    load_year(UserFactory.create())
    city, bureau = signed_in(people[Role.CITY_PLATFORM]), signed_in(people[Role.BUREAU])
    job = run_job(post(city, "desk_score", year=2025, platform_type="county_window"))
    assert job.state == JobState.DONE, job.error
    ranking = Ranking.objects.get()
    page = reverse("desk_ranking", args=[ranking.pk])
    assert page in text(city, reverse("desk_job", args=[job.pk]))
    assert "由市工信局未参与评分、导入数据和编制指标体系的工作人员审核发布" in text(city, page)
    assert f"{page}publish/" not in text(city, page)
    assert f"{page}publish/" in text(bureau, page)
    assert run_job(post(bureau, "desk_ranking_step", ranking.pk, "publish")).state == JobState.DONE
    publication = Publication.objects.get()
    assert (publication.prepared_by, publication.published_by) == (people[Role.CITY_PLATFORM], people[Role.BUREAU])
    assert "结果已发布并冻结" in text(city, page)


def test_whoever_scored_sees_why_they_may_not_publish_and_cannot(people, signed_in):
    load_year(UserFactory.create())
    client = signed_in(people[Role.BUREAU])
    run_job(post(client, "desk_score", year=2025, platform_type="city_platform"))
    ranking = Ranking.objects.get()
    assert "您参与了评分、导入数据或编制指标体系,按规定须由另一人审核发布" in text(
        client, reverse("desk_ranking", args=[ranking.pk])
    )
    job = run_job(post(client, "desk_ranking_step", ranking.pk, "publish"))
    assert job.state == JobState.REFUSED
    ranking.refresh_from_db()
    assert ranking.status == RankingStatus.SCORED


@pytest.mark.parametrize(("role", "own"), [(Role.BUREAU, "county_window"), (Role.CITY_PLATFORM, "city_platform")])
def test_nobody_scores_a_type_that_is_not_theirs(people, signed_in, role, own):
    client = signed_in(people[role])
    answer = post(client, "desk_score", year=2025, platform_type=own)
    assert answer.status_code == 400
    assert not Job.objects.exists()


def test_an_auditor_scores_nothing(people, signed_in):
    client = signed_in(people[Role.AUDITOR])
    assert "开始评分" not in text(client, reverse("desk_rankings"))
    assert post(client, "desk_score", year=2025, platform_type="county_window").status_code == 400


def test_scoring_without_figures_is_refused_with_the_reason(people, signed_in):
    client = signed_in(people[Role.CITY_PLATFORM])
    job = run_job(post(client, "desk_score", year=2025, platform_type="county_window"))
    assert job.state == JobState.REFUSED
    assert "请先导入并施行" in text(client, reverse("desk_job", args=[job.pk]))


def test_sending_back_needs_a_reason(world, signed_in):
    client = signed_in(world.scored.scored_by)
    page = reverse("desk_ranking", args=[world.scored.pk])
    answer = press(client, f"{page}reopen/", {"submission": uuid.uuid4(), "reason": " "}, follow=True)
    assert "退回重评须写明理由" in answer.content.decode()
    world.scored.refresh_from_db()
    assert world.scored.status == RankingStatus.SCORED
    answer = press(client, f"{page}reopen/", {"submission": uuid.uuid4(), "reason": "数据有误"}, follow=True)
    assert "已退回重评" in answer.content.decode()
    world.scored.refresh_from_db()
    assert world.scored.status == RankingStatus.OPEN


def test_a_scorecard_shows_value_rule_reason_source_row_and_summary(world, signed_in):
    card = world.scored.scorecards.get(platform__code="CNT-01")
    page = text(signed_in(world.people[Role.CITY_PLATFORM]), reverse("desk_scorecard", args=[card.pk]))
    assert re.search(r"2025年第一季度:2025Q1\.xlsx 第\d+行", page)
    assert "《实施细则》第三条" in page
    assert "min(1, " in page
    assert reverse("desk_summary", args=[world.summary.pk]) in page
    assert "逾期" in page


def test_a_total_is_printed_with_the_decimals_of_its_system(world, signed_in):
    card = world.scored.scorecards.first()
    detail = json.loads(card.detail) | {"total": "94.50"}
    Scorecard.objects.filter(pk=card.pk).update(total="94.5", detail=json.dumps(detail))
    client = signed_in(world.people[Role.BUREAU])
    assert ">94.50<" in text(client, reverse("desk_ranking", args=[world.scored.pk]))
    assert ">94.50<" in text(client, reverse("admin:evaluation_scorecard_changelist"))
    assert ">94.50<" in text(client, reverse("admin:evaluation_scorecard_change", args=[card.pk]))


def test_the_summaries_stand_beside_the_scores_and_in_a_list_with_those_missing(world, signed_in):
    client = signed_in(world.people[Role.CITY_PLATFORM])
    ranking = text(client, reverse("desk_ranking", args=[world.scored.pk]))
    assert reverse("desk_summary", args=[world.summary.pk]) in ranking
    assert "未报送" in ranking
    listed = client.get(reverse("desk_summaries") + "?year=2025")
    assert "已报1个" in listed.content.decode()
    assert world.summary.receipt_number in listed.content.decode()
    assert "已报0个" in text(client, reverse("desk_summaries") + "?year=2024")


def test_a_summary_is_served_as_a_download_that_runs_nowhere(world, signed_in):
    answer = signed_in(world.people[Role.BUREAU]).get(reverse("desk_summary_file", args=[world.summary.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")


def test_a_step_that_does_not_exist_or_a_form_without_token_is_not_found(world, signed_in):
    client = signed_in(world.people[Role.BUREAU])
    assert post(client, "desk_ranking_step", world.scored.pk, "delete").status_code == 404
    assert press(client, reverse("desk_ranking_step", args=[world.scored.pk, "publish"])).status_code == 404
    assert not Publication.objects.filter(ranking=world.scored).exists()


def test_a_step_without_the_forms_own_key_is_refused(world, people):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people[Role.BUREAU], backend="core.identity.roles.RoleBackend")
    answer = post(strict, "desk_ranking_step", world.scored.pk, "publish")
    assert answer.status_code == 403
