"""A quarter asked of two counties' windows and of the city platform, with one figure in every state."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from core.models import User
from evaluation.collection.actions import open_period
from evaluation.collection.models import ReportingPeriod, Submission, SubmittedFigure
from evaluation.deadlines import BEIJING
from platforms.models import Platform
from tests.evaluation.collection.conftest import window_in
from tests.evaluation.year.systems import system_in_force
from tests.factories import MembershipFactory, RegionFactory, UserFactory

DUE_ON = date(2026, 4, 15)
VALUES = {
    "B13": {"numerator": "1", "denominator": "2"},
    "K3": {"diagnosed": "1"},
    **{code: {"municipal": "1"} for code in ("C13", "C21", "C22", "K8")},
}
BEFORE = datetime(2026, 4, 10, 9, tzinfo=BEIJING)
AFTER = datetime(2026, 4, 20, 9, tzinfo=BEIJING)


@dataclass(frozen=True)
class Quarter:
    """`own` stands in the county's region, `other` in another one's."""

    period: ReportingPeriod
    own: Platform
    other: Platform
    county: User
    window: User
    bureau: User
    city: User


@pytest.fixture
def quarter(db) -> Quarter:
    bureau, city = UserFactory.create(role="bureau"), UserFactory.create(role="city_platform")
    for kind in ("county_window", "city_platform"):
        system_in_force(bureau, kind, 2026)
    own = window_in(code="CNT-91", name="甲县演示平台", contact_person="演示甲", contact_phone="0731-11111111")
    other = window_in(
        code="CNT-92",
        name="乙县演示平台",
        region=RegionFactory.create(),
        contact_person="=演示乙",
        contact_phone="+8673122222222",
    )
    window_in(code="CITY-91", platform_type="city_platform", region=other.region)
    county = MembershipFactory.create(user__role="county", platform=None, region=own.region).user
    window = MembershipFactory.create(platform=own).user
    period = open_period(year=2026, quarter=1, due_on=DUE_ON, by=city)
    return Quarter(period, own, other, county, window, bureau, city)


def figure_of(platform: Platform, code: str) -> SubmittedFigure:
    return Submission.objects.get(platform=platform).figures.get(indicator=code)


def put(platform: Platform, code: str, status: str, *, at: datetime | None = None, return_due_on: date | None = None):
    """Move a figure along its real way to `status`, handed in at `at`."""
    figure = figure_of(platform, code)
    moves = {
        "missing": ["mark_missing"],
        "handed_in": ["hand_in"],
        "accepted": ["hand_in", "accept"],
        "returned": ["hand_in", "return_to_platform"],
        "not_applicable": ["hand_in", "approve_not_applicable"],
    }
    for move in moves[status]:
        if move == "hand_in":
            figure.handed_in_at = at or BEFORE
            if status == "not_applicable":
                figure.not_applicable_reason = "本期无此项业务"
            else:
                figure.value = VALUES.get(code, "1")
        if move == "return_to_platform":
            figure.return_reason, figure.return_due_on = "缺佐证", return_due_on or date(2026, 4, 18)
        getattr(figure, move)()
        figure.save()
    return figure
