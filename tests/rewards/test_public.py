"""What everybody sees: confirmed consequences with their reason, never a proposal, a rejection or a letter."""

import re

import pytest
from django.urls import reverse

from rewards.actions import confirm_proposal, propose_consequences, reject_proposal
from rewards.models import OperatorReplacement, YellowCard
from tests.factories import UserFactory
from tests.factories.publications import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(publication, standard, bureau):
    propose_consequences(publication=publication, by=UserFactory.create())
    return publication


def page(client, *args) -> str:
    answer = client.get(reverse("consequences_of_year" if args else "consequences", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_is_public_before_it_is_confirmed(client, proposed):
    text = page(client)
    assert "还没有经确认的结果应用事项" in text
    assert "演示丙县窗口平台" not in text


def test_only_confirmed_ones_show_with_reason_and_without_letter(client, proposed, bureau):
    confirm_proposal(proposal=YellowCard.objects.get(), reason="连续两年靠后", by=bureau)
    reject_proposal(proposal=OperatorReplacement.objects.get(), reason="已更换负责人", by=bureau)
    text = page(client)
    assert "黄牌警告" in text
    assert "连续两年靠后" in text
    assert "演示甲县窗口平台" not in text
    assert "已更换负责人" not in text
    assert "letter" not in text
    assert re.search(r"[(](?:<[^>]*>)*《|项(?:<[^>]*>)*[)]", text) is None  # brackets around a linked clause, too


def test_a_corrected_ranking_is_marked(client, proposed, county_platforms, bureau):
    confirm_proposal(proposal=YellowCard.objects.get(), reason="情况属实", by=bureau)
    publish(dict(zip(county_platforms, ["90", "50", "85"], strict=True)), replaces=proposed)
    assert "该版次已被更正" in page(client, 2025)


def test_a_year_without_any_is_404(client, proposed, bureau):
    confirm_proposal(proposal=YellowCard.objects.get(), reason="情况属实", by=bureau)
    assert client.get(reverse("consequences_of_year", args=[2019])).status_code == 404


def test_the_ranking_page_shows_what_was_confirmed_on_it(client, proposed, bureau):
    confirm_proposal(proposal=YellowCard.objects.get(), reason="情况属实", by=bureau)
    answer = client.get(reverse("ranking", args=[2025, "county_window"]))
    assert "情况属实" in answer.content.decode()
