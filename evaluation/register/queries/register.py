"""What the register of enterprise recognitions and the registry of platforms say about a year (细则 R3.4, R3.3(1)).
Reads only; what counts is decided in `checks.register`."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from evaluation.intake.checks.collected import CollectedRow
from evaluation.participation.checks import not_ranked_reason
from evaluation.participation.queries import Participant, participants
from evaluation.register.checks import (
    Credits,
    Recognised,
    Served,
    credited,
    earliest_service,
    fed_value,
    needed_kinds,
)
from evaluation.scoring.feeds import COVERAGE
from evaluation.systems.queries import rules_in_force
from platforms.choices import EVALUATED_TYPES, PlatformType, RecognitionKind, RegionKind
from platforms.models import EnterpriseRecognition, Recognition, RecognitionList, Region, ServiceRecord

_COUNTY_LEVEL = (RegionKind.DISTRICT, RegionKind.COUNTY, RegionKind.COUNTY_LEVEL_CITY)


class Coverage(NamedTuple):
    """County-level divisions that have an accepted window, of all there are by law."""

    with_window: int
    divisions: int


def register_rows(*, year: int) -> list[CollectedRow]:
    """What the register and the registry feed, of every platform that takes part in the year.

    An indicator is fed once a list of a kind it needs, with recognitions of the year, has been imported: 0 then means
    none. Before that nobody knows, and there is no row. Indicators and items are those of the system in force.
    """
    lists, credits = _lists(year), credits_of(year)
    rows: list[CollectedRow] = []
    for platform_type in EVALUATED_TYPES:
        rows += _rows_of_type(platform_type, year, lists, credits)
    return rows


def credits_of(year: int) -> Credits:
    """The recognitions of a year that count for each platform; two queries however many there are."""
    recognitions = [
        Recognised(*row)
        for row in EnterpriseRecognition.objects.filter(recognised_on__year=year)
        .order_by("pk")
        .values_list("enterprise_id", "kind", "product", "recognised_on")
    ]
    if not recognitions:
        return {}
    days = [recognition.recognised_on for recognition in recognitions]
    recognised = EnterpriseRecognition.objects.filter(recognised_on__year=year, enterprise=OuterRef("enterprise"))
    services = ServiceRecord.objects.in_force().filter(
        Exists(recognised),
        served_on__range=(earliest_service(min(days)), max(days)),
        platform__platform_type__in=EVALUATED_TYPES,
    )
    keys = services.order_by().values_list("platform_id", "enterprise_id", "served_on").distinct()
    return credited(recognitions, [Served(*row) for row in keys])


def window_coverage(day: date) -> Coverage:
    """Divisions by law with a county window whose provincial acceptance holds on `day`."""
    accepted = Recognition.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day),
        kind=RecognitionKind.ACCEPTANCE,
        recognised_on__lte=day,
        platform__platform_type=PlatformType.COUNTY_WINDOW,
        platform__region=OuterRef("pk"),
    )
    divisions = Region.objects.filter(kind__in=_COUNTY_LEVEL).annotate(has_window=Exists(accepted))
    found = list(divisions.values_list("has_window", flat=True))
    return Coverage(sum(found), len(found))


def _lists(year: int) -> dict[str, list[str]]:
    """Names of the lists that hold recognitions of the year, by kind."""
    of_year = EnterpriseRecognition.objects.filter(recognition_list=OuterRef("pk"), recognised_on__year=year)
    found: dict[str, list[str]] = {}
    for each in RecognitionList.objects.filter(Exists(of_year)).order_by("published_on", "pk"):
        number = f"({each.document_number})" if each.document_number else ""
        found.setdefault(each.kind, []).append(f"《{each.title}》{number}")
    return found


def _rows_of_type(
    platform_type: PlatformType, year: int, lists: dict[str, list[str]], credits: Credits
) -> Iterator[CollectedRow]:
    rules = rules_in_force(platform_type=platform_type, year=year)
    indicators = sorted(rules.indicators, key=lambda each: each.code) if rules else []
    taking_part = [p for p in participants(platform_type=platform_type) if not not_ranked_reason(p.accepted_on, year)]
    for indicator in indicators:
        kinds = needed_kinds(indicator)
        names = [name for kind in sorted(kinds) for name in lists.get(kind, ())]
        if not names:
            continue
        origin = f"企业认定名单{'、'.join(names)},与认定前24个月内的服务记录核对"
        for platform in taking_part:
            value = fed_value(indicator.measure, kinds, credits.get(platform.id, ()))
            yield CollectedRow(platform.code, indicator.code, value, False, origin)
    for indicator in indicators:
        if indicator.feed.kind == COVERAGE:
            yield from _coverage_rows(indicator.code, year, taking_part)


def _coverage_rows(indicator: str, year: int, taking_part: Iterable[Participant]) -> Iterator[CollectedRow]:
    coverage = window_coverage(date(year, 12, 31))
    value = {"numerator": str(coverage.with_window), "denominator": str(coverage.divisions)}
    origin = f"平台登记:{year}年12月31日已通过省级验收的县(市、区)综合窗口平台所在的县(市、区)"
    yield from (CollectedRow(p.code, indicator, value, not coverage.divisions, origin) for p in taking_part)
