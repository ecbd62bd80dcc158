"""May this person put a draft in force? Preparers never approve (细则 R4.1, R4.2)."""

import rules

from core.models import User
from evaluation.systems.models import IndicatorSystem


@rules.predicate
def has_not_prepared(user: User, system: IndicatorSystem | None) -> bool:
    """Not the last to have worked on the draft: imported, copied or changed it."""
    return system is None or system.prepared_by_id != user.pk
