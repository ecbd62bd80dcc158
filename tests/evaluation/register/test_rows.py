"""What gathering takes from the register: rows for whoever takes part, nothing before a list is imported, real noughts
after; the city platform's coverage; as many queries for three platforms as for one."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.register.queries.register import register_rows, window_coverage
from evaluation.scoring.measures import MEASURES
from platforms.choices import PlatformType, RegionKind
from platforms.models import Platform
from tests.evaluation.year.systems import system_document, system_in_force
from tests.factories import PlatformFactory, RecognitionFactory, RegionFactory
from tests.factories.collection import (
    EnterpriseFactory,
    EnterpriseRecognitionFactory,
    RecognitionListFactory,
    ServiceRecordFactory,
)

NOON = datetime(2025, 5, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def accepted(kind: str = "county_window", on: date = date(2020, 1, 1), **more) -> Platform:
    platform = PlatformFactory.create(platform_type=kind, **more)
    RecognitionFactory.create(platform=platform, recognised_on=on)
    return platform


def recognise(kind: str, *, by: tuple[Platform, ...] = (), on: date = date(2025, 9, 1), product: str = ""):
    """An enterprise recognised as `kind`, served by these platforms in time."""
    enterprise = EnterpriseFactory.create()
    for platform in by:
        ServiceRecordFactory.create(platform=platform, enterprise=enterprise)
    return EnterpriseRecognitionFactory.create(enterprise=enterprise, kind=kind, recognised_on=on, product=product)


def values(indicator: str, year: int = 2025) -> dict[str, Any]:
    return {row.platform_code: row.value for row in register_rows(year=year) if row.indicator == indicator}


@pytest.fixture
def systems(bureau):
    for kind in ("city_platform", "cluster_window", "county_window"):
        system_in_force(bureau, kind)


def test_each_indicator_counts_its_kinds(systems):
    window = accepted()
    recognise("little_giant", by=(window,))
    champion = recognise("single_champion", by=(window,))
    EnterpriseRecognitionFactory.create(enterprise=champion.enterprise, kind="single_champion", product="演示轴承")
    recognise("provincial_srdi", by=(window,))
    for kind in ("above_scale", "above_scale", "innovative_sme", "listed"):
        recognise(kind, by=(window,))
    found = {row.indicator: row.value for row in register_rows(year=2025)}
    assert found == {
        "D11": "1",
        "D12": "2",
        "D13": "1",
        "D14": {"above_scale": "2", "innovative_sme": "1", "listed": "1"},
        "K2": {"innovative_sme": "1", "little_giant": "1", "provincial_srdi": "1", "single_champion": "2"},
        "K4": "2",
    }


def test_values_pass_the_checks_of_a_bundle_for_every_type(systems):
    for kind in ("city_platform", "cluster_window", "county_window"):
        platform = accepted(kind)
        for recognised in ("little_giant", "above_scale", "listed"):
            recognise(recognised, by=(platform,))
    measures = {
        (kind, indicator["code"]): indicator["measure"]
        for kind in ("city_platform", "cluster_window", "county_window")
        for section in system_document(kind)["sections"]
        for category in section["categories"]
        for indicator in category["indicators"]
    }
    kinds = dict(Platform.objects.values_list("code", "platform_type"))
    rows = register_rows(year=2025)
    assert {kinds[row.platform_code] for row in rows} == {"city_platform", "cluster_window", "county_window"}
    for row in rows:
        measure = measures[kinds[row.platform_code], row.indicator]
        assert MEASURES[measure["kind"]].value_faults(row.value, frozenset(measure.get("items", ()))) == []


def test_missing_before_a_list_is_imported_and_a_real_nought_after(systems):
    served, idle = accepted(), accepted()
    assert values("D11") == {}
    recognise("little_giant", by=(served,))
    assert values("D11") == {served.code: "1", idle.code: "0"}
    assert values("D13") == {}
    assert values("K2")[idle.code]["provincial_srdi"] == "0"


def test_a_list_of_another_year_feeds_nothing(systems):
    window = accepted()
    recognise("little_giant", by=(window,), on=date(2024, 12, 31))
    recognise("little_giant", by=(window,), on=date(2026, 1, 1))
    assert values("D11") == {}


def test_several_platforms_are_credited_for_one_enterprise_and_a_withdrawn_service_credits_nobody(systems, bureau):
    first, second, third = accepted(), accepted(), accepted()
    recognition = recognise("little_giant", by=(first, second))
    ServiceRecordFactory.create(
        platform=third, enterprise=recognition.enterprise, withdrawn_at=NOON, withdrawn_by=bureau
    )
    assert values("D11") == {first.code: "1", second.code: "1", third.code: "0"}


def test_only_who_takes_part_is_fed(systems):
    early, late = accepted(), accepted(on=date(2025, 7, 1))
    PlatformFactory.create()
    PlatformFactory.create(platform_type=PlatformType.CORE_INSTITUTION)
    recognise("little_giant", by=(early, late))
    assert values("D11") == {early.code: "1"}


def test_without_a_system_in_force_nothing_is_fed(db):
    recognise("little_giant", by=(accepted(),))
    assert register_rows(year=2025) == []


def test_origin_names_the_lists(systems):
    accepted()
    published = RecognitionListFactory.create(title="演示小巨人企业名单", document_number="演工信〔2025〕1号")
    EnterpriseRecognitionFactory.create(recognition_list=published)
    origin = next(row.origin for row in register_rows(year=2025) if row.indicator == "D11")
    assert "《演示小巨人企业名单》(演工信〔2025〕1号)" in origin
    assert "24个月" in origin


def test_coverage_counts_divisions_by_law_with_a_window_accepted_by_the_last_day(systems):
    city = accepted("city_platform", region=RegionFactory.create(kind=RegionKind.CITY))
    accepted(on=date(2025, 12, 31))
    accepted(on=date(2026, 1, 1))
    accepted(region=RegionFactory.create(kind=RegionKind.NON_STATUTORY, code="YS-1"))
    twice = accepted()
    accepted(region=twice.region)
    lapsed = PlatformFactory.create()
    RecognitionFactory.create(platform=lapsed, valid_until=date(2025, 12, 30))
    accepted("cluster_window", region=RegionFactory.create(kind=RegionKind.COUNTY_LEVEL_CITY))
    assert window_coverage(date(2025, 12, 31)) == (2, 5)
    assert values("C15") == {city.code: {"numerator": "2", "denominator": "5"}}


def test_as_many_queries_for_three_platforms_as_for_one(systems):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert register_rows(year=2025)
        return len(captured)

    recognise("little_giant", by=(accepted(),))
    one = queries()
    for _ in range(2):
        recognise("provincial_srdi", by=(accepted(), accepted("city_platform"), accepted("cluster_window")))
    assert queries() == one
