"""The only code that proposes or decides consequences; what follows from a ranking, `rewards.consequences` says."""

from collections.abc import Mapping
from dataclasses import dataclass

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from core import jobs
from core.characters import checked
from core.errors import Refusal
from core.files.sealing import seal
from core.models import SealedFile, User
from evaluation.ranking.models import Publication, Ranking
from rewards.choices import ProposalStatus
from rewards.models.consequences import TRANSITIONS, Proposal
from rewards.queries.proposals import Fields, letter_key, wanted_proposals


@dataclass(frozen=True)
class ProposalChanges:
    """What one round of proposing changed."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0

    def __add__(self, other: "ProposalChanges") -> "ProposalChanges":
        return ProposalChanges(self.added + other.added, self.changed + other.changed, self.withdrawn + other.withdrawn)


def propose_consequences(*, publication: Publication, by: User) -> ProposalChanges:
    """Bring the undecided proposals of a publication in line with the rules (细则 R5.1, R5.2).

    The same facts twice change nothing. When the standard, last year's ranking or the operator has changed since,
    undecided proposals follow and those that the rules no longer give go (history keeps them); decided ones stay as
    they are. Proposals hang on one edition: a correction gets its own, and a corrected edition gets none.
    """
    if not by.has_perm("rewards.propose_consequences"):
        raise PermissionDenied
    with transaction.atomic():
        # Two people asking at once take turns on the ranking, the one row of this result that can be locked.
        Ranking.objects.select_for_update().get(pk=publication.ranking_id)
        if Publication.objects.filter(replaces=publication).exists():
            raise Refusal(f"《{publication}》第{publication.edition}版已被更正,请在最新版次上提出建议")
        wanted = wanted_proposals(publication, timezone.localdate())
        changes = [_follow(model, publication, fields, by) for model, fields in wanted.items()]
    return sum(changes, ProposalChanges())


def _follow(model: type[Proposal], publication: Publication, wanted: Mapping[int, Fields], by: User) -> ProposalChanges:
    rows = model._default_manager.filter(publication=publication).order_by("pk")
    stored = {proposal.platform_id: proposal for proposal in rows.select_for_update(of=("self",))}
    new = [
        model(publication=publication, platform_id=platform_id, proposed_by=by, **fields)
        for platform_id, fields in wanted.items()
        if platform_id not in stored
    ]
    model._default_manager.bulk_create(new)
    undecided = [proposal for proposal in stored.values() if proposal.status == ProposalStatus.PROPOSED]
    withdrawn = [proposal for proposal in undecided if proposal.platform_id not in wanted]
    model._default_manager.filter(pk__in=[proposal.pk for proposal in withdrawn]).delete()
    kept = [proposal for proposal in undecided if proposal.platform_id in wanted]
    changed = sum(_refresh(proposal, wanted[proposal.platform_id], by) for proposal in kept)
    return ProposalChanges(len(new), changed, len(withdrawn))


def _refresh(proposal: Proposal, wanted: Fields, by: User) -> bool:
    """Whoever brings a proposal up to date has proposed it in these words."""
    if _agrees(proposal, wanted):
        return False
    for name, value in {**wanted, "proposed_by": by}.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=["proposed_by", *(name.removesuffix("_id") for name in wanted)])
    return True


def _agrees(proposal: Proposal, wanted: Fields) -> bool:
    return all(getattr(proposal, name) == value for name, value in wanted.items())


def confirm_proposal(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """Stand behind a proposal, with a reason. Its letter is ordered in the same transaction and it shows in public.

    1. The row is locked; the person must be of the bureau and have prepared no link of the chain: neither data, nor
       score, nor standard, nor this proposal.
    2. The rules are asked again: a proposal that they would not give in these words today is refused, so that nobody
       confirms on a corrected ranking, a changed standard or a changed operator.
    3. The decision, with the database's clock, and the letter's job commit together.
    """
    reason = checked(reason, "决定理由", lines=True)
    with transaction.atomic():
        locked = _lock(proposal, "confirm", reason, by)
        _refuse_if_outdated(locked)
        decided = _decide(locked, "confirm", reason, by)
        jobs.enqueue(
            "rewards.write_letter",
            key=letter_key(decided),
            arguments={"model": decided._meta.model_name, "proposal": decided.pk},
            by=by,
        )
    return decided


def reject_proposal(*, proposal: Proposal, reason: str, by: User) -> Proposal:
    """Decide against a proposal, with a reason that stays. Nothing is published and no letter is written."""
    reason = checked(reason, "决定理由", lines=True)
    with transaction.atomic():
        return _decide(_lock(proposal, "reject", reason, by), "reject", reason, by)


def _lock(proposal: Proposal, move: str, reason: str, by: User) -> Proposal:
    rows = type(proposal)._default_manager.select_related("publication", "platform").select_for_update(of=("self",))
    locked = rows.get(pk=proposal.pk)
    TRANSITIONS.check(locked, move, by=by, reason=reason)
    return locked


def _refuse_if_outdated(proposal: Proposal) -> None:
    publication = proposal.publication
    if Publication.objects.filter(replaces=publication).exists():
        raise Refusal(f"《{publication}》第{publication.edition}版已被更正,请在最新版次上重新提出建议后再确认")
    wanted = wanted_proposals(publication, timezone.localdate())[type(proposal)].get(proposal.platform_id)
    if wanted is None or not _agrees(proposal, wanted):
        raise Refusal("提出建议以后,奖励标准、上一年度排名或运营单位有变化。请先点击“重新推算”,核对新的依据后再确认")


def _decide(proposal: Proposal, move: str, reason: str, by: User) -> Proposal:
    with pghistory.context(reason=reason):
        getattr(proposal, move)()
        proposal.reason, proposal.decided_by, proposal.decided_at = reason, by, Now()
        proposal.save(update_fields=["status", "reason", "decided_by", "decided_at"])
    proposal.refresh_from_db()
    return proposal


def seal_letter(*, proposal: Proposal, pdf: bytes) -> SealedFile:
    """Store a confirmed proposal's letter for good. A second letter for the same proposal is not stored."""
    with transaction.atomic():
        locked = type(proposal)._default_manager.select_for_update(of=("self",)).get(pk=proposal.pk)
        if locked.letter_id is not None:
            return SealedFile.objects.defer("content").get(pk=locked.letter_id)
        locked.letter = seal(pdf, media_type="application/pdf")
        locked.save(update_fields=["letter"])
        return locked.letter
