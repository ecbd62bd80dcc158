"""A quarter that platforms have handed in, as its checkers find it: the smallest honest rows."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from core.models import User
from evaluation.collection.models import ReportingPeriod, Submission, SubmittedFigure
from evaluation.systems.models import IndicatorSystem
from platforms.models import Platform
from tests.factories import MembershipFactory
from tests.factories.collection import ReportingPeriodFactory, SubmissionFactory, SubmittedFigureFactory


def submission_of(platform: Platform, system: IndicatorSystem, quarter: int = 1, *, year: int = 2025) -> Submission:
    period = ReportingPeriodFactory.create(year=year, quarter=quarter)
    found = Submission.objects.filter(period=period, platform=platform).first()
    return found or SubmissionFactory.create(period=period, platform=platform, system=system)


def clerk_of(platform: Platform) -> User:
    """An account of the platform: a window's, or one of the city platform's own."""
    role = "city_platform" if platform.platform_type == "city_platform" else "window"
    return MembershipFactory.create(platform=platform, user__role=role).user


def handed_in(
    submission: Submission,
    indicator: str,
    value: Any = None,
    *,
    by: User,
    not_applicable: str = "",
    at: datetime | None = None,
) -> SubmittedFigure:
    """One figure that the platform stands by."""
    figure = SubmittedFigureFactory.create(submission=submission, indicator=indicator)
    now = at or timezone.now() - timedelta(hours=1)
    figure.value, figure.not_applicable_reason = value, not_applicable
    figure.saved_at, figure.saved_by, figure.handed_in_at = now, by, now
    figure.hand_in()
    figure.save()
    return figure


def handed_in_again(figure: SubmittedFigure, value: Any, *, by: User) -> SubmittedFigure:
    """A returned figure, written anew."""
    figure.refresh_from_db()
    now = timezone.now()
    figure.value, figure.saved_at, figure.saved_by, figure.handed_in_at = value, now, by, now
    figure.hand_in()
    figure.save()
    return figure


def locked_period(period: ReportingPeriod) -> None:
    """Close and lock, as it is before the year is scored; accepted figures are locked with it."""
    period.close()
    period.save()
    for figure in SubmittedFigure.objects.filter(submission__period=period, status="accepted"):
        figure.lock()
        figure.save()
    period.lock()
    period.save()
