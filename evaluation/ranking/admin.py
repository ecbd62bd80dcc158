"""Rankings and scorecards on the desk: found, filtered and read; every step is taken on the workflow pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpRequest

from core.scoped_admin import WorkflowRecordAdmin
from core.templatetags.site import decimals
from evaluation.ranking.models import Ranking, Scorecard


@admin.register(Ranking)
class RankingAdmin(WorkflowRecordAdmin):
    workflow_page = "desk_ranking"
    list_display = ("year", "platform_type", "edition", "status", "scored_at", "scored_by", "workflow")
    list_display_links = ("year", "platform_type")
    list_filter = ("year", "platform_type", "status")
    list_select_related = ("scored_by",)
    fields = (
        "workflow",
        "year",
        "platform_type",
        "edition",
        "status",
        "system",
        "bundle_sha256",
        "scored_at",
        "scored_by",
    )
    readonly_fields = ("workflow", "bundle_sha256")

    @admin.display(description="评价数据包SHA-256")
    def bundle_sha256(self, ranking: Ranking) -> str:
        return ranking.bundle_id or ""


@admin.register(Scorecard)
class ScorecardAdmin(WorkflowRecordAdmin):
    workflow_page = "desk_scorecard"
    list_display = ("platform", "ranking", "rank", "printed_total", "workflow")
    list_filter = ("ranking__year", "ranking__platform_type")
    list_select_related = ("platform", "ranking")
    search_fields = ("platform__code", "platform__name")
    search_help_text = "按平台编码或名称查找"
    fields = ("workflow", "platform", "ranking", "rank", "position", "printed_total")
    readonly_fields = ("workflow", "printed_total")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The list needs none of the 5 KB that each scorecard says."""
        printed = KeyTextTransform("total_decimals", "ranking__system__definition")
        cards: QuerySet[Any] = super().get_queryset(request).defer("detail", "sources").annotate(total_decimals=printed)
        return cards

    @admin.display(description="总分", ordering="total")
    def printed_total(self, card: Any) -> str:
        return decimals(card.total, card.total_decimals)
