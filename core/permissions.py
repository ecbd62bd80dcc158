"""Predicates over a person alone, shared by the apps; rules over a person and an object stand in each app."""

import rules

from core.choices import Role


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
