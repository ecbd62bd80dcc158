"""Predicates over a person alone, shared by the apps; rules over a person and an object stand in each app."""

import rules

from core.choices import Role
from core.declared import house
from core.models import Job, User


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
def has_asked_for_the_job(user: User, job: Job | None) -> bool:
    return job is not None and job.created_by_id == user.pk


@rules.predicate
def has_been_decided(user: User, job: Job | None) -> bool:
    """Another round decides nothing anew: the job stopped by a fault of ours, nobody asked for it, or it carries out
    what somebody decided before. A refused request is taken up again by whoever made it, in whose name it runs."""
    return job is not None and (job.is_dead or job.is_the_systems or house().job_kind(job.kind).carries_out)
