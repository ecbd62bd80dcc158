"""Reads of the register of enterprise recognitions."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from platforms.models import Enterprise, EnterpriseRecognition, RecognitionList


def recognition_list_of(*, kind: str, sha256: str) -> RecognitionList | None:
    """The list that this file has become, None when it has not been taken in as one of that kind."""
    return RecognitionList.objects.filter(kind=kind, file=sha256).first()


def enterprise_names(credit_codes: Iterable[str]) -> dict[str, str]:
    """Registered names by credit code; codes that nobody has registered are left out."""
    found = Enterprise.objects.filter(credit_code__in=set(credit_codes))
    return dict(found.order_by().values_list("credit_code", "name"))


def recognised_already(*, kind: str, credit_codes: Collection[str]) -> dict[tuple[str, str, date], str]:
    """(credit code, product, day) → title of the list that says so already."""
    rows = EnterpriseRecognition.objects.filter(kind=kind, enterprise__credit_code__in=credit_codes).order_by()
    keys = rows.values_list("enterprise__credit_code", "product", "recognised_on", "recognition_list__title")
    return {(code, product, day): title for code, product, day, title in keys}


def found_recognitions(*, kind: str = "", words: str = "") -> QuerySet[EnterpriseRecognition]:
    """Recognitions of a kind, of enterprises whose name or code contains the words; newest first."""
    rows = EnterpriseRecognition.objects.select_related("enterprise", "recognition_list")
    if kind:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(Q(enterprise__name__icontains=words) | Q(enterprise__credit_code__icontains=words))
    return rows.order_by("-recognised_on", "enterprise__credit_code", "pk")
