"""The published site that the tests of public pages read: two years, a correction, a bulletin, the footer."""

from dataclasses import dataclass

import pytest
from django.test import Client

from core.models import Office
from evaluation.bulletin.models import Bulletin
from evaluation.ranking.models import Publication
from platforms.models import Platform
from tests.factories.published import county_windows, issued_bulletin, published_ranking


@dataclass(frozen=True)
class Site:
    platforms: list[Platform]
    newcomer: Platform
    last_year: Publication
    first_edition: Publication
    corrected: Publication
    bulletin: Bulletin

    @property
    def addresses(self) -> list[str]:
        """Every kind of public page that has content."""
        ranking = "/rankings/2025/county_window/"
        code = self.platforms[0].code
        return [
            "/",
            "/rankings/",
            ranking,
            "/rankings/2024/county_window/",
            f"{ranking}editions/1/",
            f"{ranking}{code}/",
            f"{ranking}{self.newcomer.code}/",
            f"{ranking}editions/1/{code}/",
            "/bulletins/",
            "/bulletins/2025Q1/",
            "/indicator-systems/",
            "/indicator-systems/county_window-2025/v1/",
            "/policy/",
            "/privacy/",
            "/open-data/",
            "/open-data/2025/county_window/latest/",
            "/open-data/2025/county_window/v1/",
            "/accounts/login/",
            "/accounts/inactive/",
        ]


@pytest.fixture
def office(db: None) -> Office:
    return Office.objects.create(
        host_name="演示主办单位",
        phone="0731-00000000",
        icp_number="演ICP备00000000号",
        police_number="演公网安备00000000000000号",
        site_code="4302000000",
        privacy_text="演示隐私政策。",
    )


@pytest.fixture
def site(office: Office) -> Site:
    first, second, third, newcomer = county_windows(4)
    last_year = published_ranking(
        [first, second, third], year=2024, visits={first.code: 100, second.code: 300, third.code: 200}
    )
    first_edition = published_ranking(
        [first, second, third],
        visits={first.code: 300, second.code: 200, third.code: 100},
        not_ranked={newcomer: "2025年7月1日后验收,本年度不参评"},
        targets={first.code: {"A11": "40"}},
    )
    corrected = published_ranking(
        [first, second, third],
        visits={first.code: 300, second.code: 100, third.code: 200},
        not_ranked={newcomer: "2025年7月1日后验收,本年度不参评"},
        targets={first.code: {"A11": "40"}},
        replaces=first_edition,
    )
    bulletin = issued_bulletin(2025, 1)
    return Site([first, second, third], newcomer, last_year, first_edition, corrected, bulletin)


@pytest.fixture
def anonymous() -> Client:
    return Client()
