"""What the indicator systems declare to the rest of the house, collected at start."""

from core.choices import CITY_WIDE
from core.declared import Condition, Declared, MenuEntry, Permission, Sight, Workflow, register_entry
from core.permissions import is_bureau
from evaluation.systems import permissions
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from evaluation.systems.models.indicator_system import TRANSITIONS

DECLARED = Declared(
    "evaluation.systems",
    sights=(Sight(IndicatorSystem, seen_by=CITY_WIDE),),
    permissions=(
        Permission("evaluation.import_system", is_bureau),
        Permission(
            "evaluation.put_system_in_force",
            is_bureau & permissions.has_not_prepared,
            "由市工信局未参与编制的工作人员审核施行",
            second=permissions.has_not_prepared,
            to_the_first="草案由您导入或最后修改,按规定须由另一人审核施行",
        ),
        Permission("evaluation.retire_system", is_bureau, "由市工信局工作人员办理"),
        Permission("evaluation.plan_year", is_bureau),
    ),
    conditions=(Condition(permissions.has_not_prepared, "未参与起草的人"),),
    workflows=(Workflow("指标体系", TRANSITIONS, SystemStatus),),
    menu=(
        MenuEntry("year", 10, "指标体系", "desk_systems", "evaluation.view_indicatorsystem"),
        MenuEntry("year", 20, "重点工作与目标", "desk_plans", "evaluation.view_indicatorsystem"),
        register_entry("records", 30, "全部指标体系", IndicatorSystem),
    ),
)
