"""A worker killed between writing its rows and committing them leaves nothing; the job is done later, once."""

import time
from datetime import date, timedelta

import pytest

from core import jobs
from core.choices import JobState
from core.jobs import sweeper
from core.models import Job, SealedFile
from core.periods import Quarter
from demo.fresh import accept_figures
from evaluation.bulletin.actions import draft_bulletin, request_compiling, write_bulletin
from evaluation.bulletin.choices import BulletinStatus
from evaluation.gathering.actions import request_gathering
from evaluation.intake.actions import read_hub, request_import
from evaluation.intake.models import Figure, ImportBatch
from evaluation.ranking.actions.publications import request_publishing
from evaluation.ranking.actions.rankings import request_scoring
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.models import Publication, PublicationFile, Ranking, Scorecard, Standing
from rewards.actions import confirm_proposal, propose_consequences
from rewards.models import YellowCard
from tests.evaluation.collection.checking.conftest import quarter
from tests.evaluation.collection.checking.figures import handed_in
from tests.evaluation.year.demo import load_registry, load_year, scored, scorer_of
from tests.evaluation.year.systems import DEMO, system_in_force
from tests.factories import UserFactory
from tests.rewards.conftest import county_platforms, last_year, publication, standard

__all__ = ["county_platforms", "last_year", "publication", "quarter", "standard"]

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


def test_gathering(quarter, bureau, idle_worker, tmp_path):
    city = UserFactory.create(role="city_platform")
    accept_figures(figures=[handed_in(quarter.submission, "K5", "3", by=quarter.clerk)], by=city)
    job = request_gathering(year=2025, expected_changes=None, submission="1", by=city)
    kill_in_the_middle(idle_worker, job, tmp_path)
    assert (ImportBatch.objects.count(), Figure.objects.count()) == (0, 0)
    finish(idle_worker, job)
    assert ImportBatch.objects.get().figure_count == Figure.objects.count() == 1


def test_publishing(bureau, second_bureau, idle_worker, tmp_path):
    load_year(bureau)
    ranking = scored("county_window")
    idle_worker.environment["DEMO_MODE"] = "1"  # what was scored as a demonstration is published as one
    job = request_publishing(ranking=ranking, submission="1", by=second_bureau)
    kill_in_the_middle(idle_worker, job, tmp_path)
    assert not Publication.objects.exists() and not Standing.objects.exists()
    finish(idle_worker, job)
    ranking.refresh_from_db()
    published = Publication.objects.get()
    assert ranking.status == RankingStatus.PUBLISHED
    assert published.files.count() == PublicationFile.objects.count() == 5
    assert published.published_by == second_bureau


def test_compiling_a_bulletin(bureau, idle_worker, tmp_path):
    load_year(bureau)
    draft = draft_bulletin(year=2025, quarter=1, by=bureau)
    issued_on = date(2025, 4, 17)
    draft = write_bulletin(
        bulletin=draft, serial_number=1, issued_on=issued_on, problems="", requirements="", by=bureau
    )
    job = request_compiling(bulletin=draft, submission="1", by=bureau)
    files = SealedFile.objects.count()
    kill_in_the_middle(idle_worker, job, tmp_path)
    assert SealedFile.objects.count() == files
    finish(idle_worker, job)
    draft.refresh_from_db()
    assert (draft.status, SealedFile.objects.count()) == (BulletinStatus.COMPILED, files + 2)


def test_a_letter(publication, standard, bureau, idle_worker, tmp_path):
    propose_consequences(publication=publication, by=UserFactory.create())
    card = confirm_proposal(proposal=YellowCard.objects.get(), reason="演示", by=bureau)
    files = SealedFile.objects.count()
    job = Job.objects.get(kind="rewards.write_letter")
    kill_in_the_middle(idle_worker, job, tmp_path)
    assert SealedFile.objects.count() == files
    finish(idle_worker, job)
    card.refresh_from_db()
    assert card.letter is not None and SealedFile.objects.count() == files + 1
