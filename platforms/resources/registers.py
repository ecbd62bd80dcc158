"""The tables of operators, their terms, and recognitions."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from import_export.fields import Field

from core.files.excel.cells import text_of
from platforms.choices import Level, RecognitionKind
from platforms.credit_code import clean_credit_code
from platforms.models import Operator, OperatorTerm, Platform, Recognition
from platforms.resources.base import Row, TableResource
from platforms.resources.cells import (
    Choice,
    Day,
    Registered,
    Required,
    RequiredCreditCode,
    RequiredDay,
    Text,
)

_UNKNOWN_PLATFORM = "没有这个编码的平台,请先在“平台登记”中登记"
_UNKNOWN_OPERATOR = "没有这个统一社会信用代码的运营单位,请先在“运营单位”中登记"


def _platform_code() -> Field:
    return Field("platform", "平台编码", Registered(Platform, "code", _UNKNOWN_PLATFORM))


class NamedResource(TableResource):
    """Names are exported for the reader. An import goes by the codes; a name that disagrees is a fault."""

    names: dict[str, str] = {}

    def row_errors(self, instance: Any, row: Row, faulty: set[str]) -> dict[str, list[ValidationError]]:
        errors = {}
        for name, owner in self.names.items():
            field = self.fields[name]
            given = text_of(row.get(field.column_name))
            if owner not in faulty and given and given != (registered := field.get_value(instance)):
                errors[field.attribute] = [ValidationError(f"与登记的名称不一致;应为:{registered}")]
        return errors


class OperatorResource(TableResource):
    name = Field("name", "运营单位", Required())
    credit_code = Field("credit_code", "统一社会信用代码", RequiredCreditCode())

    required = ("运营单位", "统一社会信用代码")

    class Meta(TableResource.Meta):
        model = Operator
        name = "运营单位"
        import_id_fields = ["credit_code"]
        fields = ("name", "credit_code")


class OperatorTermResource(NamedResource):
    """A term is known by its platform and first day. Rows are taken in the order of the file: close a term before the
    row that begins the next."""

    platform_code = _platform_code()
    platform_name = Field("platform__name", "平台名称", Text(), readonly=True)
    operator = Field("operator__name", "运营单位", Text(), readonly=True)
    credit_code = Field(
        "operator",
        "统一社会信用代码",
        Registered(Operator, "credit_code", _UNKNOWN_OPERATOR, clean_credit_code),
    )
    starts_on = Field("stated_starts_on", "起始日", RequiredDay())
    ends_on = Field("stated_ends_on", "结束日(不含)", Day())

    required = ("平台编码", "统一社会信用代码", "起始日")
    names = {"platform_name": "platform", "operator": "operator"}

    class Meta(TableResource.Meta):
        model = OperatorTerm
        name = "运营期"
        import_id_fields = ["platform_code", "starts_on"]
        fields = ("platform_code", "platform_name", "operator", "credit_code", "starts_on", "ends_on")

    def dehydrate_starts_on(self, term: OperatorTerm) -> str:
        return Day().render(term.starts_on if term.term else None)

    def dehydrate_ends_on(self, term: OperatorTerm) -> str:
        return Day().render(term.ends_on if term.term else None)

    def stored(self, row: Row) -> OperatorTerm | None:
        code, start = self.cell(row, "platform_code"), self.cell(row, "starts_on")
        terms = OperatorTerm.objects.filter(platform__code=code).select_related("platform", "operator")
        return next((term for term in terms if Day().render(term.starts_on) == start), None)

    def row_errors(self, instance: Any, row: Row, faulty: set[str]) -> dict[str, list[ValidationError]]:
        """Also puts the term together; one that cannot be is left out of the model's own checks."""
        errors = super().row_errors(instance, row, faulty)
        if faulty & {"stated_starts_on", "stated_ends_on"}:
            return errors | {"term": []}
        start, end = instance.stated_starts_on, self._end(instance)
        if end is not None and end <= start:
            return errors | {"term": [], "stated_ends_on": [ValidationError("结束日(不含)应晚于起始日")]}
        instance.term = DateRange(start, end)
        return errors

    def _end(self, instance: Any) -> Any:
        """A table without the column leaves the end as it is."""
        return getattr(instance, "stated_ends_on", instance.ends_on if instance.term else None)

    def skip_row(self, instance: Any, original: Any, row: object, import_validation_errors: object = None) -> bool:
        if import_validation_errors or original.pk is None:
            return False
        return bool((instance.operator_id, instance.term) == (original.operator_id, original.term))


class RecognitionResource(NamedResource):
    """A recognition is known by platform, kind, day and document number."""

    platform_code = _platform_code()
    platform_name = Field("platform__name", "平台名称", Text(), readonly=True)
    kind = Field("kind", "类别", Choice(RecognitionKind))
    level = Field("level", "级别", Choice(Level))
    recognised_on = Field("recognised_on", "认定(验收)日期", RequiredDay())
    authority = Field("authority", "认定(验收)机关", Text())
    document_number = Field("document_number", "文号", Text())
    valid_until = Field("valid_until", "有效期至", Day())

    required = ("平台编码", "类别", "级别", "认定(验收)日期")
    more_key = ("document_number",)
    names = {"platform_name": "platform"}

    class Meta(TableResource.Meta):
        model = Recognition
        name = "认定与验收"
        import_id_fields = ["platform_code", "kind", "recognised_on"]
        fields = (
            "platform_code",
            "platform_name",
            "kind",
            "level",
            "recognised_on",
            "authority",
            "document_number",
            "valid_until",
        )

    def stored(self, row: Row) -> Recognition | None:
        """The one with this document number, else the one that has no number yet: its number is being filled in. A
        table without the column means the only one of that day."""
        labels = {str(label): value for value, label in RecognitionKind.choices}
        found = Recognition.objects.filter(
            platform__code=self.cell(row, "platform_code"), kind=labels.get(self.cell(row, "kind"), "")
        ).select_related("platform")
        day, number = self.cell(row, "recognised_on"), self.cell(row, "document_number")
        same_day = {each.document_number: each for each in found if Day().render(each.recognised_on) == day}
        if self.fields["document_number"].column_name not in row and len(same_day) == 1:
            return next(iter(same_day.values()))
        return same_day.get(number) or same_day.get("")
