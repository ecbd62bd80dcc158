"""Indicator systems on the desk: found, filtered and read; every step is taken on the workflow pages."""

from django.contrib import admin

from core.scoped_admin import WorkflowRecordAdmin
from evaluation.systems.models import IndicatorSystem


@admin.register(IndicatorSystem)
class IndicatorSystemAdmin(WorkflowRecordAdmin):
    workflow_page = "desk_system"
    list_display = ("code", "version", "platform_type", "status", "imported_at", "workflow")
    list_filter = ("platform_type", "status")
    search_fields = ("code",)
    search_help_text = "按体系代码查找"
    fields = (
        "workflow",
        "code",
        "version",
        "platform_type",
        "status",
        "sha256",
        "imported_at",
        "imported_by",
        "in_force_at",
        "in_force_by",
        "retired_at",
        "retired_by",
    )
    readonly_fields = ("workflow",)
