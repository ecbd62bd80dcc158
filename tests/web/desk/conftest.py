"""The desk in the middle of its work: a year of files, one type scored, one published, a bulletin, a summary, a job."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone

from core import jobs
from core.choices import Role
from core.files.uploads.gate import PDF
from core.files.uploads.storage import store
from core.models import Job, User
from evaluation.bulletin.actions import draft_bulletin
from evaluation.bulletin.models import Bulletin
from evaluation.intake.models import ImportBatch
from evaluation.ranking.models import Publication, Ranking, Scorecard
from evaluation.summaries.models import AnnualSummary
from evaluation.systems.actions import copy_system
from evaluation.systems.models import IndicatorSystem
from platforms.models import Platform
from tests.evaluation.year.demo import load_year, published, scored
from tests.factories import MembershipFactory, UserFactory
from tests.forms import Browser

BACKEND = "core.identity.roles.RoleBackend"


@dataclass(frozen=True)
class DeskWorld:
    """One object of each kind. `scored` is the county windows', `published` the city platform's own."""

    people: dict[str, User]
    scored: Ranking
    published: Publication
    bulletin: Bulletin
    summary: AnnualSummary
    job: Job
    draft: IndicatorSystem

    @property
    def system(self) -> IndicatorSystem:
        return self.scored.system

    @property
    def card(self) -> Scorecard:
        card = self.scored.scorecards.first()
        assert card is not None
        return card

    @property
    def batch(self) -> ImportBatch:
        return ImportBatch.objects.get(year=2025, quarter=1)


@pytest.fixture
def people(db: None) -> dict[str, User]:
    """One person of each role."""
    return {role.value: UserFactory.create(role=role) for role in Role}


@pytest.fixture
def world(people: dict[str, User], settings, tmp_path) -> DeskWorld:
    settings.MEDIA_ROOT = tmp_path
    load_year(UserFactory.create())
    window = Platform.objects.get(code="CNT-01")
    MembershipFactory.create(user=people["window"], platform=window)
    MembershipFactory.create(user=people["county"], platform=None, region=window.region)
    ranking = scored("county_window")
    return DeskWorld(
        people=people,
        scored=ranking,
        published=published("city_platform"),
        bulletin=draft_bulletin(year=2025, quarter=1, by=people["bureau"]),
        summary=summary_of(window, people["window"]),
        job=jobs.enqueue("evaluation.import_hub", key="demo", arguments={}, by=people["city_platform"]),
        draft=copy_system(system=ranking.system, year=2027, by=people["bureau"]),
    )


def summary_of(platform: Platform, by: User) -> AnnualSummary:
    attachment = store(name="总结.pdf", content=b"%PDF-1.4 demo", media_type=PDF, by=by)
    return AnnualSummary.objects.create(
        platform=platform,
        year=2025,
        version=1,
        attachment=attachment,
        receipt_number="ZJ2025-DEMO-01",
        received_at=timezone.now(),
        is_late=True,
        submitted_by=by,
    )


@pytest.fixture
def signed_in():
    """signed_in(user) → a client of that person."""

    def sign_in(user: User) -> Client:
        client = Browser()
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in
