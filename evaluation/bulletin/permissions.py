"""May this person issue a bulletin? Preparers never approve (细则 R4.1, R4.2)."""

import rules

from core.models import User
from evaluation.bulletin.models import Bulletin
from evaluation.intake.choices import BatchStatus
from evaluation.intake.models import ImportBatch


@rules.predicate
def has_not_compiled(user: User, bulletin: Bulletin | None) -> bool:
    """Neither compiled it nor took in a file of the quarter that it tells of."""
    if bulletin is None:
        return True
    files = ImportBatch.objects.filter(year=bulletin.year, quarter=bulletin.quarter, status=BatchStatus.IN_FORCE)
    return bulletin.compiled_by_id != user.pk and not files.filter(imported_by=user).exists()
