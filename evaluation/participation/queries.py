"""Who takes part in the evaluation of a type. Reads only."""

from datetime import date
from typing import NamedTuple

from django.db.models import Min, Q

from platforms.choices import EVALUATED_TYPES, RecognitionKind
from platforms.models import Platform, Recognition


def expected_platforms(*, accepted_by: date) -> set[int]:
    """Evaluated platforms that the province had accepted by that day; a hub file should hold them all."""
    accepted = Recognition.objects.filter(
        kind=RecognitionKind.ACCEPTANCE, recognised_on__lte=accepted_by, platform__platform_type__in=EVALUATED_TYPES
    )
    return set(accepted.values_list("platform_id", flat=True))


class Participant(NamedTuple):
    """A platform as the bundle names it, with the day of its first provincial acceptance."""

    id: int
    code: str
    name: str
    accepted_on: date | None


def participants(*, platform_type: str) -> list[Participant]:
    """Every registered platform of the type, by code point of its code."""
    first = Min("recognitions__recognised_on", filter=Q(recognitions__kind=RecognitionKind.ACCEPTANCE))
    rows = Platform.objects.filter(platform_type=platform_type).annotate(first_accepted_on=first)
    found = rows.order_by().values_list("pk", "code", "name", "first_accepted_on")
    return sorted((Participant(*row) for row in found), key=lambda participant: participant.code)
