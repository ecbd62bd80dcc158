"""Three county platforms with a published year, a reward standard, and people of each role."""

import pytest

from evaluation.ranking.models import Publication
from platforms.choices import PlatformType
from platforms.models import Platform
from rewards.models import RewardStandard
from tests.factories import OperatorTermFactory, PlatformFactory, RegionFactory
from tests.factories.publications import publish


@pytest.fixture
def county_platforms(db: None) -> list[Platform]:
    platforms = [
        PlatformFactory.create(
            code=f"W0{n}", name=f"演示{name}县窗口平台", region=RegionFactory.create(name=f"演示{name}县")
        )
        for n, name in enumerate("甲乙丙", start=1)
    ]
    for platform in platforms:
        OperatorTermFactory.create(platform=platform)
    return platforms


@pytest.fixture
def standard(db: None) -> RewardStandard:
    standard = RewardStandard.objects.create(year=2025, platform_type=PlatformType.COUNTY_WINDOW)
    standard.tiers.create(name="一等奖", lower_bound="90", amount=50000)
    standard.tiers.create(name="二等奖", lower_bound="80", amount=30000)
    return standard


@pytest.fixture
def last_year(county_platforms: list[Platform]) -> Publication:
    return publish(dict(zip(county_platforms, ["85", "90", "60"], strict=True)), year=2024)


@pytest.fixture
def publication(county_platforms: list[Platform], last_year: Publication) -> Publication:
    """甲 90.00 first, 乙 85.00, 丙 50.00 last for the second year."""
    return publish(dict(zip(county_platforms, ["90", "85", "50"], strict=True)))
