"""May this person decide a consequence? Whoever prepared any link of its chain does not decide its end: the data, the
score, the reward standard, the proposal itself (细则 R4.1). The database holds the rule for score and proposal too."""

import rules

from core.models import User
from evaluation.ranking.permissions import has_prepared_year
from rewards.models import RewardStandard, RewardTier
from rewards.models.consequences import Proposal


@rules.predicate
def has_prepared_nothing(user: User, proposal: Proposal | None) -> bool:
    return proposal is None or not link_prepared(user, proposal)


def link_prepared(user: User, proposal: Proposal) -> str:
    """Which link of the chain this person prepared, in words; '' when none."""
    publication = proposal.publication
    if publication.prepared_by_id == user.pk:
        return "评分"
    if proposal.proposed_by_id == user.pk:
        return "提出建议"
    if has_prepared_year(user, year=publication.year, system=publication.ranking.system):
        return "导入数据或编制指标体系"
    return "制定奖励标准" if _has_set_standard(user, proposal) else ""


def _has_set_standard(user: User, proposal: Proposal) -> bool:
    """As the history of the standard and its tiers has it: whoever touched one, however long ago."""
    year, kind = proposal.publication.year, proposal.publication.platform_type
    standards = RewardStandard.pgh_event_model.objects.filter(year=year, platform_type=kind)  # type: ignore[attr-defined]
    tiers = RewardTier.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        standard_id__in=standards.values("pgh_obj_id")
    )
    return any(events.filter(pgh_context__metadata__user=user.pk).exists() for events in (standards, tiers))
