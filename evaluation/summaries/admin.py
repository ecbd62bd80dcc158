"""Annual summaries on the desk: found, filtered and read; nothing is changed here."""

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.scoped_admin import WorkflowRecordAdmin
from evaluation.summaries.models import AnnualSummary


@admin.register(AnnualSummary)
class AnnualSummaryAdmin(WorkflowRecordAdmin):
    workflow_page = "desk_summary"
    list_display = ("platform", "year", "version", "receipt_number", "received_at", "lateness", "workflow")
    list_filter = ("year", "is_late")
    list_select_related = ("platform",)
    search_fields = ("platform__code", "platform__name", "receipt_number")
    search_help_text = "按平台或回执编号查找"
    fields = (
        "workflow",
        "platform",
        "year",
        "version",
        "receipt_number",
        "received_at",
        "lateness",
        "submitted_by",
    )
    readonly_fields = ("workflow", "lateness")

    @admin.display(description="是否逾期", ordering="is_late")
    def lateness(self, summary: AnnualSummary) -> str:
        return "逾期" if summary.is_late else "按时"

    @admin.display(description="文件")
    def workflow(self, record: Model) -> SafeString:
        return format_html('<a href="{}">查看</a>', reverse(self.workflow_page, args=[record.pk]))
