"""Operators, their terms and recognitions on the desk."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.scoped_admin import ScopedAdmin
from platforms.actions import import_operator_terms, import_operators, import_recognitions
from platforms.admin.tables import TableImportExport
from platforms.forms import OperatorForm, OperatorTermForm
from platforms.models import Operator, OperatorTerm, Recognition
from platforms.resources import OperatorResource, OperatorTermResource, RecognitionResource


@admin.register(Operator)
class OperatorAdmin(TableImportExport, ScopedAdmin):
    resource_classes = [OperatorResource]
    import_table = staticmethod(import_operators)
    form = OperatorForm
    list_display = ("name", "credit_code")
    search_fields = ("name", "credit_code")
    search_help_text = "按运营单位名称或统一社会信用代码查找"


class TermDays:
    """The two days of a term, also for people who may only read it: the library would print a range its own way."""

    read_fields: tuple[str, ...] = ("operator", "first_day", "end_day")

    @admin.display(description="起始日", ordering="term")
    def first_day(self, term: OperatorTerm) -> date | str:
        return term.starts_on or "—"

    @admin.display(description="结束日(不含)")
    def end_day(self, term: OperatorTerm) -> date | str:
        return term.ends_on or "运营中"  # in words: the library prints "None" for a day that is not there

    def get_fields(self, request: HttpRequest, obj: object = None) -> Any:
        if self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return super().get_fields(request, obj)  # type: ignore[misc]
        return self.read_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("first_day", "end_day")


@admin.register(OperatorTerm)
class OperatorTermAdmin(TermDays, TableImportExport, ScopedAdmin):
    resource_classes = [OperatorTermResource]
    import_table = staticmethod(import_operator_terms)
    form = OperatorTermForm
    fields = ("platform", "operator", "term")
    read_fields = ("platform", "operator", "first_day", "end_day")
    list_display = ("platform", "operator", "first_day", "end_day")
    list_select_related = ("platform", "operator")
    list_filter = ("platform__platform_type",)
    search_fields = ("platform__code", "platform__name", "operator__name")
    search_help_text = "按平台或运营单位查找"


@admin.register(Recognition)
class RecognitionAdmin(TableImportExport, ScopedAdmin):
    resource_classes = [RecognitionResource]
    import_table = staticmethod(import_recognitions)
    list_display = ("platform", "kind", "level", "recognised_on", "authority", "document_number", "valid_until")
    list_select_related = ("platform",)
    list_filter = ("kind", "level", "platform__platform_type")
    search_fields = ("platform__code", "platform__name", "authority", "document_number")
    search_help_text = "按平台、机关或文号查找"
