"""One quarter asked of a county window and of the city platform, with the people who fill it in."""

from dataclasses import dataclass
from datetime import date

import pytest

from core.models import User
from evaluation.collection.actions import open_period
from evaluation.collection.models import ReportingPeriod, Submission, SubmittedFigure
from tests.evaluation.year.systems import system_in_force
from tests.factories import MembershipFactory, PlatformFactory, RecognitionFactory, UserFactory

DUE_ON = date(2026, 4, 15)


@dataclass(frozen=True)
class Quarter:
    """`own` is the window's submission; `window` fills it in, `city` keeps the period."""

    period: ReportingPeriod
    own: Submission
    window: User
    city: User
    bureau: User

    def figure(self, code: str) -> SubmittedFigure:
        return self.own.figures.get(indicator=code)


def window_in(region=None, accepted_on=date(2020, 1, 1), **options):
    platform = PlatformFactory.create(**({"region": region} if region else {}), **options)
    RecognitionFactory.create(platform=platform, recognised_on=accepted_on)
    return platform


@pytest.fixture
def quarter(bureau: User, settings, tmp_path) -> Quarter:
    settings.MEDIA_ROOT = tmp_path
    for kind in ("county_window", "city_platform"):
        system_in_force(bureau, kind, 2026)
    platform = window_in(code="CNT-91")
    window_in(code="CITY-91", platform_type="city_platform", region=platform.region)
    city = UserFactory.create(role="city_platform")
    period = open_period(year=2026, quarter=1, due_on=DUE_ON, by=city)
    own = Submission.objects.get(platform=platform)
    return Quarter(period, own, MembershipFactory.create(platform=platform).user, city, bureau)
