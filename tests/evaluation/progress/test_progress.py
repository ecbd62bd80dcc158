"""The year so far against the targets: what is reached, of what, how far, and from where the figures come."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.files.sealing import seal
from core.numbers import half_up
from evaluation.collection.choices import SubmittedStatus
from evaluation.intake.choices import BatchKind
from evaluation.intake.models import Figure, ImportBatch
from evaluation.progress.checks import progress
from evaluation.progress.queries.progress import key_work_progress
from evaluation.systems.actions import TargetCell, set_platform_targets
from evaluation.systems.models import IndicatorSystem
from tests.evaluation.scoring.builders import parsed
from tests.evaluation.systems.plans import draft_of
from tests.factories import PlatformFactory
from tests.factories.collection import ReportingPeriodFactory, SubmissionFactory, SubmittedFigureFactory

LINEAR = {"kind": "linear", "target": "100"}


def task(rule=LINEAR, kind="count", points="15"):
    return parsed("K1", points, {"kind": kind}, rule, name="演示", unit="家次")


@pytest.mark.parametrize(
    ("rule", "own", "goal"),
    [
        (LINEAR, "", 100),
        (LINEAR, "40.5", Fraction(81, 2)),
        ({"kind": "per_unit", "each": "0.5"}, "", 30),
        ({"kind": "per_unit", "each": "0"}, "", None),
        ({"kind": "direct"}, "", 15),
        ({"kind": "direct", "out_of": "100"}, "", 100),
        ({"kind": "ramp", "zero": "80", "full": "95"}, "", 95),
        ({"kind": "ramp", "zero": "5", "full": "0"}, "", None),
        ({"kind": "slope", "full": "90", "per_point": "1", "floor": "0"}, "", 90),
        ({"kind": "deduct"}, "", None),
    ],
)
def test_the_goal_is_what_full_points_need(rule, own, goal):
    assert task(rule).goal(own) == goal


@pytest.mark.parametrize(
    ("reached", "quarter", "share", "is_behind"),
    [
        (None, 2, "", False),
        (Fraction(49), 2, "49%", True),
        (Fraction(50), 2, "50%", False),
        (Fraction(200, 3), 3, "66.7%", True),
        (Fraction(120), 4, "120%", False),
        (Fraction(0), 0, "0%", False),
    ],
)
def test_how_far_a_task_is(reached, quarter, share, is_behind):
    found = progress(task(), reached=reached, quarter=quarter)
    assert (found.share_text, found.is_behind) == (share, is_behind)


def test_a_rate_has_no_pace_and_what_does_not_apply_is_not_behind():
    rate = progress(task({"kind": "ramp", "zero": "80", "full": "95"}, "ratio"), reached=Fraction(90), quarter=4)
    assert (rate.goal_text, rate.share_text, rate.is_behind) == ("95", "94.7%", False)
    idle = progress(task(), reached=None, quarter=4, is_not_applicable=True)
    assert (idle.reached_text, idle.is_behind) == ("不适用", False)


@pytest.mark.parametrize(("number", "text"), [("0.125", "0.13"), ("0.1249", "0.12"), ("80", "80"), ("7.5", "7.5")])
def test_numbers_are_rounded_half_up(number, text):
    assert half_up(Fraction(number), 2) == text


@pytest.fixture
def system(bureau) -> IndicatorSystem:
    return draft_of(bureau)


def file_of(year: int, quarter: int) -> ImportBatch:
    return ImportBatch.objects.create(
        kind=BatchKind.HUB,
        year=year,
        quarter=quarter,
        file_name="演示.xlsx",
        file=seal(f"{year}Q{quarter}".encode(), media_type="application/octet-stream"),
        row_count=1,
        figure_count=1,
    )


def reported(platform, batch, indicator, amount, base=None):
    Figure.objects.create(
        batch=batch,
        platform=platform,
        indicator=indicator,
        year=batch.year,
        quarter=batch.quarter,
        row=3,
        amount=amount,
        base=base,
    )


def handed_in(system, platform, quarter, indicator, value, status=SubmittedStatus.HANDED_IN):
    period = ReportingPeriodFactory.create(year=system.year, quarter=quarter, due_on=date(system.year, 12, 31))
    submission = platform.submissions.filter(period=period).first() or SubmissionFactory.create(
        period=period, platform=platform, system=system
    )
    figure = SubmittedFigureFactory.create(submission=submission, indicator=indicator, value=value)
    figure.hand_in()
    figure.save()
    if status == SubmittedStatus.RETURNED:
        figure.return_to_platform()
        figure.return_reason, figure.return_due_on = "演示", date(system.year, 12, 31)
        figure.save()


def texts(system, platform, quarter=2):
    (found,) = key_work_progress(system=system, platforms=[platform], quarter=quarter)
    return {one.indicator: (one.reached_text, one.goal_text, one.share_text) for one in found.tasks}


def test_files_and_submissions_add_up_over_the_quarters(system):
    platform = PlatformFactory.create()
    for quarter, visits in ((1, 20), (2, 35)):
        reported(platform, file_of(system.year, quarter), "site_visits", visits)
        handed_in(system, platform, quarter, "K5", str(quarter))
        handed_in(system, platform, quarter, "K3", {"diagnosed": "2", "accepted": "1"})
        handed_in(system, platform, quarter, "K9", {"numerator": "9", "denominator": "10"})
    found = texts(system, platform)
    assert found["K1"] == ("55", "100", "55%")
    assert found["K5"] == ("3", "15", "20%")
    assert found["K3"] == ("12", "24", "50%")
    assert found["K9"] == ("90", "95", "94.7%")
    assert found["K2"] == ("未报", "40", "")


def test_a_returned_figure_does_not_count_until_it_is_back(system):
    platform = PlatformFactory.create()
    handed_in(system, platform, 1, "K5", "3")
    handed_in(system, platform, 2, "K5", "4", SubmittedStatus.RETURNED)
    assert texts(system, platform)["K5"] == ("3", "15", "20%")


def test_a_platform_is_measured_by_its_own_target(system, bureau):
    platform, other = PlatformFactory.create_batch(2)
    batch = file_of(system.year, 1)
    reported(platform, batch, "site_visits", 30)
    reported(other, batch, "site_visits", 30)
    set_platform_targets(system=system, targets={TargetCell(platform.pk, "K1"): "60"}, by=bureau)
    assert (texts(system, platform)["K1"], texts(system, other)["K1"]) == (("30", "60", "50%"), ("30", "100", "30%"))


def test_as_many_queries_for_one_platform_as_for_three(system):
    platforms = PlatformFactory.create_batch(3)
    batch = file_of(system.year, 1)
    for platform in platforms:
        reported(platform, batch, "site_visits", 30)
        handed_in(system, platform, 1, "K5", "3")
    counts = []
    for number in (1, 3):
        with CaptureQueriesContext(connection) as queries:
            assert len(key_work_progress(system=system, platforms=platforms[:number], quarter=1)) == number
        counts.append(len(queries))
    assert counts[0] == counts[1]
