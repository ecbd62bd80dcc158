"""May this person issue a bulletin? Preparers never approve (细则 R4.1, R4.2)."""

import rules

from core.models import User
from evaluation.bulletin.models import Bulletin


@rules.predicate
def has_not_compiled(user: User, bulletin: Bulletin | None) -> bool:
    return bulletin is None or bulletin.compiled_by_id != user.pk
