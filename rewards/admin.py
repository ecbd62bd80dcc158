"""The year's reward standard on the desk. Consequences themselves are decided on the pages of `rewards.views.desk`."""

from typing import TYPE_CHECKING

from django.contrib import admin

from rewards.models import RewardStandard, RewardTier

if TYPE_CHECKING:
    Inline = admin.TabularInline[RewardTier, RewardStandard]
    ModelAdmin = admin.ModelAdmin[RewardStandard]
else:  # Django's classes take no type arguments when they run
    Inline, ModelAdmin = admin.TabularInline, admin.ModelAdmin


class RewardTierInline(Inline):
    model = RewardTier
    extra = 0
    min_num = 1


@admin.register(RewardStandard)
class RewardStandardAdmin(ModelAdmin):
    list_display = ["year", "platform_type", "basis"]
    list_filter = ["year", "platform_type"]
    inlines = [RewardTierInline]
