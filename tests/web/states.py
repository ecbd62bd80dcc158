"""Where an address answers by the state of its thing: each state of it, and what leads there."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models.functions import Now

from core.models import Job, User
from evaluation.bulletin.actions import draft_bulletin
from evaluation.collection.models import Submission, SubmittedFigure
from evaluation.ranking.models import Ranking, Scorecard
from evaluation.systems.models import IndicatorSystem
from rewards.actions import confirm_proposal, reject_proposal, seal_letter
from rewards.models import YellowCard
from tests.evaluation.collection.checking.figures import clerk_of, handed_in, locked_period, submission_of
from tests.factories import UserFactory
from tests.web.world import World

Arguments = dict[str, list[Any]]
SENT = {
    "reason": "演示理由",
    "return_due_on": "2030-01-01",
    "due_on": "2030-01-01",
    "move": "confirm",
    "submission": "00000000-0000-0000-0000-000000000009",
    "A13.remark": "演示说明",
}
"""What the steps ask for; a page takes of it what it knows."""


class State(NamedTuple):
    """`reach` brings the world there and gives the arguments of the addresses that answer by it."""

    of: str
    name: str
    reach: Callable[[World], Arguments]


def _steps(name: str, pk: int, *steps: str) -> Arguments:
    """One address under each of its steps; the step stands behind the name."""
    return {f"{name} {step}": [pk, step] for step in steps}


def _system(system: IndicatorSystem) -> Arguments:
    pages = ("desk_system", "desk_plan", "desk_plan_targets", "desk_plan_differences", "desk_plan_publish")
    return {
        **{page: [system.pk] for page in (*pages, "desk_plan_progress")},
        **_steps("desk_system_step", system.pk, "put_in_force", "retire"),
        "indicator_system": [system.code, system.version],
    }


def _draft_system(world: World) -> Arguments:
    return _system(IndicatorSystem.objects.get(pk=world.samples["desk_plan"][0]))


def _system_in_force(world: World) -> Arguments:
    return _system(IndicatorSystem.objects.get(pk=world.samples["desk_system"][0]))


def _retired_system(world: World) -> Arguments:
    system = IndicatorSystem.objects.get(pk=world.samples["desk_system"][0])
    system.retire()
    system.retired_at, system.retired_by = Now(), UserFactory.create(role="bureau")
    system.save()
    return _system(system)


def _accepted(submission: Submission, indicator: str, window: User) -> SubmittedFigure:
    figure = handed_in(submission, indicator, "3", by=window)
    figure.accept()
    figure.checked_at, figure.checked_by = Now(), UserFactory.create(role="bureau")
    figure.save()
    return figure


def _submission(world: World) -> tuple[Submission, SubmittedFigure]:
    """A quarter of its own with a figure that was accepted."""
    system, window = IndicatorSystem.objects.get(code="county_window-2025"), world.people["window"]
    assert window is not None
    submission = submission_of(world.site.platforms[0], system, 2)
    return submission, _accepted(submission, list(system.rules.codes)[1], window)


def _quarter(submission: Submission, accepted: SubmittedFigure) -> Arguments:
    return {
        **_steps("desk_period_step", submission.period.pk, "complete", "close", "lock", "unlock"),
        "desk_period": [submission.period.pk],
        "my_submission": ["2025Q2"],
        "my_submission_save": ["2025Q2"],
        "my_figure": ["2025Q2", accepted.indicator],
        "desk_check": [submission.pk],
        "desk_check_accept": [submission.pk],
        **{f"desk_check_step {step} accepted": [accepted.pk, step] for step in ("accept", "return_to_platform")},
    }


def _quarter_open(world: World) -> Arguments:
    """Beside the accepted one, a figure still to come and one that waits for its check."""
    submission, accepted = _submission(world)
    first, _, third, *_ = submission.system.rules.codes
    submission.figures.create(indicator=third)
    waiting = handed_in(submission, first, "3", by=clerk_of(submission.platform))
    steps = {f"desk_check_step {step} waiting": [waiting.pk, step] for step in ("accept", "return_to_platform")}
    return {**_quarter(submission, accepted), **steps}


def _quarter_closed(world: World) -> Arguments:
    found = _quarter_open(world)
    period = Submission.objects.get(pk=found["desk_check"][0]).period
    period.close()
    period.save()
    return found


def _quarter_locked(world: World) -> Arguments:
    submission, accepted = _submission(world)
    locked_period(submission.period)
    return _quarter(submission, accepted)


def _ranking(ranking: Ranking) -> Arguments:
    place = [ranking.year, ranking.platform_type]
    return {
        "desk_ranking": [ranking.pk],
        **_steps("desk_ranking_step", ranking.pk, "reopen", "publish"),
        "admin:evaluation_ranking_change": [ranking.pk],
        "ranking": place,
        "open_data_latest": place,
        "open_data_latest_file": [*place, "bundle.json"],
    }


def _ranking_open(world: World) -> Arguments:
    return _ranking(Ranking.objects.get(year=2026))


def _ranking_scored(world: World) -> Arguments:
    working, card = Ranking.objects.get(year=2026), Scorecard.objects.first()
    assert card is not None
    working.score()
    working.bundle, working.scored_at, working.scored_by = card.ranking.bundle, Now(), world.people["city_platform"]
    working.save()
    return _ranking(working)


def _ranking_published(world: World) -> Arguments:
    return _ranking(world.site.corrected.ranking)


def _bulletin(pk: int, quarter: int) -> Arguments:
    pages = ("desk_bulletin", "desk_bulletin_texts", "desk_bulletin_pdf")
    return {
        **{page: [pk] for page in pages},
        **_steps("desk_bulletin_step", pk, "compile", "revise", "issue"),
        "bulletin": [2025, quarter],
        "bulletin_pdf": [2025, quarter],
    }


def _bulletin_draft(world: World) -> Arguments:
    return _bulletin(draft_bulletin(year=2025, quarter=2, by=UserFactory.create(role="bureau")).pk, 2)


def _bulletin_compiled(world: World) -> Arguments:
    draft = draft_bulletin(year=2025, quarter=3, by=UserFactory.create(role="bureau"))
    issued = world.site.bulletin
    draft.compile()
    draft.view, draft.pdf, draft.serial_number, draft.issued_on = issued.view, issued.pdf, 9, issued.issued_on
    draft.compiled_at, draft.compiled_by = Now(), UserFactory.create(role="city_platform")
    draft.save()
    return _bulletin(draft.pk, 3)


def _bulletin_issued(world: World) -> Arguments:
    return _bulletin(world.site.bulletin.pk, 1)


def _proposal(card: YellowCard) -> Arguments:
    return {
        "desk_consequences_decision": ["yellow-cards", card.pk],
        "desk_consequences_letter": ["yellow-cards", card.pk],
        "consequences_of_year": [2025],
    }


def _proposed(world: World) -> Arguments:
    return _proposal(YellowCard.objects.get())


def _confirmed(world: World) -> Arguments:
    card = confirm_proposal(proposal=YellowCard.objects.get(), reason="演示", by=UserFactory.create(role="bureau"))
    seal_letter(proposal=card, pdf=b"%PDF-1.7")
    return _proposal(YellowCard.objects.get())


def _rejected(world: World) -> Arguments:
    reject_proposal(proposal=YellowCard.objects.get(), reason="演示", by=UserFactory.create(role="bureau"))
    return _proposal(YellowCard.objects.get())


def _job(state: str) -> Callable[[World], Arguments]:
    def reach(world: World) -> Arguments:
        ended = {"attempts": 5, "finished_at": Now(), "error": "演示"} if state == "dead" else {}
        Job.objects.filter(pk=world.samples["desk_job"][0]).update(state=state, **ended)
        return {"desk_job": world.samples["desk_job"], "desk_job_retry": world.samples["desk_job"]}

    return reach


STATES = (
    State("system", "draft", _draft_system),
    State("system", "in force", _system_in_force),
    State("system", "retired", _retired_system),
    State("quarter", "open", _quarter_open),
    State("quarter", "closed", _quarter_closed),
    State("quarter", "locked", _quarter_locked),
    State("ranking", "open", _ranking_open),
    State("ranking", "scored", _ranking_scored),
    State("ranking", "published", _ranking_published),
    State("bulletin", "draft", _bulletin_draft),
    State("bulletin", "compiled", _bulletin_compiled),
    State("bulletin", "issued", _bulletin_issued),
    State("proposal", "proposed", _proposed),
    State("proposal", "confirmed", _confirmed),
    State("proposal", "rejected", _rejected),
    State("job", "queued", _job("queued")),
    State("job", "dead", _job("dead")),
)
