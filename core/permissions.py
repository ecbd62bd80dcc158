"""Predicates over a person alone, and over requests for changes; others over an object stand in each app."""

import rules

from core.choices import Role
from core.declared import house
from core.models import ChangeRequest, Job, User


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
    return request is not None and request.asked_by_id == getattr(user, "pk", None)


@rules.predicate
def has_not_asked(user: object, request: ChangeRequest | None) -> bool:
    """Asking and confirming are two people's work; the database holds the same rule."""
    return request is None or request.asked_by_id != getattr(user, "pk", None)


@rules.predicate
def is_not_concerned(user: object, request: ChangeRequest | None) -> bool:
    """Nobody decides about their own account."""
    return request is None or request.account_id != getattr(user, "pk", None)


@rules.predicate
def has_asked_for_the_job(user: User, job: Job | None) -> bool:
    return job is not None and job.created_by_id == user.pk


@rules.predicate
def has_been_decided(user: User, job: Job | None) -> bool:
    """Another round decides nothing anew: the job stopped by a fault of ours, nobody asked for it, or it carries out
    what somebody decided before. A refused request is taken up again by whoever made it, in whose name it runs."""
    return job is not None and (job.is_dead or job.is_the_systems or house().job_kind(job.kind).carries_out)
