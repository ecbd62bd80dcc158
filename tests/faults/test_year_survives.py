"""A worker killed between writing its rows and committing them leaves nothing; the job is done later, once."""

import time
from datetime import timedelta

import pytest

from core import jobs
from core.choices import JobState
from core.jobs import sweeper
from core.periods import Quarter
from evaluation.intake.actions import read_hub, request_import
from evaluation.intake.models import Figure, ImportBatch
from evaluation.ranking.actions.rankings import request_scoring
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.models import Ranking, Scorecard
from tests.evaluation.year.demo import load_registry, load_year, scorer_of
from tests.evaluation.year.systems import DEMO, system_in_force
from tests.factories import UserFactory

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def impatience(monkeypatch):
    monkeypatch.setattr(sweeper, "PATIENCE", timedelta(seconds=1))


def wait_for(happened, seconds=60):
    limit = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.2)


def kill_in_the_middle(worker, job, tmp_path):
    """Start a worker, wait until it stands between writing and committing, kill all of it."""
    pause = tmp_path / "written"
    worker.start(FAULTS_PAUSE=str(pause))
    wait_for(pause.exists)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    worker.kill_all()


def finish(worker, job):
    def is_done():
        jobs.sweep()
        job.refresh_from_db()
        return job.state == JobState.DONE

    worker.start()
    wait_for(is_done)
    assert job.attempts == 2


def told(job, name):
    assert job.result
    return job.result[name]


def test_scoring(idle_worker, tmp_path):
    load_year(UserFactory.create(role="bureau"))
    job = request_scoring(year=2025, platform_type="county_window", submission="1", by=scorer_of("county_window"))
    kill_in_the_middle(idle_worker, job, tmp_path)
    assert (Ranking.objects.count(), Scorecard.objects.count()) == (0, 0)
    finish(idle_worker, job)
    ranking = Ranking.objects.get()
    assert ranking.status == RankingStatus.SCORED
    assert ranking.scorecards.count() == told(job, "scorecards") > 0


def test_importing(idle_worker, tmp_path):
    bureau = UserFactory.create(role="bureau")
    load_registry()
    for platform_type in ("cluster_window", "county_window"):
        system_in_force(bureau, platform_type)
    content = (DEMO / "hub" / "2025Q1.xlsx").read_bytes()
    reading = read_hub(content=content, file_name="2025Q1.xlsx", quarter=Quarter(2025, 1))
    job = request_import(reading=reading, expected_changes=None, submission="1", by=bureau)
    kill_in_the_middle(idle_worker, job, tmp_path)
    assert (ImportBatch.objects.count(), Figure.objects.count()) == (0, 0)
    finish(idle_worker, job)
    assert ImportBatch.objects.get().figure_count == Figure.objects.count() == told(job, "figures") > 0
