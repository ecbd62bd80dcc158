"""Platforms and regions on the desk."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from core.scoped_admin import ScopedAdmin
from platforms.actions import import_platforms, import_regions, register_platform
from platforms.admin.operators import TermDays
from platforms.admin.tables import TableImportExport
from platforms.forms import OperatorTermForm, OperatorTermFormSet
from platforms.models import Operator, OperatorTerm, Platform, Recognition, Region
from platforms.pinyin import sort_key
from platforms.queries import term_on, with_accepted_on, with_registration
from platforms.resources import PlatformResource, RegionResource


class OperatorTermInline(TermDays, admin.TabularInline):  # type: ignore[type-arg]
    model = OperatorTerm
    form = OperatorTermForm
    formset = OperatorTermFormSet
    fields = ("operator", "term")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[OperatorTerm]:
        return super().get_queryset(request).select_related("operator", "platform")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """The list of operators is read once for all rows of the page."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **options)
        field.choices = list(field.choices)
        return field


class RecognitionInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Recognition
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Recognition]:
        return super().get_queryset(request).select_related("platform")


@admin.register(Platform)
class PlatformAdmin(TableImportExport, ScopedAdmin):
    resource_classes = [PlatformResource]
    import_table = staticmethod(import_platforms)
    also_imported = (Operator, OperatorTerm, Recognition)
    list_display = ("code", "name", "platform_type", "region", "operator_now", "accepted", "contact_person")
    list_display_links = ("code", "name")
    list_filter = ("platform_type", "region")
    search_fields = ("code", "name", "operator_terms__operator__name", "contact_person")
    search_help_text = "按平台编码、平台名称、运营单位或联系人查找"
    fields = (
        "code",
        "name",
        "platform_type",
        "region",
        "service_field",
        "contact_person",
        "contact_phone",
    )
    inlines = (OperatorTermInline, RecognitionInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Platform]:
        return with_accepted_on(with_registration(super().get_queryset(request)))

    def get_readonly_fields(self, request: HttpRequest, obj: Platform | None = None) -> tuple[str, ...]:
        """The code names a platform for good."""
        return ("code",) if obj else ()

    def get_inlines(self, request: HttpRequest, obj: Platform | None) -> Any:
        """Terms and recognitions are entered once the platform is stored."""
        return self.inlines if obj else ()

    def save_model(self, request: HttpRequest, obj: Platform, form: Any, change: bool) -> None:
        obj.sort_key = sort_key(obj.name)
        super().save_model(request, obj, form, change)

    def get_import_resource_kwargs(self, request: HttpRequest, **_: Any) -> dict[str, Any]:
        return {"register": register_platform}

    @admin.display(description="运营单位")
    def operator_now(self, platform: Platform) -> str:
        term = term_on(platform, timezone.localdate())
        return term.operator.name if term else ""

    @admin.display(description="认定(验收)日期", ordering="accepted_date")
    def accepted(self, platform: Any) -> date | None:
        day: date | None = platform.accepted_date
        return day


@admin.register(Region)
class RegionAdmin(TableImportExport, ScopedAdmin):
    resource_classes = [RegionResource]
    import_table = staticmethod(import_regions)
    list_display = ("code", "name", "kind")
    list_display_links = ("code", "name")
    list_filter = ("kind",)
    search_fields = ("code", "name")
    search_help_text = "按区划代码或名称查找"
