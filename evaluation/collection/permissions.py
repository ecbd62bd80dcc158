"""May this person fill in or check figures? Whoever wrote one does not check it (细则 R4.1)."""

import rules

from core.models import User
from evaluation.permissions import platform_of
from platforms.permissions import is_own_platform


@rules.predicate
def is_own_submission(user: object, instance: object) -> bool:
    """A submission, or a figure of one, and the platform that hands it in."""
    return instance is not None and is_own_platform(user, platform_of(instance))


@rules.predicate
def belongs_to_platform(user: object) -> bool:
    """An account of the city platform that is bound to it works at /my/ too."""
    membership = getattr(user, "membership", None)
    return membership is not None and membership.platform_id is not None


@rules.predicate
def has_not_saved(user: User, instance: object) -> bool:
    """Whoever wrote a figure does not check it."""
    return bool(getattr(instance, "saved_by_id", None) != user.pk)
