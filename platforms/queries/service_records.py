"""Reads of service records and of the lists they came from."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractQuarter, ExtractYear

from platforms.models import Platform, ServiceList, ServiceRecord


def service_list_of(*, platform: Platform, sha256: str) -> ServiceList | None:
    """The list that this file of the platform has become; None when it has not been taken in."""
    return ServiceList.objects.filter(platform=platform, file=sha256).first()


def found_services(
    rows: QuerySet[ServiceRecord],
    *,
    words: str = "",
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[ServiceRecord]:
    """Records of a kind, between two days (both included), whose enterprise's name or code or whose activity contains
    the words; newest first."""
    if words:
        named = Q(enterprise__name__icontains=words) | Q(enterprise__credit_code__icontains=words)
        rows = rows.filter(named | Q(activity__icontains=words))
    if kind:
        rows = rows.filter(kind=kind)
    if since:
        rows = rows.filter(served_on__gte=since)
    if until:
        rows = rows.filter(served_on__lte=until)
    return rows.select_related("enterprise", "platform").order_by("-served_on", "-pk")


def quarter_counts(rows: QuerySet[ServiceRecord]) -> list[dict[str, int]]:
    """服务家次 against 服务企业(家) by quarter, newest first; what was withdrawn does not count."""
    quarters = rows.in_force().annotate(year=ExtractYear("served_on"), quarter=ExtractQuarter("served_on"))  # type: ignore[attr-defined]
    counted = quarters.order_by().values("year", "quarter")
    return list(
        counted.annotate(visits=Count("pk"), enterprises=Count("enterprise", distinct=True)).order_by(
            "-year", "-quarter"
        )
    )
