"""Which recognitions of enterprises count for which platform (细则 R3.4), what an indicator is fed from them. Pure."""

import calendar
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from evaluation.scoring.feeds import REGISTER
from evaluation.scoring.measures import Measure
from evaluation.scoring.system import Indicator

MONTHS = 24
"""How long before the recognition a platform must have served the enterprise: the bureau's proposal for D11 to D14."""


class Recognised(NamedTuple):
    """An enterprise, or one of its products, recognised as something on a day."""

    enterprise: int
    kind: str
    product: str
    recognised_on: date


class Served(NamedTuple):
    platform: int
    enterprise: int
    served_on: date


Credits = Mapping[int, Collection[Recognised]]
"""The recognitions that count for a platform, by the platform's key."""


def earliest_service(recognised_on: date) -> date:
    """The first day on which a service still counts: the same day of the month two years before; where that month is
    shorter, its last day (29 February → 28 February)."""
    year, month = recognised_on.year - MONTHS // 12, recognised_on.month
    return date(year, month, min(recognised_on.day, calendar.monthrange(year, month)[1]))


def is_in_time(served_on: date, recognised_on: date) -> bool:
    """Both ends count: the day two years before, and the day of recognition itself; not a day later."""
    return earliest_service(recognised_on) <= served_on <= recognised_on


def credited(recognitions: Iterable[Recognised], services: Iterable[Served]) -> dict[int, list[Recognised]]:
    """Every platform that served the enterprise in time is credited, several for one enterprise if need be."""
    served: dict[int, list[Served]] = defaultdict(list)
    for service in services:
        served[service.enterprise].append(service)
    credits: dict[int, list[Recognised]] = defaultdict(list)
    for recognition in recognitions:
        in_time = {
            s.platform for s in served[recognition.enterprise] if is_in_time(s.served_on, recognition.recognised_on)
        }
        for platform in sorted(in_time):
            credits[platform].append(recognition)
    return dict(credits)


def shared(credits: Credits) -> dict[Recognised, list[int]]:
    """The recognitions that count for several platforms, with these platforms."""
    platforms: dict[Recognised, list[int]] = defaultdict(list)
    for platform, recognitions in credits.items():
        for recognition in recognitions:
            platforms[recognition].append(platform)
    return {recognition: found for recognition, found in platforms.items() if len(found) > 1}


def crediting_day(days: Iterable[date], recognised_on: date) -> date | None:
    """The newest service that makes the recognition count, None when there is none."""
    return max((day for day in days if is_in_time(day, recognised_on)), default=None)


def why_not(days: Collection[date], recognised_on: date) -> str:
    """Why none of a platform's services makes the recognition count, in words."""
    earliest = earliest_service(recognised_on)
    early = max((day for day in days if day < earliest), default=None)
    late = min((day for day in days if day > recognised_on), default=None)
    said = [f"{early}的服务早于认定前24个月(应不早于{earliest})"] if early else []
    said += [f"{late}的服务晚于认定日期"] if late else []
    return ";".join(said)


def counted(recognitions: Iterable[Recognised], kind: str) -> int:
    """Enterprises, and for 单项冠军 also products, recognised as `kind`; one that two lists of the year name is one."""
    return len({(r.enterprise, r.product) for r in recognitions if r.kind == kind})


def needed_kinds(indicator: Indicator) -> frozenset[str]:
    """The kinds of recognition that an indicator is fed from; none when its measure is not one that counts them."""
    return indicator.measure.countable(indicator.feed.recognitions) if indicator.feed.kind == REGISTER else frozenset()


def fed_value(measure: Measure, kinds: Collection[str], recognitions: Collection[Recognised]) -> object:
    """The bundle's value: a number of recognitions, or one number for each item of a weighted measure."""
    return measure.counted({kind: counted(recognitions, kind) for kind in sorted(kinds)})
