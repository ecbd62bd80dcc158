"""What the bulletin says in words: which way a change went, and who is behind. Exactly on schedule is not behind."""

from fractions import Fraction

import pytest

from core.periods import Quarter
from evaluation.bulletin.documents.readings import Indicator, group_readings
from evaluation.bulletin.documents.tables import Group, NetworkTotal
from evaluation.bulletin.documents.wording import _slow_sentence, _total_clause, _unsettled_sentence
from evaluation.bulletin.queries import Window, WindowGroup
from platforms.choices import PlatformType
from tests.evaluation.bulletin.test_readings import NOW, SETTLED, VISITS, by_quarter, figure


def total(value: int | None, before: int | None, to_date: int | None = None, indicator: Indicator = VISITS) -> str:
    numbers = [None if n is None else Fraction(n) for n in (value, before, to_date)]
    return _total_clause(NetworkTotal(indicator, *numbers), NOW)


@pytest.mark.parametrize(
    ("value", "before", "said"),
    [
        (120, 100, "服务企业120家次,较上季度增加20家次(20.0%)"),
        (80, 100, "服务企业80家次,较上季度减少20家次(20.0%)"),
        (100, 100, "服务企业100家次,与上季度持平"),
        (5, 0, "服务企业5家次,较上季度增加5家次"),
        (5, None, "服务企业5家次"),
        (None, 5, ""),
    ],
)
def test_more_is_an_increase_and_less_a_decrease(value, before, said):
    assert total(value, before) == said


def test_the_year_to_date_is_said_from_the_second_quarter_on():
    assert total(120, 100, 220).endswith(",本年累计220家次")
    first = NetworkTotal(VISITS, Fraction(100), Fraction(70), Fraction(100))
    assert "本年累计" not in _total_clause(first, Quarter(2025, 1))


def group(indicator: Indicator, *amounts: tuple[str, str | None]) -> Group:
    """One county window per pair of amount and base, numbered from 1."""
    windows = tuple(Window(n, f"W{n}", f"{n}号") for n in range(1, len(amounts) + 1))
    facts = WindowGroup(PlatformType.COUNTY_WINDOW, windows, None)
    figures = [figure(n, indicator.code, NOW, amount, base) for n, (amount, base) in enumerate(amounts, 1)]
    return Group(facts, (indicator,), group_readings(facts, (indicator,), by_quarter(figures), NOW))


def test_only_windows_under_the_share_of_the_year_that_has_passed_are_behind():
    """Half of the year's 600 is 300: exactly that is on schedule, and so is what is printed as 50.0%."""
    said = _slow_sentence(group(VISITS, ("300", None), ("299", None), ("301", None)), NOW)
    assert "2号(49.8%)" in said
    assert "1号" not in said
    assert "3号" not in said


def test_nobody_behind_is_not_said():
    assert _slow_sentence(group(VISITS, ("300", None), ("900", None)), NOW) == ""


def test_only_ratios_under_their_target_are_named():
    said = _unsettled_sentence(group(SETTLED, ("95", "100"), ("94", "100"), ("96", "100")))
    assert "2号(94.00%)" in said
    assert "1号" not in said
    assert "3号" not in said
