"""Proposals: what the rules want them to say, and those that are stored, with everything a page prints."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from core.models import Job
from evaluation.ranking.models import Publication
from evaluation.ranking.queries.sealed_results import latest_publications
from platforms.choices import PlatformType
from rewards.choices import ProposalStatus
from rewards.consequences import Finding
from rewards.models import OperatorReplacement, Reward, YellowCard
from rewards.models.consequences import Proposal
from rewards.queries.findings import Findings, findings_on

KINDS: dict[str, type[Proposal]] = {
    "rewards": Reward,
    "yellow-cards": YellowCard,
    "operator-replacements": OperatorReplacement,
}
"""The three kinds by their name in addresses."""

Fields = dict[str, object]
Wanted = dict[type[Proposal], dict[int, Fields]]
"""For each kind, by platform id, the fields that a proposal should hold."""


def wanted_proposals(publication: Publication, today: date) -> Wanted:
    """What the rules propose on this publication today."""
    findings = findings_on(publication, today)
    standings = {standing.platform_code: standing for standing in publication.standings.all()}

    def fields(finding: Finding) -> Fields:
        path = [step.as_row() for step in finding.path]
        return {"standing_id": standings[finding.code].pk, "rule_path": path}

    rewards = {
        standings[finding.code].platform_id: {
            **fields(finding),
            "tier_name": finding.tier.name,
            "amount": finding.tier.amount,
        }
        for finding in findings.rewards
        if finding.tier is not None
    }
    cards = {standings[each.code].platform_id: fields(each) for each in findings.yellow_cards if each.proposed}
    replacements = {
        standings[finding.code].platform_id: fields(finding) | _replacement_fields(publication, findings, finding.code)
        for finding in findings.operator_replacements
        if finding.proposed
    }
    return {Reward: rewards, YellowCard: cards, OperatorReplacement: replacements}


def _replacement_fields(publication: Publication, findings: Findings, code: str) -> Fields:
    """Last year's edition, and today's operator or else that of the year's end."""
    previous = latest_publications().get(year=publication.year - 1, platform_type=PlatformType.COUNTY_WINDOW)
    place = findings.ranking.place_of(code)
    operator = findings.operators_now.get(code) or (place.operator if place else None)
    return {"previous_publication_id": previous.pk, "operator_id": int(operator.key) if operator else None}


def proposals_of(model: type[Proposal]) -> QuerySet[Proposal]:
    """Proposals of one kind with everything a page prints about them."""
    return model._default_manager.select_related(
        "publication__replaced_by", "standing", "platform__region", "decided_by"
    )


def proposal_by_model(name: str, pk: int) -> Proposal:
    """The proposal that a job names by its model, such as `yellowcard`."""
    (model,) = [model for model in KINDS.values() if model._meta.model_name == name]
    return proposals_of(model).get(pk=pk)


def proposals_on(publication: Publication) -> dict[str, list[Proposal]]:
    """The stored proposals of each kind."""
    return {kind: list(proposals_of(model).filter(publication=publication)) for kind, model in KINDS.items()}


@dataclass(frozen=True)
class ConfirmedGroup:
    """Confirmed proposals of one kind, for the public."""

    kind: str
    name: str
    proposals: list[Proposal]


def confirmed_on(publication: Publication) -> list[ConfirmedGroup]:
    """What was confirmed on one edition and may be shown to everybody; kinds without any are left out."""
    return _confirmed(Q(publication=publication))


def confirmed_in(year: int) -> list[ConfirmedGroup]:
    """The same for all rankings of a year, corrected editions included."""
    return _confirmed(Q(publication__year=year))


def _confirmed(condition: Q) -> list[ConfirmedGroup]:
    groups = [
        ConfirmedGroup(
            kind,
            str(model._meta.verbose_name),
            list(proposals_of(model).filter(condition, status=ProposalStatus.CONFIRMED)),
        )
        for kind, model in KINDS.items()
    ]
    return [group for group in groups if group.proposals]


def years_with_confirmed_proposals() -> list[int]:
    """Newest first."""
    years: set[int] = set()
    for model in KINDS.values():
        confirmed = model._default_manager.filter(status=ProposalStatus.CONFIRMED)
        years.update(confirmed.values_list("publication__year", flat=True).distinct())
    return sorted(years, reverse=True)


@dataclass(frozen=True)
class ProposalCounts:
    """How many proposals hang on one publication, and how many of them wait for a decision."""

    publication: Publication
    total: int
    waiting: int

    @property
    def is_replaced(self) -> bool:
        return hasattr(self.publication, "replaced_by")


def publications_with_counts() -> list[ProposalCounts]:
    """Every published edition that counts, newest first, with its proposals counted."""
    totals: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    for model in KINDS.values():
        counted = model._default_manager.order_by().values_list("publication_id", "status").annotate(Count("pk"))
        for publication_id, status, count in counted:
            totals[publication_id] += count
            waiting[publication_id] += count if status == ProposalStatus.PROPOSED else 0
    publications = latest_publications() | Publication.objects.filter(pk__in=totals)
    return [
        ProposalCounts(each, totals[each.pk], waiting[each.pk]) for each in publications.select_related("replaced_by")
    ]


def letter_key(proposal: Proposal) -> str:
    """A proposal has one letter, and its letter one job."""
    return f"{proposal._meta.model_name}:{proposal.pk}"


def letter_job(proposal: Proposal) -> Job | None:
    """The job that writes the letter of a confirmed proposal; there is one from the confirmation on."""
    return Job.objects.filter(kind="rewards.write_letter", idempotency_key=letter_key(proposal)).first()


def latest_job(publication: Publication) -> Job | None:
    """The last order to propose on this publication, finished or not."""
    jobs = Job.objects.filter(kind="rewards.propose_consequences", arguments__publication=publication.pk)
    return jobs.order_by("-created_at").first()
