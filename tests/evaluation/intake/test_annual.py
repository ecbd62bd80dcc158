"""From quarters to the year, and who takes part: the rules as an official would check them."""

from datetime import date

import pytest

from evaluation.intake.checks.annual import Reported, annual_value, combined_parts
from evaluation.participation.checks import is_listed, not_ranked_reason


def reported(amount=None, base=None, parts=None, *, is_not_applicable=False, rows=(None, 5, 6, 7, 8, None)):
    return Reported(amount, base, parts, is_not_applicable, rows)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (reported("52"), {"value": "52"}),
        (reported("0"), {"value": "0"}),
        (reported("11", "12"), {"value": {"numerator": "11", "denominator": "12"}}),
        (reported(parts={"0": ["website"]}), {"value": ["website"]}),
        (reported(), {"state": "missing"}),
        (reported(is_not_applicable=True), {"state": "not_applicable"}),
        (reported("9", is_not_applicable=True), {"value": "9"}),
    ],
    ids=["count", "zero is a figure", "ratio", "ticks", "missing", "not applicable", "one quarter not applicable"],
)
def test_annual_value(told, expected):
    assert annual_value(told) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"0": {"municipal": "2"}}, {"municipal": "2"}),
        ({"1": {"late": "1"}, "2": {"late": "2", "returned": "1"}}, {"late": "3", "returned": "1"}),
        ({"1": {"late": "0.5"}, "4": {"late": "0.5"}}, {"late": "1"}),
        ({"2": ["website"], "1": ["website", "wechat"]}, ["website"]),
    ],
    ids=["the year's own", "counts add up", "halves", "ticks as they last stood"],
)
def test_parts_over_the_quarters(parts, expected):
    assert combined_parts(parts) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((3, None, None, None, None, None), False),
        ((None, 1, None, None, 2, None), False),
        ((None, None, None, None, None, 9), False),
        ((3, 1, None, None, None, None), True),
        ((3, None, None, None, None, 9), True),
        ((None, None, 4, None, None, 9), True),
        ((3, 1, 2, 3, 4, 9), True),
    ],
)
def test_told_in_more_than_one_way(rows, expected):
    assert reported("1", rows=rows).is_told_twice is expected


@pytest.mark.parametrize(
    ("accepted_on", "reason"),
    [
        (date(2019, 1, 1), ""),
        (date(2025, 6, 30), ""),
        (date(2025, 7, 1), "2025年7月1日验收,晚于6月30日,本年度不参评"),
        (date(2025, 9, 15), "2025年9月15日验收,晚于6月30日,本年度不参评"),
        (date(2025, 12, 31), "2025年12月31日验收,晚于6月30日,本年度不参评"),
        (None, "无省级验收记录,本年度不参评"),
    ],
)
def test_who_takes_part_in_2025(accepted_on, reason):
    assert is_listed(accepted_on, 2025)
    assert not_ranked_reason(accepted_on, 2025) == reason


def test_a_platform_accepted_after_the_year_is_not_listed_for_it():
    assert not is_listed(date(2026, 1, 1), 2025)
    assert is_listed(date(2026, 1, 1), 2026)
