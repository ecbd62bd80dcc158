"""One window and the city platform with a first quarter to hand in."""

from dataclasses import dataclass

import pytest

from core.models import User
from evaluation.collection.models import Submission
from evaluation.systems.models import IndicatorSystem
from platforms.models import Platform
from tests.evaluation.collection.checking.figures import clerk_of, submission_of
from tests.evaluation.year.systems import system_in_force
from tests.factories import PlatformFactory


@dataclass(frozen=True)
class Quarter:
    """`window` and `city` are the platforms; `clerk` and `city_clerk` fill in for them."""

    window: Platform
    city: Platform
    clerk: User
    city_clerk: User
    system: IndicatorSystem
    city_system: IndicatorSystem
    submission: Submission
    city_submission: Submission


@pytest.fixture
def quarter(bureau: User) -> Quarter:
    window = PlatformFactory.create(code="CNT-01")
    city = PlatformFactory.create(code="CITY-01", platform_type="city_platform")
    system, city_system = system_in_force(bureau), system_in_force(bureau, "city_platform")
    return Quarter(
        window=window,
        city=city,
        clerk=clerk_of(window),
        city_clerk=clerk_of(city),
        system=system,
        city_system=city_system,
        submission=submission_of(window, system),
        city_submission=submission_of(city, city_system),
    )
