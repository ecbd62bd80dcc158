"""May this person do this to this platform, its people, its records? Scope itself stands in `visible_to`."""

import rules

from platforms.models import Membership, Platform


def _membership(user: object) -> Membership | None:
    return getattr(user, "membership", None)


@rules.predicate
def is_own_platform(user: object, platform: Platform | None) -> bool:
    """A window account and its platform, or an account of the city platform and the city platform."""
    membership = _membership(user)
    return membership is not None and platform is not None and membership.platform_id == platform.pk


@rules.predicate
def is_own_regions(user: object, platform: Platform | None) -> bool:
    membership = _membership(user)
    return membership is not None and platform is not None and membership.region_id == platform.region_id


@rules.predicate
def keeps_own_people(user: object, membership: Membership | None) -> bool:
    """Managers keep the accounts of their own unit, and of no other."""
    own = _membership(user)
    if own is None or not own.is_manager:
        return False
    return membership is None or (membership.platform_id, membership.region_id) == (own.platform_id, own.region_id)
