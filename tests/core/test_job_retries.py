"""Another round of a job that ended without effect: in whose name, by whom, from which page; and what its page shows of
the progress meanwhile."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from core import jobs
from core.choices import JobState, Role
from core.errors import Refusal
from core.jobs import handlers, runner
from core.models import Job, User
from evaluation.ranking.actions.rankings import request_scoring
from evaluation.ranking.models import Ranking
from rewards.actions import confirm_proposal, propose_consequences
from rewards.models import YellowCard
from tests.evaluation.year.demo import load_year, scorer_of
from tests.factories import UserFactory
from tests.rewards.conftest import county_platforms, last_year, publication, standard
from tests.walls.test_attacks import as_role

__all__ = ["county_platforms", "last_year", "publication", "standard"]

BACKEND = "core.identity.roles.RoleBackend"


@pytest.fixture
def kinds(monkeypatch):
    table: dict[str, handlers.Handler] = {}
    monkeypatch.setattr(handlers, "_handlers", table)
    return table


def ended(by: User | None, state: JobState = JobState.REFUSED, kind: str = "evaluation.import_hub") -> Job:
    job = jobs.enqueue(kind, key=str(uuid4()), arguments={}, by=by)
    Job.objects.filter(pk=job.pk).update(
        state=state, result={"faults": Refusal("演示").as_rows()}, attempts=1, finished_at=Now()
    )
    job.refresh_from_db()
    return job


def test_a_scoring_given_another_round_by_the_bureau_is_still_the_city_platforms(bureau):
    """As the run-time role, which cannot write who asked."""
    load_year(bureau)
    city = scorer_of("county_window")
    with as_role():
        job = request_scoring(year=2025, platform_type="county_window", submission="1", by=city)
        Job.objects.filter(pk=job.pk).update(state=JobState.DEAD, finished_at=Now(), attempts=5)
        jobs.requeue(job=job, by=bureau)
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE, job.error
    assert Ranking.objects.get().scored_by == city
    assert (job.created_by, job.retried_by) == (city, bureau)


def test_the_bureau_cannot_decide_in_anothers_name_what_was_refused(db, client, bureau, city_platform_user):
    job = ended(city_platform_user)
    client.force_login(bureau, backend=BACKEND)
    shown = client.get(reverse("desk_job", args=[job.pk])).content.decode()
    assert "重新执行" not in shown
    assert client.post(reverse("desk_job_retry", args=[job.pk])).status_code == 403
    job.refresh_from_db()
    assert job.state == JobState.REFUSED


@pytest.mark.parametrize(
    ("state", "asked_by", "pressed_by", "may"),
    [
        (JobState.REFUSED, "city_platform", "city_platform", True),
        (JobState.REFUSED, "bureau", "bureau", True),
        (JobState.DEAD, "city_platform", "bureau", True),
        (JobState.DEAD, "city_platform", "auditor", False),
        (JobState.REFUSED, None, "bureau", True),
        (JobState.REFUSED, None, "auditor", False),
    ],
)
def test_who_gives_another_round(db, client, state, asked_by, pressed_by, may):
    people = {role: UserFactory.create(role=role) for role in {asked_by, pressed_by} - {None}}
    job = ended(people[asked_by] if asked_by else User.objects.system(), state)
    client.force_login(people[pressed_by], backend=BACKEND)
    shown = client.get(reverse("desk_job", args=[job.pk])).content.decode()
    assert ('value="重新执行"' in shown) is may
    assert client.post(reverse("desk_job_retry", args=[job.pk])).status_code == (302 if may else 403)
    job.refresh_from_db()
    assert (job.state == JobState.QUEUED) is may
    if may:
        assert job.retried_by == people[pressed_by]
        assert str(people[pressed_by]) in client.get(reverse("desk_job", args=[job.pk])).content.decode()


def test_a_letter_that_was_refused_is_written_once_its_cause_is_gone(
    publication, standard, bureau, second_bureau, client, monkeypatch
):
    """By any colleague of the bureau, from the page of the decision: the decision itself stands."""
    propose_consequences(publication=publication, by=UserFactory.create())
    card = confirm_proposal(proposal=YellowCard.objects.get(), reason="情况属实", by=bureau)
    job = Job.objects.get(kind="rewards.write_letter")

    def refuse(*_, **__):
        raise Refusal("平台名称中的“𠀃”没有可用的字体")

    with monkeypatch.context() as patched:
        patched.setattr("rewards.tasks.render_pdf", refuse)
        assert jobs.run(job.pk)
    client.force_login(second_bureau, backend=BACKEND)
    page = reverse("desk_consequences_decision", args=["yellow-cards", card.pk])
    shown = client.get(page).content.decode()
    assert "没有可用的字体" in shown and 'value="重新执行"' in shown
    client.post(reverse("desk_job_retry", args=[job.pk]))
    assert jobs.run(job.pk)
    card.refresh_from_db()
    job.refresh_from_db()
    assert card.letter_id and job.created_by == bureau and job.retried_by == second_bureau
    assert 'value="重新执行"' not in client.get(page).content.decode()


def test_progress_is_never_lost_without_a_word(transactional_db, kinds, monkeypatch):
    """Killed at 3 of 4, then failed, then asked for anew: nothing goes back, and every note says why."""
    monkeypatch.setattr(runner, "_REPORT_EVERY_SECONDS", 0)
    monkeypatch.setattr(runner, "BACK_OFF", timedelta(0))
    seen: list[tuple[int, str]] = []

    class Killed(BaseException):
        pass

    def note() -> None:
        job = Job.objects.get()
        seen.append((job.percent, job.progress_note))

    def work(arguments, report):
        note()
        for done in range(5):
            report(done, 4, f"第{done}步")
            note()
            if done == 3 and len(seen) < 6:
                raise Killed
            if done == 1 and 6 < len(seen) < 9:
                raise RuntimeError("演示故障")
        raise Refusal("演示退回")

    kinds["慢"] = work
    job = jobs.enqueue("慢", key="1", arguments={}, by=UserFactory.create(role=Role.BUREAU))
    with pytest.raises(Killed):
        jobs.run(job.pk)
    Job.objects.update(lease_until=Now() - timedelta(seconds=1))
    jobs.run(job.pk)
    jobs.run(job.pk)
    jobs.requeue(job=job, by=UserFactory.create(role=Role.BUREAU))
    jobs.run(job.pk)
    first, interrupted, failed, again = seen[:5], seen[5:8], seen[8:14], seen[14:]
    assert [percent for percent, _ in first] == [0, 0, 25, 50, 75]
    assert all(percent == 75 and words.startswith(runner.INTERRUPTED) for percent, words in interrupted)
    assert all(percent >= 75 and words.startswith(runner.FAILED) for percent, words in failed)
    assert all(percent == 100 and words.startswith("经重新提交") for percent, words in again) and again
    assert interrupted[1][1] == f"{runner.INTERRUPTED}:第0步"
