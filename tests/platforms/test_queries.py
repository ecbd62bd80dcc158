"""The facts evaluation asks of the registry."""

from datetime import date

import pytest

from platforms import queries
from platforms.choices import PlatformType, RecognitionKind
from platforms.models import Platform
from tests.factories import OperatorTermFactory, PlatformFactory, RecognitionFactory

HALF_YEAR = date(2025, 6, 30)


@pytest.fixture
def windows(db):
    """One county window each: accepted on the day, the day after, only recognised, and never."""
    days = {"W1": HALF_YEAR, "W2": date(2025, 7, 1)}
    for code in ("W1", "W2", "W3", "W4"):
        platform = PlatformFactory.create(code=code)
        if code in days:
            RecognitionFactory.create(platform=platform, kind=RecognitionKind.ACCEPTANCE, recognised_on=days[code])
    RecognitionFactory.create(
        platform=Platform.objects.get(code="W3"), kind=RecognitionKind.RECOGNITION, recognised_on=date(2020, 1, 1)
    )
    base = PlatformFactory.create(code="B1", platform_type=PlatformType.INNOVATION_BASE)
    RecognitionFactory.create(platform=base, kind=RecognitionKind.RECOGNITION, recognised_on=date(2021, 6, 1))


@pytest.mark.usefixtures("windows")
def test_the_annotation_and_the_property_agree():
    platforms = list(queries.with_accepted_on(Platform.objects.all()))
    assert platforms
    for platform in platforms:
        assert platform.accepted_date == platform.accepted_on == queries.accepted_on(platform)


def test_the_first_acceptance_counts(db):
    platform = PlatformFactory.create()
    for day in (date(2022, 5, 1), date(2019, 5, 1)):
        RecognitionFactory.create(platform=platform, kind=RecognitionKind.ACCEPTANCE, recognised_on=day)
    assert queries.accepted_on(platform) == date(2019, 5, 1)


def test_operator_by_day_end_excluded(db):
    term = OperatorTermFactory.create(term=(date(2020, 1, 1), date(2024, 1, 1)))
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]
    expected = [None, term.operator, term.operator, None]
    assert [queries.operator_on(term.platform, day) for day in days] == expected
    loaded = queries.with_registration(Platform.objects.all()).get()
    terms = [queries.term_on(loaded, day) for day in days]
    assert [term.operator if term else None for term in terms] == expected


@pytest.mark.parametrize("count", [1, 3])
def test_registration_is_loaded_in_three_queries(db, django_assert_num_queries, count):
    for _ in range(count):
        RecognitionFactory.create(platform=OperatorTermFactory.create().platform)
    with django_assert_num_queries(3):
        platforms = list(queries.with_registration(Platform.objects.all()))
        assert len(platforms) == count
        for platform in platforms:
            assert platform.region.name
            assert queries.term_on(platform, HALF_YEAR)
            assert platform.accepted_on or platform.recognitions.all()
