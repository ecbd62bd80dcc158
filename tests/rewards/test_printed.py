"""What letters and the desk print stands under its own heading: every column differs from every other here."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from rewards.actions import confirm_proposal, propose_consequences, reject_proposal
from rewards.documents import letter_of
from rewards.models import OperatorReplacement, Reward, YellowCard
from tests.factories import UserFactory
from tests.factories.publications import publish
from tests.pages import table, text_of

LAST = "演示丙县窗口平台"


def signed_in(client, user):
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    return client


@pytest.fixture
def this_year(county_platforms, last_year, standard, bureau):
    """甲 95, 乙 85, 丙 35: what 丙 scored is not what it lost."""
    publication = publish(dict(zip(county_platforms, ["95", "85", "35"], strict=True)))
    propose_consequences(publication=publication, by=UserFactory.create())
    return publication


def letter(proposal, by) -> str:
    confirmed = letter_of(confirm_proposal(proposal=proposal, reason="情况属实", by=by))
    return render_to_string(confirmed.template, {"letter": confirmed, "page": confirmed.page, "demo_mode": False})


def test_the_yellow_cards_weakest_indicators_column_by_column(this_year, bureau):
    rows = table(letter(YellowCard.objects.get(), bureau), "指标", "失分")
    assert [list(row.values())[:5] for row in rows] == [
        ["K1 进企服务", "年度重点工作考核(80%)", "60", "21.00", "39.00"],
        ["K6 培训人次", "年度重点工作考核(80%)", "40", "14.00", "26.00"],
        ["A11 通知公告与优惠政策发布", "常规考核(20%)", "60", "21.00", "39.00"],
    ]
    assert list(rows[0]) == ["指标", "所属部分(占比)", "分值", "得分", "失分", "数据和计分规则"]
    for row in rows:
        assert Decimal(row["分值"]) == Decimal(row["得分"]) + Decimal(row["失分"])
        assert row["得分"] != row["失分"]


def test_the_yellow_card_says_total_place_and_number_of_platforms(this_year, bureau):
    text = text_of(letter(YellowCard.objects.get(), bureau))
    assert "总分35.00分,在3家参评平台中排名第3名,为末位" in text


def test_the_advice_names_each_year_with_its_own_figures(this_year, bureau):
    rows = table(letter(OperatorReplacement.objects.get(), bureau), "年度", "总分")
    assert [(row["年度"], row["参评平台"], row["名次"], row["总分"]) for row in rows] == [
        ("2024", "3家", "第3名", "60.00"),
        ("2025", "3家", "第3名", "35.00"),
    ]
    assert len({row["年末运营单位"] for row in rows}) == 1


def test_the_reward_letter_names_tier_amount_and_total(this_year, bureau):
    text = text_of(letter(Reward.objects.get(tier_name="二等奖"), bureau))
    assert "总分85.00分" in text and "“二等奖”" in text and "人民币30000元" in text
    assert "人民币50000元" not in text and "95.00" not in text


def test_what_waits_is_not_what_was_proposed(client, this_year, bureau):
    """2 rewards, 1 card, 1 advice: with every decision one less waits, and the proposals stay as many."""

    def counted():
        (row,) = [
            each
            for each in table(signed_in(client, bureau).get(reverse("desk_consequences")).content, "待决定")
            if each["年度"] == "2025"
        ]
        return row["建议"], row["待决定"]

    assert counted() == ("4", "4")
    confirm_proposal(proposal=YellowCard.objects.get(), reason="情况属实", by=bureau)
    assert counted() == ("4", "3")
    reject_proposal(proposal=OperatorReplacement.objects.get(), reason="已整改", by=UserFactory.create(role="bureau"))
    assert counted() == ("4", "2")
