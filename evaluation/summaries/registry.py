"""What the annual summaries declare to the rest of the house, collected at start."""

from core.choices import CITY_WIDE
from core.declared import Declared, MenuEntry, Sight, register_entry
from evaluation.summaries.models import AnnualSummary

DECLARED = Declared(
    "evaluation.summaries",
    sights=(Sight(AnnualSummary, seen_by=CITY_WIDE),),
    menu=(
        MenuEntry("year", 50, "年度工作总结", "desk_summaries", "evaluation.view_annualsummary"),
        register_entry("records", 60, "全部工作总结", AnnualSummary),
    ),
)
