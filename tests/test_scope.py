"""Who sees whose rows: every model with a `visible_to` stands in one table, its rows are those of two platforms in two
counties, and every role is asked for them."""

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model
from django.utils import timezone

from core.choices import Role
from core.files.uploads.storage import store
from core.models import ChangeRequest, Job, User
from evaluation.collection.models import Submission, SubmittedFigure
from evaluation.marking.models import AssessorMark
from evaluation.ranking.models import Ranking, Scorecard, Standing
from evaluation.summaries.models import AnnualSummary
from platforms.models import Platform
from platforms.models.enterprise import Enterprise
from platforms.models.guidance import Guidance
from platforms.models.operator import OperatorTerm
from platforms.models.recognition import Recognition
from platforms.models.service import ServiceList, ServiceRecord
from rewards.models import OperatorReplacement, Reward, YellowCard
from tests.core.files.uploads.build import docx_bytes, pdf_bytes
from tests.factories import MembershipFactory, OperatorTermFactory, PlatformFactory, RecognitionFactory, UserFactory
from tests.factories.collection import (
    SealedFileFactory,
    ServiceRecordFactory,
    SubmissionFactory,
    SubmittedFigureFactory,
)
from tests.factories.publications import publish

# Whose rows follow the platform they belong to, and how to find that platform.
BY_PLATFORM: dict[Any, str] = {
    Platform: "code",
    OperatorTerm: "platform__code",
    Recognition: "platform__code",
    ServiceList: "platform__code",
    ServiceRecord: "platform__code",
    Guidance: "platform__code",
    Enterprise: "service_records__platform__code",
    Submission: "platform__code",
    SubmittedFigure: "submission__platform__code",
    AnnualSummary: "platform__code",
    Reward: "platform__code",
    YellowCard: "platform__code",
    OperatorReplacement: "platform__code",
}
# Rules of their own, each with a table of its own.
OTHERS = {
    Ranking: "tests/web/desk/test_rankings.py, and below",
    Scorecard: "tests/web/desk/test_rankings.py, and below",
    AssessorMark: "tests/evaluation/marking",
    Job: "below",
    ChangeRequest: "below",
}
ALL, OWN, NONE = ["A", "B"], ["A"], list[str]()
SEES = {
    "bureau": ALL,
    "city_platform": ALL,
    "auditor": ALL,
    "county": OWN,
    "window": OWN,
    "county without a region": NONE,
    "window without a platform": NONE,
}


def has_scope(model: type[Model]) -> bool:
    return hasattr(model._default_manager.all(), "visible_to")


@pytest.fixture
def people(platforms) -> dict[str, User]:
    own = platforms[0]
    return {
        **{role: UserFactory.create(role=role) for role in ("bureau", "city_platform", "auditor")},
        "county": MembershipFactory.create(user__role="county", platform=None, region=own.region).user,
        "window": MembershipFactory.create(user__role="window", platform=own).user,
        "county without a region": UserFactory.create(role="county"),
        "window without a platform": UserFactory.create(role="window"),
    }


@pytest.fixture
def platforms(db) -> list[Platform]:
    return [PlatformFactory.create(code=code) for code in ALL]


@pytest.fixture
def rows(platforms, bureau, settings, tmp_path) -> None:
    """One row of every model for each platform."""
    settings.MEDIA_ROOT = tmp_path
    last, this = (publish({each: "80" for each in platforms}, year=year) for year in (2024, 2025))
    for platform in platforms:
        OperatorTermFactory.create(platform=platform)
        RecognitionFactory.create(platform=platform)
        ServiceRecordFactory.create(platform=platform)
        ServiceList.objects.create(
            platform=platform,
            file_name="服务.csv",
            file=SealedFileFactory.create(),
            row_count=1,
            record_count=1,
            imported_by=bureau,
        )
        Guidance.objects.create(platform=platform, kind="note", text="演示意见", written_by=bureau)
        SubmittedFigureFactory.create(
            submission=SubmissionFactory.create(platform=platform, system=this.ranking.system)
        )
        summary(platform, bureau)
        shared = {
            "publication": this,
            "standing": Standing.objects.get(publication=this, platform=platform),
            "platform": platform,
            "rule_path": [],
            "proposed_by": bureau,
        }
        Reward.objects.create(**shared, tier_name="一等奖", amount=1)
        YellowCard.objects.create(**shared)
        OperatorReplacement.objects.create(**shared, previous_publication=last)


