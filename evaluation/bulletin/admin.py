"""Bulletins on the desk: found, filtered and read; every step is taken on the workflow pages."""

from django.contrib import admin

from core.scoped_admin import WorkflowRecordAdmin
from evaluation.bulletin.models import Bulletin


@admin.register(Bulletin)
class BulletinAdmin(WorkflowRecordAdmin):
    workflow_page = "desk_bulletin"
    list_display = ("__str__", "status", "serial_number", "issued_on", "workflow")
    list_filter = ("year", "status")
    fields = (
        "workflow",
        "year",
        "quarter",
        "status",
        "serial_number",
        "issued_on",
        "problems",
        "requirements",
        "compiled_at",
        "compiled_by",
        "issued_at",
        "issued_by",
    )
    readonly_fields = ("workflow",)
