"""Changes to the registry that touch more than one model. Single rows are edited in the admin's forms."""

from dataclasses import dataclass
from datetime import date

import pghistory
import tablib
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from core.errors import Refusal
from core.models import User
from platforms.choices import ADMITTING_LEVEL
from platforms.models import Operator, OperatorTerm, Platform, Recognition
from platforms.queries import overlapping_term
from platforms.resources import (
    OperatorResource,
    OperatorTermResource,
    PlatformResource,
    RecognitionResource,
    RegionResource,
    Registration,
    result_faults,
)
from platforms.resources.base import TableResource


@dataclass(frozen=True)
class ImportCounts:
    """What a table changed, in rows."""

    added: int
    changed: int
    unchanged: int

    def __str__(self) -> str:
        return f"新增{self.added}条,更新{self.changed}条,未变{self.unchanged}条"


def import_platforms(*, dataset: tablib.Dataset, by: User | None) -> ImportCounts:
    """Take a table of platforms in whole, with operators, their terms and acceptance days; the same table again changes
    nothing. Raises `Refusal` with every faulty cell (row, column), and then nothing was changed."""
    return _import_table(PlatformResource(register=register_platform), dataset, by)


def import_regions(*, dataset: tablib.Dataset, by: User | None) -> ImportCounts:
    """Take a table of regions in whole, statutory or not. Raises `Refusal` with every faulty cell."""
    return _import_table(RegionResource(), dataset, by)


def import_operators(*, dataset: tablib.Dataset, by: User | None) -> ImportCounts:
    """Take a table of operators in whole, known by their credit codes. Raises `Refusal` with every faulty cell."""
    return _import_table(OperatorResource(), dataset, by)


def import_operator_terms(*, dataset: tablib.Dataset, by: User | None) -> ImportCounts:
    """Take a table of terms in whole; platforms and operators must be registered, terms of a platform cannot overlap.
    Raises `Refusal` with every faulty cell."""
    return _import_table(OperatorTermResource(), dataset, by)


def import_recognitions(*, dataset: tablib.Dataset, by: User | None) -> ImportCounts:
    """Take a table of recognitions and acceptances in whole. Raises `Refusal` with every faulty cell."""
    return _import_table(RecognitionResource(), dataset, by)


def _import_table(resource: TableResource, dataset: tablib.Dataset, by: User | None) -> ImportCounts:
    with pghistory.context(user=by.pk if by else None, step="导入登记表"):
        result = resource.import_data(dataset, dry_run=False)
    faults = result_faults(result, resource.columns())
    if faults:
        raise Refusal(faults)
    return ImportCounts(result.totals["new"], result.totals["update"], result.totals["skip"])


def register_platform(platform: Platform, stated: Registration) -> None:
    """Write what a table row says about a platform's acceptance and operator. Raises ValidationError by attribute."""
    if stated.accepted_on:
        _register_acceptance(platform, stated.accepted_on)
    if stated.names_operator and stated.operator_since:
        operator = _named_operator(stated.operator_name, stated.credit_code)
        _register_term(platform, operator, stated.operator_since)


def _register_acceptance(platform: Platform, day: date) -> None:
    """One registered day is corrected; where several are registered only a person can say which is meant."""
    registered = list(platform.recognitions.filter(kind=platform.admitting_kind))
    if day in {recognition.recognised_on for recognition in registered}:
        return
    if len(registered) > 1:
        raise ValidationError({"stated_accepted_on": "该平台登记有多次认定(验收),请在“认定与验收”中修改"})
    kind = platform.admitting_kind
    recognition = (
        registered[0] if registered else Recognition(platform=platform, kind=kind, level=ADMITTING_LEVEL[kind])
    )
    recognition.recognised_on = day
    try:
        recognition.full_clean()
    except ValidationError as error:
        raise ValidationError({"stated_accepted_on": error.messages}) from None
    recognition.save()


def _named_operator(name: str, credit_code: str) -> Operator:
    operator, added = Operator.objects.get_or_create(credit_code=credit_code, defaults={"name": name})
    if not added and operator.name != name:
        operator.name = name
        operator.save()
    return operator


def _register_term(platform: Platform, operator: Operator, start: date) -> None:
    other = overlapping_term(platform, start, None)
    if other is None:
        term = OperatorTerm(platform=platform, operator=operator, term=DateRange(start, None))
        term.full_clean()
        term.save()
    elif (other.operator_id, other.starts_on) != (operator.pk, start):
        message = (
            f"同一平台的运营期不能重叠:已登记“{other.operator.name}”自{other.starts_on}起运营,"
            "请先在“运营期”中填写其结束日期"
        )
        raise ValidationError({"stated_operator_since": message})
