"""The demonstration year, end to end in the database: files → annual figures → bundle → scorecards → publication."""

import hashlib
import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import PermissionDenied
from django.test import override_settings

from core import jobs
from core.choices import JobState, Role
from core.errors import Refusal
from core.models import User
from evaluation.intake.models import Figure, ImportBatch
from evaluation.intake.queries.annual_figures import year_batches
from evaluation.ranking.actions.publications import BUNDLE, RESULT, publish_ranking, request_publishing
from evaluation.ranking.actions.rankings import open_ranking, reopen_ranking, request_scoring, score_ranking
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.models import Publication, Ranking, Scorecard
from evaluation.scoring.canonical import canonical_bytes
from evaluation.systems.actions.systems import import_system, retire_system
from evaluation.systems.models import IndicatorSystem
from platforms.models import Platform, Recognition
from tests.evaluation.year.demo import load_year, published, scored, scorer_of
from tests.evaluation.year.reading import content, explained, row_of
from tests.evaluation.year.systems import DEMO, in_force, system_document, system_in_force
from tests.factories import PlatformFactory, UserFactory

GOLDEN = {
    "city_platform": "ed74cf24b70bcbd41b001e8689be2387d19283b215eb1fea9ae3518fdefb754a",
    "cluster_window": "d7009673e3d552991ab2642bc15a2316a80339e8e1b0e23c6d57f65b89f6a0ca",
    "county_window": "57133cf68b8dc177ae2b180973b72c9ec769efc60ecc194e780a34fff177be8d",
}
ROOT = DEMO.parent


@pytest.fixture
def year(bureau):
    load_year(bureau)


def ranking_of(platform_type="county_window"):
    by = scorer_of(platform_type)
    return open_ranking(year=2025, platform_type=platform_type, by=by), by


def scored_by(ranking):
    assert ranking.scored_by is not None
    return ranking.scored_by


def test_the_year_gives_the_golden_results(year):
    results = {kind: hashlib.sha256(content(published(kind), "result.json")).hexdigest() for kind in GOLDEN}
    assert results == GOLDEN


def test_a_citizen_recomputes_the_published_result(year, tmp_path):
    publication = published()
    for name in (BUNDLE, RESULT):
        (tmp_path / name).write_bytes(content(publication, name))
    bundle, result = tmp_path / BUNDLE, tmp_path / RESULT
    command = [sys.executable, "-I", "-c", "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"]
    command[-1] += " runpy.run_module('evaluation.scoring', run_name='__main__', alter_sys=True)"
    bare = {"PATH": os.environ["PATH"]}
    check = subprocess.run(
        [*command, str(ROOT), str(bundle), "--check", str(result)], capture_output=True, env=bare, check=False
    )
    assert (check.returncode, check.stdout) == (0, b"identical\n")
    printed = subprocess.run([*command, str(ROOT), str(bundle)], capture_output=True, env=bare, check=True)
    assert printed.stdout == result.read_bytes()
    assert hashlib.sha256(bundle.read_bytes()).hexdigest() == json.loads(result.read_bytes())["bundle_sha256"]
    result.write_bytes(result.read_bytes().replace(b'"85.95"', b'"85.96"'))
    tampered = subprocess.run(
        [*command, str(ROOT), str(bundle), "--check", str(result)], capture_output=True, env=bare, check=False
    )
    assert tampered.returncode == 1 and b"85.95" in tampered.stdout


def test_an_indicator_nobody_reported_is_missing_and_scores_zero(year):
    Figure.objects.filter(platform__code="CNT-01", indicator="A17").delete()
    row = row_of(explained(published(), "CNT-01"), "A17")
    assert (row.value, row.state_label, row.score, row.reason, row.sources) == (
        "未报",
        "未报",
        "0.00",
        "未报,计0分",
        (),
    )


def test_not_ranked_platforms_are_listed_with_their_reason(year):
    unaccepted = PlatformFactory.create(code="CNT-77", name="演示未验收窗口平台")
    late = PlatformFactory.create(code="CNT-88", name="演示次年窗口平台")
    Recognition.objects.create(platform=late, kind="acceptance", recognised_on="2026-02-01", level="provincial")
    publication = published()
    listed = {s.platform_code: s.not_ranked_reason for s in publication.standings.filter(rank=None)}
    assert listed == {unaccepted.code: "无省级验收记录,本年度不参评"}


