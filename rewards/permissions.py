"""May this person propose or decide a consequence? Whoever scored a ranking decides nothing that follows from it."""

from typing import Any

import rules


@rules.predicate
def has_not_scored_the_ranking(user: Any, proposal: Any) -> bool:
    """Preparing and approving are two people's work (细则 R4.1); the database holds the same rule."""
    return proposal is None or proposal.publication.prepared_by_id != user.pk
