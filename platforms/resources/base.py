"""What all registry tables share: headings are checked first, every faulty cell is found, one fault refuses all."""

from collections import Counter
from typing import Any, ClassVar

import tablib
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from import_export import resources
from import_export.results import Error, Result

from core.files.excel.cells import Cell, text_of

Row = dict[str, Cell]
"""The cells of one row of a table by their heading."""


class RowDiff(resources.Diff):
    """Old and new value of each cell for the preview, as plain markup: the library's has style attributes."""

    def __init__(self, resource: resources.ModelResource, instance: Any, new: bool) -> None:
        self.left = self._exported(resource, instance)
        self.right: list[str] = []
        self.new = new

    def compare_with(self, resource: resources.ModelResource, instance: object) -> None:
        self.right = self._exported(resource, instance)

    @staticmethod
    def _exported(resource: resources.ModelResource, instance: object) -> list[str]:
        """As an export would show the row, so that old and new are both read from the registry."""
        return [resource.export_field(field, instance) or "" for field in resource.get_import_fields()]

    def as_html(self) -> list[str]:
        return [
            str(new)
            if old == new
            else format_html("<del>{}</del> <ins>{}</ins>", old, new)
            if old
            else format_html("<ins>{}</ins>", new)
            for old, new in zip(self.left, self.right, strict=True)
        ]


class TableResource(resources.ModelResource):
    """A model's table. Its import id fields, and those of `more_key`, are the key; a key may stand in one row only."""

    required: ClassVar[tuple[str, ...]] = ()
    aliases: ClassVar[dict[str, str]] = {}
    more_key: ClassVar[tuple[str, ...]] = ()  # columns that may be left out

    class Meta:
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        use_transactions = True

    @classmethod
    def columns(cls) -> dict[str, str]:
        """Attribute of each field → its column name."""
        return {cls.fields[name].attribute: cls.fields[name].column_name for name in cls._meta.fields}

    def after_import(self, dataset: tablib.Dataset, result: Result, **options: Any) -> None:
        """Nothing: the library would reset sequences, which the run-time role may not, and our tables never set ids."""

    @classmethod
    def get_diff_class(cls) -> type[RowDiff]:
        return RowDiff

    def import_data(self, dataset: tablib.Dataset, *arguments: Any, **options: object) -> Result:
        """As the library's, all or nothing: any fault rolls every row back."""
        dataset.headers = [self.aliases.get(heading, heading) for heading in dataset.headers or ()]
        problem = self._heading_problem(set(dataset.headers))
        if problem:
            result = Result()
            result.append_base_error(Error(ValueError(problem)))
            return result
        self._key_counts = Counter(map(self._key, dataset.dict))
        return super().import_data(dataset, *arguments, **options | {"rollback_on_validation_errors": True})

    def _heading_problem(self, headings: set[str]) -> str:
        known = list(self.columns().values())
        missing = [column for column in self.required if column not in headings]
        unknown = sorted(headings - set(known))
        problems = [f"缺少列:{'、'.join(missing)}"] if missing else []
        problems += [f"多出不认识的列:{'、'.join(unknown)};可用的列:{'、'.join(known)}"] if unknown else []
        return ";".join(problems)

    def import_instance(self, instance: Any, row: Row, **options: object) -> None:
        """Every faulty cell of the row at once, a repeated key among them."""
        errors: dict[str, Any] = {}
        try:
            super().import_instance(instance, row, **options)
        except ValidationError as found:
            errors = found.update_error_dict(errors)
        errors |= self.row_errors(instance, row, set(errors))
        first = self.fields[self._meta.import_id_fields[0]].attribute
        if first not in errors and self._key_counts[self._key(row)] > 1:
            errors[first] = [ValidationError("在文件中出现多次")]
        if errors:
            raise ValidationError(errors)

    def row_errors(self, instance: Any, row: Row, faulty: set[str]) -> dict[str, list[ValidationError]]:
        """Faults between the cells of one row, by attribute; `faulty` cells could not be read."""
        return {}

    def get_or_init_instance(self, instance_loader: object, row: Row) -> tuple[object, bool]:
        """The stored row with this key, or a new one; an empty key is reported with the other cells."""
        instance = self.stored(row)
        return (instance, False) if instance else (self.init_instance(row), True)

    def stored(self, row: Row) -> Any:
        """The stored row that this row of the table is about, None for a new one."""
        (name,) = self._meta.import_id_fields
        return self._meta.model.objects.filter(**{self.fields[name].attribute: self.cell(row, name)}).first()

    def cell(self, row: Row, name: str) -> str:
        """A cell as it would be stored and exported, so that 2020/3/1 is 2020-03-01; an unreadable one as it stands."""
        field = self.fields[name]
        value = row.get(field.column_name)
        try:
            return str(field.widget.render(field.widget.clean(value)))
        except ValueError:
            return text_of(value)

    def _key(self, row: Row) -> tuple[str, ...]:
        return tuple([self.cell(row, name) for name in (*self._meta.import_id_fields, *self.more_key)])
