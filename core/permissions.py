"""Predicates over a person alone, and over requests for changes; others over an object stand in each app."""

import rules

from core.choices import Role
from core.models import ChangeRequest


@rules.predicate
def is_bureau(user: object) -> bool:
    return bool(getattr(user, "role", None) == Role.BUREAU)


@rules.predicate
def is_city_platform(user: object) -> bool:
    return bool(getattr(user, "role", None) == Role.CITY_PLATFORM)


@rules.predicate
def is_county(user: object) -> bool:
    return bool(getattr(user, "role", None) == Role.COUNTY)


@rules.predicate
def is_window(user: object) -> bool:
    return bool(getattr(user, "role", None) == Role.WINDOW)


@rules.predicate
def is_auditor(user: object) -> bool:
    return bool(getattr(user, "role", None) == Role.AUDITOR)


@rules.predicate
def has_asked(user: object, request: ChangeRequest | None) -> bool:
    return request is None or request.asked_by_id == getattr(user, "pk", None)


@rules.predicate
def has_not_asked(user: object, request: ChangeRequest | None) -> bool:
    """Asking and confirming are two people's work; the database holds the same rule."""
    return request is None or request.asked_by_id != getattr(user, "pk", None)


@rules.predicate
def is_not_concerned(user: object, request: ChangeRequest | None) -> bool:
    """Nobody decides about their own account."""
    return request is None or request.account_id != getattr(user, "pk", None)
