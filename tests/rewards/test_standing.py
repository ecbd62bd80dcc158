"""A platform's provisional standing: its points by the core, the distance to the reward, nothing of anybody else."""

import html
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.paper.punctuation import full_width
from evaluation.collection.choices import SubmittedStatus
from evaluation.ranking.documents.provisional import own_bundle, provisional_standing
from evaluation.scoring.result import score_bundle
from evaluation.systems.models import IndicatorSystem
from rewards.consequences import Tier, distance_to_reward
from rewards.models import RewardStandard
from tests.evaluation.collection.conftest import window_in
from tests.evaluation.progress.test_progress import file_of, handed_in, reported
from tests.evaluation.year.systems import system_in_force
from tests.factories import MembershipFactory, UserFactory

YEAR = 2026
CANARY = "金丝雀演示平台"


@pytest.fixture
def system(db) -> IndicatorSystem:
    return system_in_force(UserFactory.create(role="bureau"), "county_window", YEAR)


@pytest.fixture
def own(system):
    """Ten of twelve events and 92.5 % handled in time by the hub, one honour handed in; everything else is missing."""
    platform, rival = window_in(code="CNT-91"), window_in(code="CNT-99", name=CANARY)
    batch = file_of(YEAR, 1)
    reported(platform, batch, "service_events", 10)
    reported(platform, batch, "K9", 37, 40)
    reported(rival, batch, "service_events", 11)
    handed_in(system, platform, 1, "C22", {"municipal": "1"})
    handed_in(system, rival, 1, "C22", {"municipal": "3"})
    return platform


def client_of(platform) -> Client:
    client = Client()
    client.force_login(MembershipFactory.create(platform=platform).user, backend="core.identity.roles.RoleBackend")
    return client


def standing_of(platform) -> Any:
    return provisional_standing(platform, YEAR)


def text(response) -> str:
    return html.unescape(response.content.decode())


def test_the_points_are_the_scoring_cores_own(own, system):
    found = standing_of(own)
    (card,) = score_bundle(own_bundle(own, system))["scorecards"]
    assert found.card.total == card["total"]
    assert [section.score for section in found.card.sections] == [section["score"] for section in card["sections"]]
    scores = {
        row.code: row.score for section in found.card.sections for c in section.categories for row in c.indicators
    }
    assert (scores["B12"], scores["K9"], scores["C22"], scores["K1"]) == ("5.00", "5.00", "1.00", "0.00")
    assert "K1" in " ".join(found.missing) and "B12" not in " ".join(found.missing)


def test_the_cheapest_are_said_in_words_and_add_up(own):
    found = standing_of(own)
    assert found.suggestions[0].text == "达到95%"
    gains = sum(Decimal(each.gain) for each in found.suggestions)
    assert found.total + gains == Decimal(found.total_after)


def test_a_returned_figure_counts_no_more(own, system):
    before = standing_of(own).total
    handed_in(system, own, 2, "C22", {"municipal": "3"}, SubmittedStatus.RETURNED)
    assert standing_of(own).total == before


def test_a_platform_accepted_late_in_the_year_is_told_why_there_is_nothing(system):
    late = window_in(code="CNT-95", accepted_on=date(YEAR, 9, 1))
    found = standing_of(late)
    assert found.card is None and "不参评" in found.not_ranked_reason


@pytest.mark.parametrize(("total", "missing"), [("59.99", "0.01"), ("60", "0"), ("75", "0"), ("0", "60")])
def test_the_distance_is_to_the_lowest_tier_the_bound_included(total, missing):
    tiers = [Tier("一等奖", Decimal(85), 80000), Tier("三等奖", Decimal(60), 20000)]
    found: Any = distance_to_reward(Decimal(total), tiers)
    assert (found.tier.name, found.missing) == ("三等奖", Decimal(missing))
    assert distance_to_reward(Decimal(total), []) is None


def test_the_page_shows_ones_own_and_no_rank_and_nobody_else(own):
    standard = RewardStandard.objects.create(year=YEAR, platform_type="county_window")
    standard.tiers.create(name="三等奖", lower_bound="60", amount=20000)
    page = text(client_of(own).get(f"/my/standing/{YEAR}/"))
    assert "暂估" in page and full_width("最低档“三等奖”为60.00分及以上") in page and "还差" in page
    assert CANARY not in page and "CNT-99" not in page
    assert "第1名" not in page and "名次" not in page.replace("不含名次", "")
    assert "最省力的三项改进" in page and "达到95%" in page


def test_the_page_is_not_there_for_others_and_for_years_without_a_system(own, system):
    client = client_of(own)
    assert client.get("/my/standing/2031/").status_code == 404
    assert client.post(f"/my/standing/{YEAR}/").status_code == 405
    for role in ("bureau", "county", "auditor"):
        other = Client()
        other.force_login(UserFactory.create(role=role), backend="core.identity.roles.RoleBackend")
        assert other.get(f"/my/standing/{YEAR}/").status_code == 404


def test_as_many_queries_however_many_platforms_there_are(own, system):
    client = client_of(own)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/my/standing/{YEAR}/")
        return len(queries)

    asked()
    few = asked()
    for number in range(3):
        handed_in(system, window_in(code=f"CNT-8{number}"), 1, "C22", {"municipal": "1"})
    assert asked() == few
