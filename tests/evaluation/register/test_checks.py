"""Which recognitions count for whom: the two years day by day, several platforms for one enterprise, what is counted
once, and the value that an indicator is fed."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.register.checks import (
    Recognised,
    Served,
    counted,
    credited,
    earliest_service,
    fed_value,
    is_in_time,
    needed_kinds,
)
from tests.evaluation.scoring.builders import parsed


def measure_of(kind: str):
    return parsed(measure={"kind": kind, "items": {}}).measure


GOLDEN = list(csv.DictReader((Path(__file__).parent / "golden_register.csv").read_text(encoding="utf-8").splitlines()))
DAY = date(2026, 9, 1)


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: row["case"])
def test_the_two_years(row):
    served_on, recognised_on = date.fromisoformat(row["served_on"]), date.fromisoformat(row["recognised_on"])
    assert is_in_time(served_on, recognised_on) == (row["counts"] == "yes")


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2099, 12, 31)))
def test_the_window_is_two_years_long_give_or_take_the_leap_day(day):
    assert (day - earliest_service(day)).days in {730, 731}
    assert is_in_time(earliest_service(day), day)
    assert not is_in_time(earliest_service(day) - timedelta(days=1), day)


def test_every_platform_that_served_in_time_is_credited_and_no_other():
    recognition = Recognised(7, "little_giant", "", DAY)
    services = [
        Served(1, 7, date(2025, 5, 5)),
        Served(2, 7, date(2024, 9, 1)),
        Served(2, 7, date(2025, 1, 1)),
        Served(3, 7, date(2024, 8, 31)),
        Served(4, 8, date(2025, 5, 5)),
    ]
    assert credited([recognition], services) == {1: [recognition], 2: [recognition]}


def test_a_champion_enterprise_and_its_product_are_two_but_a_second_list_of_the_year_adds_nothing():
    champion = [
        Recognised(7, "single_champion", "", DAY),
        Recognised(7, "single_champion", "演示轴承", DAY),
        Recognised(7, "single_champion", "演示轴承", date(2026, 12, 1)),
        Recognised(7, "little_giant", "", DAY),
    ]
    assert counted(champion, "single_champion") == 2
    assert counted(champion, "little_giant") == 1


@pytest.mark.parametrize(
    ("fed_by", "measure", "items", "kinds"),
    [
        (["little_giant"], "count", (), {"little_giant"}),
        (["above_scale", "innovative_sme", "listed"], "weighted", ("above_scale", "listed"), {"above_scale", "listed"}),
        (["above_scale", "listed"], "weighted", ("above_scale", "patents"), {"above_scale"}),
        (
            ["innovative_sme", "little_giant"],
            "weighted",
            ("innovative_sme", "little_giant"),
            {"innovative_sme", "little_giant"},
        ),
        (["above_scale"], "count", (), {"above_scale"}),
        (["above_scale"], "marks", (), set()),
        (None, "count", (), set()),
        (None, "weighted", ("listed",), set()),
    ],
)
def test_kinds_follow_the_feed_and_the_measure_of_the_system_in_force(fed_by, measure, items, kinds):
    feed = {"kind": "register", "recognitions": fed_by} if fed_by else {"kind": "platform"}
    weights = {"kind": measure, "items": dict.fromkeys(items, "1")}
    assert needed_kinds(parsed(measure=weights, source="report", feed=feed)) == kinds


def test_values_have_the_bundles_form():
    recognitions = [Recognised(1, "listed", "", DAY), Recognised(2, "listed", "", DAY)]
    assert fed_value(measure_of("count"), {"listed"}, recognitions) == "2"
    assert fed_value(measure_of("count"), {"listed"}, []) == "0"
    assert fed_value(measure_of("weighted"), {"listed", "above_scale"}, recognitions) == {
        "listed": "2",
        "above_scale": "0",
    }
