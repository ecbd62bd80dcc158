"""Quarterly figures: exact, half up, by hand-made rows. No Django tables here."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.periods import Quarter
from evaluation.bulletin.documents.numbers import printed, signed
from evaluation.bulletin.documents.readings import Indicator, group_readings, quarterly_indicators
from evaluation.bulletin.documents.wording import paragraphs_of
from evaluation.bulletin.queries import Window, WindowGroup
from evaluation.choices import FigureState
from evaluation.intake.checks.figures import StoredFigure
from evaluation.scoring.system import parse_system
from evaluation.systems.checks.hub_columns import KEYS, SERVED_ENTERPRISES
from platforms.choices import PlatformType
from tests.evaluation.year.systems import system_document

NOW, BEFORE = Quarter(2025, 2), Quarter(2025, 1)
VISITS = Indicator("A16", "服务企业家次", "家次", False, Fraction(600))
SETTLED = Indicator("A15", "需求响应办结率", "%", True, Fraction(95))


def figure(window: int, code: str, quarter: Quarter, amount: str | None, base: str | None = None):
    state = FigureState.MISSING if amount is None else FigureState.REPORTED
    numbers = [None if text is None else Decimal(text) for text in (amount, base)]
    return (window, code), quarter, StoredFigure(state, *numbers)


def by_quarter(figures):
    found = {}
    for cell, quarter, told in figures:
        found.setdefault(cell, {})[quarter] = told
    return found


def read(*figures, windows: int = 1):
    group = WindowGroup(
        PlatformType.COUNTY_WINDOW, tuple(Window(n, f"W{n}", f"{n}号") for n in range(1, windows + 1)), None
    )
    return group_readings(group, (VISITS, SETTLED), by_quarter(figures), NOW)


def texts(reading):
    return reading.value_text, reading.to_date_text, reading.progress_text, reading.change_text


def test_value_year_to_date_progress_and_change():
    readings = read(figure(1, "A16", BEFORE, "101"), figure(1, "A16", NOW, "99"))
    assert texts(readings[1]["A16"]) == ("99", "200", "33.3%", "-2")


def test_the_quarter_before_the_first_is_last_years_and_not_of_this_year():
    group = WindowGroup(PlatformType.COUNTY_WINDOW, (Window(1, "W1", "1号"),), None)
    figures = [figure(1, "A16", Quarter(2024, 4), "70"), figure(1, "A16", Quarter(2025, 1), "100")]
    reading = group_readings(group, (VISITS,), by_quarter(figures), Quarter(2025, 1))[1]["A16"]
    assert texts(reading) == ("100", "100", "16.7%", "+30")


def test_a_ratio_is_all_numerators_over_all_denominators():
    readings = read(figure(1, "A15", BEFORE, "1", "3"), figure(1, "A15", NOW, "2", "2"))
    assert texts(readings[1]["A15"]) == ("100.00", "60.00", "63.2%", "+66.67")


def test_a_ratio_over_nothing_has_no_value_and_is_not_missing():
    reading = read(figure(1, "A15", NOW, "0", "0"))[1]["A15"]
    assert texts(reading) == ("—", "—", "—", "—")
    assert not reading.is_missing


def test_missing_is_said_and_never_zero():
    readings = read(figure(1, "A16", BEFORE, "30"), figure(1, "A16", NOW, None))
    assert texts(readings[1]["A16"]) == ("未报", "30", "5.0%", "—")
    assert read()[1]["A16"].is_missing


def test_places_by_printed_progress_equal_ones_share_theirs():
    amounts = ["120.1", "120.2", "60", "180"]  # 20.0 % twice: both print the same
    readings = read(*(figure(n, "A16", NOW, amount) for n, amount in enumerate(amounts, 1)), windows=5)
    assert [readings[n]["A16"].place for n in range(1, 6)] == [2, 2, 4, 1, None]


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("policy_posts", 60),
        ("policy_readings", 8),
        ("original_news", 20),
        ("settled_needs", 95),
        ("served_visits", 600),
        ("new_institutions", 8),
        ("site_visits", 100),
    ],
)
def test_targets_follow_from_the_rules_in_force(code, target):
    """Linear: its target; per unit: the count that reaches full marks; ramp: its upper end."""
    indicators = {i.code: i for i in quarterly_indicators(parse_system(system_document("county_window")))}
    assert indicators[code].target == target
    assert set(indicators) == set(KEYS) - {SERVED_ENTERPRISES}


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**4), st.integers(0, 4))
def test_printing_is_half_up(numerator, denominator, decimals):
    value = Fraction(numerator, denominator)
    scaled = abs(numerator) * 10**decimals * 2 + denominator
    expected = Decimal(scaled // (2 * denominator)).scaleb(-decimals)
    assert Decimal(printed(value, decimals)) == (-expected if value < 0 else expected)
    if denominator in (1, 2, 4, 5, 8, 10):
        exact = Decimal(numerator) / Decimal(denominator)
        assert Decimal(printed(value, decimals)) == exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("text", "with_sign"),
    [("3", "+3"), ("-2", "-2"), ("0", "0"), ("0.00", "0.00"), ("0.0%", "0.0%"), ("1.5%", "+1.5%")],
)
def test_signs(text, with_sign):
    assert signed(text) == with_sign


def test_staff_text_becomes_paragraphs_with_second_level_headings():
    written = "(一)进度偏慢。甲、乙。\n\n  \uff08二\uff09未报。\n其他说明。"
    assert [(p.lead, p.text) for p in paragraphs_of(written)] == [
        ("(一)进度偏慢。", "甲、乙。"),
        ("\uff08二\uff09未报。", ""),
        ("", "其他说明。"),
    ]
