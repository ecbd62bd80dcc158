"""May this person decide a consequence? Whoever scored a ranking decides nothing that follows from it."""

import rules

from core.models import User
from rewards.models.consequences import Proposal


@rules.predicate
def has_not_scored_the_ranking(user: User, proposal: Proposal | None) -> bool:
    """Preparing and approving are two people's work (细则 R4.1); the database holds the same rule."""
    return proposal is None or proposal.publication.prepared_by_id != user.pk
