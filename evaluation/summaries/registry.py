"""What the annual summaries declare to the rest of the house, collected at start."""

from core.choices import CITY_WIDE
from core.declared import Declared, MenuEntry, Permission, Sight, register_entry
from core.permissions import is_window
from evaluation.summaries.models import AnnualSummary
from platforms.permissions import is_own_platform

DECLARED = Declared(
    "evaluation.summaries",
    sights=(Sight(AnnualSummary, seen_by=CITY_WIDE),),
    permissions=(Permission("evaluation.submit_summary", is_window & is_own_platform),),
    menu=(
        MenuEntry("year", 50, "年度工作总结", "desk_summaries", "evaluation.view_annualsummary"),
        register_entry("records", 60, "全部工作总结", AnnualSummary),
    ),
)
