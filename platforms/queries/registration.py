"""Reads of the registry: who runs a platform on a day, when it was accepted, which platforms a type has."""

from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Q, QuerySet, Subquery

from platforms.choices import ADMITTING_KIND
from platforms.models import Operator, OperatorTerm, Platform, Recognition


def with_registration(platforms: QuerySet[Platform]) -> QuerySet[Platform]:
    """Platforms with region, recognitions and operator terms loaded: `accepted_on` and `term_on` cost no query."""
    terms = Prefetch("operator_terms", OperatorTerm.objects.select_related("operator"))
    return platforms.select_related("region").prefetch_related("recognitions", terms)


Accepted = Any  # a Platform with `accepted_date: date | None`


def with_accepted_on(platforms: QuerySet[Platform]) -> QuerySet[Accepted]:
    """Platforms annotated `accepted_date`: first provincial acceptance, or recognition for bases and institutions;
    None when none is registered."""
    admitting = Q()
    for platform_type, kind in ADMITTING_KIND.items():
        admitting |= Q(platform__platform_type=platform_type, kind=kind)
    first = Recognition.objects.filter(admitting, platform=OuterRef("pk")).order_by("recognised_on")
    return platforms.annotate(accepted_date=Subquery(first.values("recognised_on")[:1]))


def accepted_on(platform: Platform) -> date | None:
    """Day of the first acceptance (recognition for bases and institutions), None when none is registered."""
    return platform.accepted_on


def term_on(platform: Platform, day: date) -> OperatorTerm | None:
    """The operator's term that holds on `day`. Reads `operator_terms`: load them by `with_registration`."""
    return next((term for term in platform.operator_terms.all() if term.holds_on(day)), None)


def operator_on(platform: Platform, day: date) -> Operator | None:
    """The unit that runs the platform on `day`."""
    term = OperatorTerm.objects.filter(platform=platform).on(day).select_related("operator").first()
    return term.operator if term else None


def overlapping_term(platform: Platform, start: date, end: date | None) -> OperatorTerm | None:
    """The first term of the platform that shares a day with [start, end)."""
    terms = OperatorTerm.objects.filter(platform=platform).overlapping(start, end)
    return terms.select_related("operator").order_by(F("term").asc()).first()
