"""What the indicator systems declare to the rest of the house, collected at start."""

from core.choices import CITY_WIDE
from core.declared import Condition, Declared, MenuEntry, Sight, Workflow, register_entry
from evaluation import permissions
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from evaluation.systems.models.indicator_system import TRANSITIONS

DECLARED = Declared(
    "evaluation.systems",
    sights=(Sight(IndicatorSystem, seen_by=CITY_WIDE),),
    conditions=(Condition(permissions.has_not_prepared, "未参与起草的人"),),
    workflows=(Workflow("指标体系", TRANSITIONS, SystemStatus),),
    menu=(
        MenuEntry("year", 10, "指标体系", "desk_systems", "evaluation.view_indicatorsystem"),
        MenuEntry("year", 20, "重点工作与目标", "desk_plans", "evaluation.view_indicatorsystem"),
        register_entry("records", 30, "全部指标体系", IndicatorSystem),
    ),
)