def test_every_stored_score_keeps_its_reason_and_its_rows(year):
    batches = set(year_batches(2025).ids)
    scorecards = list(scored().scorecards.all())
    assert batches and scorecards
    for scorecard in scorecards:
        assert canonical_bytes(json.loads(scorecard.detail)).decode() == scorecard.detail
        card, sources = json.loads(scorecard.detail), json.loads(scorecard.sources)
        indicators = [i for s in card["sections"] for c in s["categories"] for i in c["indicators"]]
        assert all(indicator["reason"] for indicator in indicators)
        told = {indicator["code"] for indicator in indicators if indicator["state"] == "scored"}
        assert told <= sources.keys()
        assert {batch for places in sources.values() for batch, _ in places} <= batches
        assert f"{scorecard.total:.2f}" == card["total"]


# Who may do what, and in which order.


def test_who_scored_does_not_publish(year):
    by = scorer_of("city_platform")
    ranking = score_ranking(ranking=ranking_of("city_platform")[0], by=by, is_demo=True)
    with pytest.raises(Refusal, match="由您评分,须由另一人审核发布"):
        publish_ranking(ranking=ranking, by=by, is_demo=True)
    assert not Publication.objects.exists()
    assert publish_ranking(ranking=ranking, by=UserFactory.create(), is_demo=True).prepared_by == by


@pytest.mark.parametrize("role", [Role.CITY_PLATFORM, Role.COUNTY, Role.WINDOW, Role.AUDITOR])
def test_only_the_bureau_publishes(year, role):
    ranking = scored()
    with pytest.raises(PermissionDenied):
        publish_ranking(ranking=ranking, by=UserFactory.create(role=role), is_demo=True)


@pytest.mark.parametrize(
    ("platform_type", "role"), [("city_platform", Role.CITY_PLATFORM), ("county_window", Role.BUREAU)]
)
def test_each_scores_only_its_own_types(year, platform_type, role):
    with pytest.raises(PermissionDenied):
        open_ranking(year=2025, platform_type=platform_type, by=UserFactory.create(role=role))
    ranking, _ = ranking_of(platform_type)
    with pytest.raises(PermissionDenied):
        score_ranking(ranking=ranking, by=UserFactory.create(role=role), is_demo=True)


def test_without_a_system_in_force_nothing_opens(bureau):
    with pytest.raises(Refusal, match="没有施行中的2025年度市平台指标体系"):
        open_ranking(year=2025, platform_type="city_platform", by=bureau)


def test_without_platforms_nothing_is_scored(bureau):
    system_in_force(bureau)
    ranking, by = ranking_of()
    with pytest.raises(Refusal, match="没有可以参评的平台"):
        score_ranking(ranking=ranking, by=by, is_demo=True)


def test_a_scored_ranking_goes_back_only_with_a_reason(year):
    ranking = scored()
    by = scored_by(ranking)
    with pytest.raises(Refusal, match="当前为“已评分”,不能评分"):
        score_ranking(ranking=ranking, by=by, is_demo=True)
    with pytest.raises(Refusal, match="须写明理由"):
        reopen_ranking(ranking=ranking, reason="", by=by)
    reopened = reopen_ranking(ranking=ranking, reason="补报数据", by=by)
    assert (reopened.status, reopened.bundle, Scorecard.objects.count()) == (RankingStatus.OPEN, None, 0)
    assert score_ranking(ranking=reopened, by=by, is_demo=True).status == RankingStatus.SCORED
    assert Scorecard.objects.count() == 9


def test_a_reopened_ranking_takes_the_system_that_came_into_force(year, bureau):
    ranking = scored()
    by = scored_by(ranking)
    reopen_ranking(ranking=ranking, reason="指标体系修订", by=by)
    retire_system(system=ranking.system, reason="修订", by=bureau)
    newer = import_system(document={**system_document(), "tie_style": "dense"}, by=bureau).system
    in_force(newer)
    with pytest.raises(Refusal, match="已停用,请重新开始评分"):
        score_ranking(ranking=Ranking.objects.get(), by=by, is_demo=True)
    reopened = open_ranking(year=2025, platform_type="county_window", by=by)
    assert reopened.system == newer
    assert score_ranking(ranking=reopened, by=by, is_demo=True).system.version == 2


