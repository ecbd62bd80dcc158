"""The desk's pages of consequences: who gets in, what they show, and that every step is a POST that says why not."""

import uuid

import pytest
from django.urls import reverse

from core import jobs
from core.choices import Role
from core.models import Job
from rewards.actions import confirm_proposal, propose_consequences, seal_letter
from rewards.choices import ProposalStatus
from rewards.models import YellowCard
from tests.factories import MembershipFactory, UserFactory
from tests.forms import press


@pytest.fixture
def proposed(publication, standard, bureau):
    propose_consequences(publication=publication, by=UserFactory.create())
    return publication


@pytest.fixture
def card(proposed) -> YellowCard:
    return YellowCard.objects.get()


def addresses(publication, card) -> dict[str, str]:
    return {
        "list": reverse("desk_consequences"),
        "publication": reverse("desk_consequences_publication", args=[publication.pk]),
        "decision": reverse("desk_consequences_decision", args=["yellow-cards", card.pk]),
    }


def sign_in(client, user):
    client.force_login(user, backend="core.identity.roles.RoleBackend")


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.BUREAU, 200), (Role.CITY_PLATFORM, 200), (Role.AUDITOR, 200), (Role.COUNTY, 403), (Role.WINDOW, 302)],
)
def test_who_sees_the_pages(client, proposed, card, role, status):
    user = UserFactory.create(role=role)
    if role == Role.WINDOW:
        MembershipFactory.create(user=user, platform=card.platform)
    sign_in(client, user)
    found = {name: client.get(address).status_code for name, address in addresses(proposed, card).items()}
    assert set(found.values()) == {status}, found


def test_nobody_gets_in_without_signing_in(client, proposed, card):
    pages = addresses(proposed, card)
    assert pages
    for address in pages.values():
        assert client.get(address).status_code == 302, address


def test_the_page_shows_proposals_and_why_not(client, proposed, bureau):
    sign_in(client, bureau)
    page = client.get(reverse("desk_consequences_publication", args=[proposed.pk])).content.decode()
    assert "一等奖,50000元" in page
    assert "第2名,不是末位(末位为第3名)" in page
    assert "2024、2025连续2年排名最后" in page
    assert "《实施细则》第五条第(二)项" in page


def test_confirming_needs_a_reason_and_says_so(client, card, second_bureau):
    sign_in(client, second_bureau)
    address = reverse("desk_consequences_decision", args=["yellow-cards", card.pk])
    answer = press(client, address, {"move": "confirm", "reason": " "})
    assert answer.status_code == 400
    assert "请填写决定理由" in answer.content.decode()
    assert press(client, address, {"reason": "情况属实"}).status_code == 400
    assert YellowCard.objects.get().status == ProposalStatus.PROPOSED
    answer = press(client, address, {"move": "confirm", "reason": "情况属实"})
    assert answer.status_code == 302
    assert YellowCard.objects.get().decided_by == second_bureau
    assert press(client, address, {"move": "reject", "reason": "再想想"}).status_code == 400
    assert YellowCard.objects.get().status == ProposalStatus.CONFIRMED


def test_the_scorer_sees_why_not_and_cannot_post(client, proposed, card):
    sign_in(client, proposed.prepared_by)
    address = reverse("desk_consequences_decision", args=["yellow-cards", card.pk])
    page = client.get(address).content.decode()
    assert "您参与了评分" in page
    assert 'name="move"' not in page
    assert press(client, address, {"move": "confirm", "reason": "情况属实"}).status_code == 403


def test_the_city_platform_may_look_and_propose_but_not_decide(client, proposed, card, city_platform_user):
    sign_in(client, city_platform_user)
    address = reverse("desk_consequences_decision", args=["yellow-cards", card.pk])
    assert press(client, address, {"move": "confirm", "reason": "情况属实"}).status_code == 403
    order = reverse("desk_consequences_propose", args=[proposed.pk])
    assert client.post(order, {"token": str(uuid.uuid4())}).status_code == 302


def test_the_auditor_changes_nothing(client, proposed, card, auditor):
    sign_in(client, auditor)
    assert client.post(reverse("desk_consequences_propose", args=[proposed.pk])).status_code == 403
    address = reverse("desk_consequences_decision", args=["yellow-cards", card.pk])
    assert press(client, address, {"move": "reject", "reason": "不同意"}).status_code == 403


def test_a_double_click_orders_one_job_and_get_orders_none(client, publication, bureau):
    sign_in(client, bureau)
    order = reverse("desk_consequences_propose", args=[publication.pk])
    assert client.get(order).status_code == 405
    token = str(uuid.uuid4())
    for _ in range(2):
        client.post(order, {"token": token})
    (job,) = Job.objects.filter(kind="rewards.propose_consequences")
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.result == {"added": 2, "changed": 0, "withdrawn": 0}
    page = client.get(reverse("desk_consequences_publication", args=[publication.pk])).content.decode()
    assert "新增2项" in page
    assert client.post(order, {"token": "x"}).status_code == 404


def test_unknown_addresses_are_404(client, proposed, card, bureau):
    sign_in(client, bureau)
    assert client.get(reverse("desk_consequences_publication", args=[0])).status_code == 404
    assert client.get(reverse("desk_consequences_decision", args=["medals", card.pk])).status_code == 404
    assert client.get(reverse("desk_consequences_letter", args=["yellow-cards", card.pk])).status_code == 404


def test_the_letter_is_served_as_stored(client, card, bureau):
    confirm_proposal(proposal=card, reason="情况属实", by=bureau)
    seal_letter(proposal=card, pdf=b"%PDF-1.7 demo")
    sign_in(client, bureau)
    answer = client.get(reverse("desk_consequences_letter", args=["yellow-cards", card.pk]))
    assert answer.content == b"%PDF-1.7 demo"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_reward_standards_are_set_in_the_admin(client, bureau, auditor, standard):
    sign_in(client, bureau)
    page = client.get(reverse("admin:rewards_rewardstandard_change", args=[standard.pk])).content.decode()
    assert "总分下限(含)" in page
    sign_in(client, auditor)
    answer = client.post(reverse("admin:rewards_rewardstandard_change", args=[standard.pk]), {"year": "2026"})
    assert answer.status_code == 403