def summary(platform: Platform, by: User) -> AnnualSummary:
    return AnnualSummary.objects.create(
        platform=platform,
        year=2025,
        version=1,
        attachment=store(name="总结.docx", content=docx_bytes(), media_type="application/octet-stream", by=by),
        stamped=store(name="盖章.pdf", content=pdf_bytes(), media_type="application/pdf", by=by),
        text="一、平台基本情况",
        receipt_number=f"ZJ-{platform.code}",
        received_at=timezone.now(),
        is_late=False,
        submitted_by=by,
    )


def test_every_model_with_a_scope_stands_in_the_table():
    """A model that the next page asks `visible_to` of is held to what this table says of its kind."""
    found = {model for model in apps.get_models() if has_scope(model)}
    assert len(found) > 10
    assert found == BY_PLATFORM.keys() | OTHERS.keys()


def test_the_world_has_rows_of_both_platforms(rows):
    held = {
        model: sorted(set(model._default_manager.values_list(path, flat=True))) for model, path in BY_PLATFORM.items()
    }
    assert held == dict.fromkeys(BY_PLATFORM, ALL)


def test_a_platforms_rows_are_seen_by_whom_they_concern_and_each_once(rows, people):
    for person, expected in SEES.items():
        seen = {
            model: sorted(model.objects.visible_to(people[person]).values_list(path, flat=True))
            for model, path in BY_PLATFORM.items()
        }
        assert seen == dict.fromkeys(BY_PLATFORM, expected), person


# A working result of the city platform is not for the city platform's eyes; nobody below the city level sees any.
RANKINGS = {
    "bureau": {"own scored", "own published", "windows scored", "windows published"},
    "auditor": {"own scored", "own published", "windows scored", "windows published"},
    "city_platform": {"own published", "windows scored", "windows published"},
    "county": set(),
    "window": set(),
    "county without a region": set(),
    "window without a platform": set(),
}


@pytest.mark.parametrize("person", RANKINGS)
def test_a_working_ranking_is_not_seen_by_whom_it_ranks(person, people):
    city = PlatformFactory.create(code="CITY", platform_type="city_platform")
    window = PlatformFactory.create(code="C")
    names = {}
    for name, platform, kind in (("own", city, "city_platform"), ("windows", window, "county_window")):
        published = publish({platform: "80"}, platform_type=kind).ranking
        names[published.pk] = f"{name} published"
        working = Ranking.objects.create(year=2026, platform_type=kind, edition=1, system=published.system)
        names[working.pk] = f"{name} scored"
    seen = Ranking.objects.visible_to(people[person])
    assert {names[ranking.pk] for ranking in seen} == RANKINGS[person]
    cards = Scorecard.objects.visible_to(people[person]).values_list("ranking", flat=True)
    every = Scorecard.objects.values_list("ranking", flat=True)
    assert sorted(cards) == sorted(pk for pk in every if names[pk] in RANKINGS[person])


@pytest.mark.parametrize("person", SEES)
def test_a_job_is_seen_by_whoever_asked_for_it_and_by_oversight(person, people):
    for name, user in people.items():
        Job.objects.create(kind="evaluation.score_ranking", idempotency_key=name, created_by=user)
    seen = Job.objects.visible_to(people[person]).values_list("idempotency_key", flat=True)
    assert sorted(seen) == (sorted(people) if person in ("bureau", "auditor") else [person])


@pytest.mark.parametrize("person", SEES)
def test_a_request_is_seen_by_whoever_asked_for_it_and_by_oversight(person, people):
    for name, user in people.items():
        ChangeRequest.objects.create(kind="office", target=name, reason="演示", asked_by=user, account=people["window"])
    seen = ChangeRequest.objects.visible_to(people[person]).values_list("target", flat=True)
    assert sorted(seen) == (sorted(people) if person in ("bureau", "auditor") else [person])


def test_the_table_knows_every_role():
    assert set(Role.values) <= SEES.keys()
