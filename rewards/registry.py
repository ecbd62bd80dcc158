"""What the consequences of the results declare to the rest of the house, collected at start."""

from core.choices import CITY_WIDE, Role
from core.declared import Condition, Declared, JobKind, MenuEntry, Permission, Sight, Workflow, register_entry
from core.permissions import is_auditor, is_bureau, is_city_platform
from rewards import models, permissions, tasks
from rewards.choices import ProposalStatus
from rewards.models.consequences import TRANSITIONS

_BUREAU = frozenset({Role.BUREAU})

DECLARED = Declared(
    "rewards",
    sights=(
        Sight(models.RewardStandard, seen_by=CITY_WIDE, changed_by=_BUREAU),
        Sight(models.RewardTier, seen_by=CITY_WIDE, changed_by=_BUREAU),
        Sight(models.Reward, seen_by=CITY_WIDE),
        Sight(models.YellowCard, seen_by=CITY_WIDE),
        Sight(models.OperatorReplacement, seen_by=CITY_WIDE),
    ),
    permissions=(
        Permission("rewards.view_consequences", is_bureau | is_city_platform | is_auditor),
        Permission("rewards.propose_consequences", is_bureau | is_city_platform),
        Permission("rewards.decide_proposal", is_bureau & permissions.has_prepared_nothing),
    ),
    conditions=(Condition(permissions.has_prepared_nothing, "没有参与导入数据、评分、制定标准、提出建议的人"),),
    workflows=(Workflow("奖励、黄牌警告、更换运营单位建议", TRANSITIONS, ProposalStatus),),
    jobs=(
        JobKind("rewards.propose_consequences", "推算结果应用建议", tasks.propose, start_page="desk_consequences"),
        JobKind(
            "rewards.write_letter", "生成函件", tasks.write_letter, start_page="desk_consequences", carries_out=True
        ),
    ),
    menu=(
        MenuEntry("year", 90, "结果应用", "desk_consequences", "rewards.view_consequences"),
        register_entry("year", 100, "奖励标准", models.RewardStandard),
    ),
)
