"""The year's reward standard on the desk. Consequences themselves are decided on the pages of `rewards.views.desk`."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import HttpRequest

from core.versioned_admin import VersionedAdmin
from rewards.consequences.facts import points_text
from rewards.models import RewardStandard, RewardTier

if TYPE_CHECKING:
    Inline = admin.TabularInline[RewardTier, RewardStandard]
else:  # Django's classes take no type arguments when they run
    Inline = admin.TabularInline


class RewardTierInline(Inline):
    model = RewardTier
    extra = 0
    min_num = 1
    readonly_fields = ["printed_bound"]

    def get_fields(self, request: HttpRequest, obj: RewardStandard | None = None) -> tuple[str, ...]:
        """Whoever may only look sees the bound as it is printed, not with the decimals of its column."""
        return "name", "lower_bound" if self.has_change_permission(request, obj) else "printed_bound", "amount"

    @admin.display(description="总分下限(含)")
    def printed_bound(self, tier: RewardTier) -> str:
        return points_text(tier.lower_bound)


@admin.register(RewardStandard)
class RewardStandardAdmin(VersionedAdmin):
    list_display = ["year", "platform_type", "basis"]
    list_filter = ["year", "platform_type"]
    inlines = [RewardTierInline]
