"""Proposing, confirming and rejecting: what a person may do, what stays, and what the database itself refuses."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from core.choices import Role
from core.errors import Refusal
from core.models import Job
from platforms.models import OperatorTerm
from rewards.actions import (
    ProposalChanges,
    confirm_proposal,
    propose_consequences,
    reject_proposal,
    seal_letter,
)
from rewards.choices import ProposalStatus
from rewards.models import OperatorReplacement, Reward, YellowCard
from tests.factories import OperatorFactory, UserFactory
from tests.factories.publications import publish

MODELS = (Reward, YellowCard, OperatorReplacement)


def codes(model, publication) -> set[str]:
    return set(model.objects.filter(publication=publication).values_list("platform__code", flat=True))


def stored() -> list[object]:
    return [list(model._default_manager.order_by("pk").values()) for model in MODELS]


@pytest.fixture
def proposed(publication, standard):
    propose_consequences(publication=publication, by=UserFactory.create())
    return publication


class TestProposing:
    def test_proposes_what_the_rules_say(self, proposed):
        rewards = {each.platform.code: each for each in Reward._default_manager.filter(publication=proposed)}
        granted = {code: (reward.tier_name, reward.amount) for code, reward in rewards.items()}
        assert granted == {"W01": ("一等奖", 50000), "W02": ("二等奖", 30000)}
        assert codes(YellowCard, proposed) == {"W03"}
        advice = OperatorReplacement.objects.get(publication=proposed)
        assert (advice.platform.code, advice.previous_publication.year) == ("W03", 2024)
        assert advice.operator == advice.standing.operator
        assert "2024、2025连续2年排名最后" in [step["text"] for step in advice.rule_path]

    def test_proposing_twice_adds_nothing(self, proposed, bureau, second_bureau):
        before = stored()
        assert propose_consequences(publication=proposed, by=second_bureau) == ProposalChanges()
        assert stored() == before

    def test_without_a_standard_nobody_is_rewarded(self, publication, bureau):
        propose_consequences(publication=publication, by=UserFactory.create())
        assert codes(Reward, publication) == set()

    def test_undecided_proposals_follow_a_changed_standard_and_decided_ones_stay(self, proposed, standard, bureau):
        confirm_proposal(proposal=Reward.objects.get(platform__code="W01"), reason="达到标准", by=bureau)
        standard.tiers.filter(name="一等奖").update(amount=60000)
        standard.tiers.filter(name="二等奖").update(lower_bound="86")
        changes = propose_consequences(publication=proposed, by=UserFactory.create())
        assert changes == ProposalChanges(withdrawn=1)
        assert [(each.platform.code, each.amount) for each in Reward._default_manager.all()] == [("W01", 50000)]

    def test_a_new_edition_gets_its_own_proposals_and_the_corrected_one_no_more(
        self, proposed, county_platforms, standard, bureau
    ):
        corrected = publish(dict(zip(county_platforms, ["90", "50", "85"], strict=True)), replaces=proposed)
        propose_consequences(publication=corrected, by=bureau)
        assert codes(YellowCard, proposed) == {"W03"}
        assert codes(YellowCard, corrected) == {"W02"}
        assert codes(OperatorReplacement, corrected) == set()
        with pytest.raises(Refusal, match="已被更正"):
            propose_consequences(publication=proposed, by=UserFactory.create())

    @pytest.mark.parametrize("role", [Role.COUNTY, Role.WINDOW, Role.AUDITOR])
    def test_other_roles_may_not_propose(self, publication, role):
        with pytest.raises(PermissionDenied):
            propose_consequences(publication=publication, by=UserFactory.create(role=role))
        assert not YellowCard.objects.exists()

    def test_the_city_platform_may_propose(self, publication, city_platform_user):
        assert propose_consequences(publication=publication, by=city_platform_user).added == 2


class TestDeciding:
    @pytest.mark.parametrize("decide", [confirm_proposal, reject_proposal])
    @pytest.mark.parametrize("role", [Role.CITY_PLATFORM, Role.COUNTY, Role.WINDOW, Role.AUDITOR])
    def test_only_the_bureau_decides(self, proposed, decide, role):
        with pytest.raises(PermissionDenied):
            decide(proposal=YellowCard.objects.get(), reason="情况属实", by=UserFactory.create(role=role))
        assert YellowCard.objects.get().status == ProposalStatus.PROPOSED

    @pytest.mark.parametrize("decide", [confirm_proposal, reject_proposal])
    def test_the_scorer_of_the_ranking_decides_nothing(self, proposed, decide):
        with pytest.raises(PermissionDenied):
            decide(proposal=YellowCard.objects.get(), reason="情况属实", by=proposed.prepared_by)

    def test_the_database_refuses_the_scorer_too(self, proposed):
        with pytest.raises(IntegrityError, match="scorer"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE rewards_yellowcard SET status='confirmed', reason='x', decided_at=now(), decided_by_id=%s",
                [proposed.prepared_by_id],
            )

    @pytest.mark.parametrize("decide", [confirm_proposal, reject_proposal])
    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_a_decision_needs_a_reason(self, proposed, bureau, decide, reason):
        with pytest.raises(Refusal, match="须写明理由"):
            decide(proposal=YellowCard.objects.get(), reason=reason, by=bureau)
        assert YellowCard.objects.get().status == ProposalStatus.PROPOSED

    @pytest.mark.parametrize("first", [confirm_proposal, reject_proposal])
    @pytest.mark.parametrize("second", [confirm_proposal, reject_proposal])
    def test_a_decision_is_made_once(self, proposed, bureau, second_bureau, first, second):
        first(proposal=YellowCard.objects.get(), reason="第一次", by=bureau)
        with pytest.raises(Refusal, match=r"不能(确认|不予采纳)"):
            second(proposal=YellowCard.objects.get(), reason="第二次", by=second_bureau)
        assert YellowCard.objects.get().reason == "第一次"

    def test_confirming_orders_the_letter_once(self, proposed, bureau):
        card = confirm_proposal(proposal=YellowCard.objects.get(), reason=" 情况属实 ", by=bureau)
        assert (card.status, card.reason, card.decided_by) == (ProposalStatus.CONFIRMED, "情况属实", bureau)
        job = Job.objects.get(kind="rewards.write_letter")
        assert job.arguments == {"model": "yellowcard", "proposal": card.pk}

    def test_rejecting_orders_no_letter(self, proposed, bureau):
        card = reject_proposal(proposal=YellowCard.objects.get(), reason="已整改", by=bureau)
        assert card.status == ProposalStatus.REJECTED
        assert not Job.objects.exists()

    def test_history_names_the_reason(self, proposed, bureau):
        reject_proposal(proposal=YellowCard.objects.get(), reason="已整改", by=bureau)
        assert YellowCard.objects.get().events.latest("pgh_id").pgh_context.metadata["reason"] == "已整改"


class TestConfirmingOnOldFacts:
    """A proposal that the rules would not give in these words today cannot be confirmed."""

    def test_changed_standard(self, proposed, standard, bureau):
        standard.tiers.filter(name="一等奖").update(amount=60000)
        with pytest.raises(Refusal, match="重新推算"):
            confirm_proposal(proposal=Reward.objects.get(platform__code="W01"), reason="达到标准", by=bureau)

    def test_corrected_ranking(self, proposed, county_platforms, bureau):
        publish(dict(zip(county_platforms, ["90", "50", "85"], strict=True)), replaces=proposed)
        with pytest.raises(Refusal, match="已被更正"):
            confirm_proposal(proposal=YellowCard.objects.get(), reason="情况属实", by=bureau)
        reject_proposal(proposal=YellowCard.objects.get(), reason="排名已更正", by=bureau)

    def test_corrected_last_year(self, proposed, last_year, county_platforms, bureau):
        publish(dict(zip(county_platforms, ["90", "50", "85"], strict=True)), year=2024, replaces=last_year)
        with pytest.raises(Refusal, match="重新推算"):
            confirm_proposal(proposal=OperatorReplacement.objects.get(), reason="连续末位", by=bureau)
        assert propose_consequences(publication=proposed, by=UserFactory.create()) == ProposalChanges(withdrawn=1)

    def test_operator_replaced_in_the_meantime(self, proposed, bureau):
        advice = OperatorReplacement.objects.get()
        OperatorTerm.objects.filter(platform=advice.platform).update(operator=OperatorFactory.create(name="新公司"))
        with pytest.raises(Refusal, match="重新推算"):
            confirm_proposal(proposal=advice, reason="连续末位", by=bureau)
        assert propose_consequences(publication=proposed, by=UserFactory.create()) == ProposalChanges(changed=1)
        advice = OperatorReplacement.objects.get()
        assert "现运营单位已是“新公司”" in advice.rule_path[-2]["text"]
        assert advice.rule_path[-2]["for_decision"]
        assert str(advice.operator) == "新公司"


def test_everything_works_as_the_run_time_role(publication, standard, bureau, as_app):
    """The run-time role may not even lock published rows, so the steps must lock their own."""
    propose_consequences(publication=publication, by=UserFactory.create())
    standard.tiers.filter(name="二等奖").update(lower_bound="86")
    propose_consequences(publication=publication, by=UserFactory.create())
    card = confirm_proposal(proposal=YellowCard.objects.get(), reason="情况属实", by=bureau)
    seal_letter(proposal=card, pdf=b"%PDF-1")
    reject_proposal(proposal=OperatorReplacement.objects.get(), reason="已更换", by=bureau)
    assert codes(Reward, publication) == {"W01"}


class TestFrozen:
    @pytest.mark.parametrize(
        "change",
        [
            "SET reason = '改写'",
            "SET status = 'rejected'",
            "SET status = 'proposed', reason = '', decided_at = NULL, decided_by_id = NULL",
            "SET rule_path = '[]'",
            "SET decided_at = now() + interval '1 day'",
        ],
    )
    def test_a_decided_proposal_cannot_be_rewritten(self, proposed, bureau, change):
        confirm_proposal(proposal=YellowCard.objects.get(), reason="情况属实", by=bureau)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE rewards_yellowcard {change}")

    def test_a_decided_proposal_cannot_be_deleted(self, proposed, bureau):
        reject_proposal(proposal=YellowCard.objects.get(), reason="已整改", by=bureau)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM rewards_yellowcard")

    def test_a_letter_is_sealed_once_and_only_after_confirmation(self, proposed, bureau):
        card = YellowCard.objects.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            seal_letter(proposal=card, pdf=b"%PDF-1")
        confirm_proposal(proposal=card, reason="情况属实", by=bureau)
        sealed = seal_letter(proposal=card, pdf=b"%PDF-1")
        assert seal_letter(proposal=card, pdf=b"%PDF-2") == sealed
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE rewards_yellowcard SET letter_id = NULL")
