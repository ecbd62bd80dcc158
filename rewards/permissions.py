"""May this person propose or decide a consequence? Whoever scored a ranking decides nothing that follows from it."""

from typing import Any

import rules

from core.permissions import is_auditor, is_bureau, is_city_platform


@rules.predicate
def has_not_scored_the_ranking(user: Any, proposal: Any) -> bool:
    """Preparing and approving are two people's work (细则 R4.1); the database holds the same rule."""
    return proposal is None or proposal.publication.prepared_by_id != user.pk


rules.add_perm("rewards.view_consequences", is_bureau | is_city_platform | is_auditor)
rules.add_perm("rewards.propose_consequences", is_bureau | is_city_platform)
rules.add_perm("rewards.decide_proposal", is_bureau & has_not_scored_the_ranking)
