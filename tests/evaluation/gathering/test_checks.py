"""Quarters into years: a table small enough to check by hand."""

from decimal import Decimal

import pytest

from evaluation.gathering.checks import annual_row, taken_rows
from evaluation.intake.checks.collected import CollectedRow
from evaluation.intake.checks.figures import StoredFigure
from evaluation.intake.checks.registry import Registered
from evaluation.scoring.measures import parse_measure
from tests.evaluation.scoring.builders import parsed

GOLDEN = [
    # measure, quarters as accepted (None: 不适用), the year, where it comes from
    ("count", {1: "3", 2: "4", 4: "5"}, "12", "平台报送,第一、二、四季度"),
    ("count", {1: "0.5", 2: "0.5"}, "1", "平台报送,第一、二季度"),
    ("count", {3: "0"}, "0", "平台报送,第三季度"),
    ("count", {1: None, 2: "4"}, "4", "平台报送,第一、二季度"),
    ("count", {1: None, 2: None}, None, "平台报送,第一、二季度"),
    (
        "ratio",
        {1: {"numerator": "3", "denominator": "4"}, 3: {"numerator": "5", "denominator": "6"}},
        {"numerator": "8", "denominator": "10"},
        "平台报送,第一、三季度",
    ),
    (
        "weighted",
        {1: {"national": "1", "municipal": "0"}, 2: {"municipal": "2"}, 4: {"national": "1"}},
        {"national": "2", "municipal": "2"},
        "平台报送,第一、二、四季度",
    ),
    ("ticks", {1: ["website", "other_channel"], 2: ["website"]}, ["website"], "平台报送,第一、二季度"),
    ("count", {1: "999999999999", 2: "0.000001"}, "999999999999.000001", "平台报送,第一、二季度"),
]


@pytest.mark.parametrize(("kind", "quarters", "year", "origin"), GOLDEN)
def test_the_year_of_an_indicator(kind, quarters, year, origin):
    measure = parse_measure({"kind": kind, "items": {}})
    given = dict(reversed(quarters.items()))
    row = annual_row(platform_code="W1", indicator="X", measure=measure, quarters=given)
    assert (row.platform_code, row.indicator, row.value, row.origin) == ("W1", "X", year, origin)
    assert row.is_not_applicable is (year is None)


def test_rows_are_handed_over_with_their_place_in_the_file():
    rows = [row_of("W1", "A", "3"), row_of("W1", "B", None)]
    taken, findings = taken_rows(rows, PLATFORMS, MEASURES)
    assert findings == []
    assert [(row.row, row.platform.id, row.indicator, row.figure) for row in taken] == [
        (2, 7, "A", StoredFigure("reported", Decimal(3))),
        (3, 7, "B", StoredFigure("not_applicable")),
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("A", "-3")], "平台W1的指标A的数值是"),
        ([("A", "3"), ("A", "4")], "平台W1的指标A有不止一种来源"),
        ([("X", "3")], "平台W1的指标X不在该平台类型的指标体系中"),
    ],
)
def test_nothing_unsound_is_handed_over(rows, said):
    _, findings = taken_rows([row_of("W1", *row) for row in rows], PLATFORMS, MEASURES)
    assert [finding.message.startswith(said) for finding in findings] == [True]


PLATFORMS = {"W1": Registered(7, "W1", "演示窗口", "county_window", "窗口")}
MEASURES = {"county_window": {code: parsed(code) for code in ("A", "B")}}


def row_of(platform: str, indicator: str, value: object) -> CollectedRow:
    return CollectedRow(platform, indicator, value, is_not_applicable=value is None, origin="演示")
