"""The rows behind what the register feeds: recognitions that several platforms share, and a platform's own. Reads only,
as many queries for many rows as for one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from evaluation.register.checks import Recognised, crediting_day, is_in_time, shared, why_not
from evaluation.register.queries.register import credits_of
from platforms.models import EnterpriseRecognition, Platform, ServiceRecord


class Crediting(NamedTuple):
    """A platform and its services that make a recognition count for it, newest first."""

    platform: Platform
    services: list[ServiceRecord]


class Overlap(NamedTuple):
    recognition: EnterpriseRecognition
    credited: list[Crediting]


class OwnRecognition(NamedTuple):
    """A recognition of an enterprise that the platform served: the newest service that counts, or why none does."""

    recognition: EnterpriseRecognition
    served_on: date | None
    reason: str


def shared_recognitions(year: int) -> list[tuple[Recognised, list[int]]]:
    """What counts for several platforms, newest first."""
    return sorted(shared(credits_of(year)).items(), key=lambda item: (item[0].recognised_on, item[0]), reverse=True)


def overlaps(found: Sequence[tuple[Recognised, list[int]]]) -> list[Overlap]:
    """The same with names and services, for one page of them."""
    enterprises = {recognised.enterprise for recognised, _ in found}
    rows = EnterpriseRecognition.objects.filter(enterprise__in=enterprises).select_related("enterprise")
    by_key = {Recognised(row.enterprise_id, row.kind, row.product, row.recognised_on): row for row in rows}
    platforms = Platform.objects.in_bulk({pk for _, each in found for pk in each})
    services = _services(enterprises, platforms)
    return [
        Overlap(
            by_key[recognised],
            [
                Crediting(platforms[pk], _in_time(services[pk, recognised.enterprise], recognised))
                for pk in sorted(each)
            ],
        )
        for recognised, each in found
    ]


def own_recognitions(platform: Platform, year: int) -> list[OwnRecognition]:
    """Every recognition of the year of an enterprise that the platform has served at any time, newest first."""
    services: dict[int, list[date]] = defaultdict(list)
    served = ServiceRecord.objects.in_force().filter(
        platform=platform, enterprise__recognitions__recognised_on__year=year
    )
    for enterprise, day in served.order_by().values_list("enterprise_id", "served_on").distinct():
        services[enterprise].append(day)
    rows = EnterpriseRecognition.objects.filter(recognised_on__year=year, enterprise__in=services)
    return [
        _own(row, services[row.enterprise_id])
        for row in rows.select_related("enterprise").order_by("-recognised_on", "pk")
    ]


def _own(row: EnterpriseRecognition, days: Collection[date]) -> OwnRecognition:
    day = crediting_day(days, row.recognised_on)
    return OwnRecognition(row, day, "" if day else why_not(days, row.recognised_on))


def _services(enterprises: Collection[int], platforms: Collection[int]) -> dict[tuple[int, int], list[ServiceRecord]]:
    found: dict[tuple[int, int], list[ServiceRecord]] = defaultdict(list)
    rows = ServiceRecord.objects.in_force().filter(enterprise__in=enterprises, platform__in=platforms)
    for row in rows.order_by("-served_on", "-pk"):
        found[row.platform_id, row.enterprise_id].append(row)
    return found


def _in_time(services: list[ServiceRecord], recognised: Recognised) -> list[ServiceRecord]:
    return [service for service in services if is_in_time(service.served_on, recognised.recognised_on)]
