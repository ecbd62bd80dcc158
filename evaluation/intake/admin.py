"""Import batches on the desk: found, filtered and read; nothing is changed here."""

from django.contrib import admin

from core.scoped_admin import WorkflowRecordAdmin
from evaluation.intake.models import ImportBatch


@admin.register(ImportBatch)
class ImportBatchAdmin(WorkflowRecordAdmin):
    workflow_page = "desk_batch"
    list_display = ("file_name", "kind", "year", "quarter", "status", "imported_at", "imported_by", "workflow")
    list_filter = ("kind", "status", "year")
    list_select_related = ("imported_by",)
    search_fields = ("file_name",)
    search_help_text = "按文件名查找"
    fields = (
        "workflow",
        "file_name",
        "kind",
        "year",
        "quarter",
        "status",
        "file_sha256",
        "replaces",
        "row_count",
        "figure_count",
        "imported_at",
        "imported_by",
    )
    readonly_fields = ("workflow", "file_sha256")

    @admin.display(description="原文件SHA-256")
    def file_sha256(self, batch: ImportBatch) -> str:
        return batch.file_id
