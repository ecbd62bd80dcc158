"""May this person issue a bulletin? Preparers never approve (细则 R4.1, R4.2)."""

from typing import Any

import rules


@rules.predicate
def has_not_compiled(user: Any, bulletin: Any) -> bool:
    return bulletin is None or bulletin.compiled_by_id != user.pk