@pytest.mark.parametrize("change", ["acceptance", "name", "platform"])
def test_what_changed_after_scoring_is_not_published(year, change):
    ranking = scored()
    if change == "acceptance":
        Recognition.objects.filter(platform__code="CNT-01").update(recognised_on="2025-08-01")
    elif change == "name":
        Platform.objects.filter(code="CNT-01").update(name="改名后的窗口平台")
    else:
        PlatformFactory.create(code="CNT-99")
    with pytest.raises(Refusal, match="评分之后,数据或登记信息已有变化"):
        publish_ranking(ranking=ranking, by=UserFactory.create(), is_demo=True)
    assert not Publication.objects.exists()
    assert Ranking.objects.get().status == RankingStatus.SCORED


def test_figures_told_by_quarter_and_by_year_are_refused_by_name(year):
    batch = ImportBatch.objects.get(year=2025, quarter=0)
    platform = Platform.objects.get(code="CNT-01")
    Figure.objects.create(batch=batch, platform=platform, indicator="A11", year=2025, quarter=0, row=1, amount=5)
    ranking, by = ranking_of()
    with pytest.raises(Refusal, match="平台CNT-01的指标A11有不止一种来源"):
        score_ranking(ranking=ranking, by=by, is_demo=True)


def test_an_unsound_figure_is_refused_by_platform_and_indicator(year):
    batch = ImportBatch.objects.get(year=2025, quarter=0)
    platform = Platform.objects.get(code="CNT-01")
    for indicator in ("A17", "K2"):
        Figure.objects.filter(batch=batch, platform=platform, indicator=indicator).delete()
        Figure.objects.create(
            batch=batch, platform=platform, indicator=indicator, year=2025, quarter=0, row=1, parts={"unknown": "1"}
        )
    ranking, by = ranking_of()
    with pytest.raises(Refusal) as refusal:
        score_ranking(ranking=ranking, by=by, is_demo=True)
    told = [str(fault) for fault in refusal.value.faults]
    assert any(fault.startswith("平台CNT-01的指标A17:") for fault in told)
    assert any(fault.startswith("平台CNT-01的指标K2:") for fault in told)
    assert not Scorecard.objects.exists()


# In earnest and as a demonstration.


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_demonstration_says_so_in_every_file(year, is_demo):
    ranking, by = ranking_of()
    score_ranking(ranking=ranking, by=by, is_demo=is_demo)
    publication = publish_ranking(ranking=ranking, by=UserFactory.create(), is_demo=is_demo)
    for name in ("bundle.json", "ranking.csv"):
        assert ("演示数据(虚构)" in content(publication, name).decode()) is is_demo


# As jobs.


@override_settings(DEMO_MODE=True)
def test_scoring_and_publishing_as_jobs(year):
    by = scorer_of("county_window")
    job = request_scoring(year=2025, platform_type="county_window", submission="1", by=by)
    assert request_scoring(year=2025, platform_type="county_window", submission="1", by=by).pk == job.pk
    assert jobs.run(job.pk)
    job.refresh_from_db()
    ranking = Ranking.objects.get()
    assert (job.state, job.result) == (JobState.DONE, {"ranking": ranking.pk, "scorecards": 9, "not_ranked": 0})
    publishing = request_publishing(ranking=ranking, submission="1", by=UserFactory.create())
    assert jobs.run(publishing.pk)
    publishing.refresh_from_db()
    assert publishing.result == {"publication": Publication.objects.get().pk}
    assert hashlib.sha256(content(Publication.objects.get(), "result.json")).hexdigest() == GOLDEN["county_window"]


def test_a_job_without_permission_or_with_faults_is_refused_with_the_reason(year):
    stranger: User = UserFactory.create(role=Role.WINDOW)
    job = request_scoring(year=2025, platform_type="county_window", submission="1", by=stranger)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.REFUSED and "不能为县(市、区)综合窗口平台评分" in job.error
    retired = IndicatorSystem.objects.get(code="county_window-2025")
    retire_system(system=retired, reason="演示", by=UserFactory.create())
    job = request_scoring(year=2025, platform_type="county_window", submission="2", by=scorer_of("county_window"))
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.REFUSED and "没有施行中的2025年度" in job.error
