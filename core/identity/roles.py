"""Who may do what, as one readable table: a role, one sentence, its permissions. Object rules stand in each app's
`permissions`; this table answers the admin's questions about whole models."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from core.choices import Role
from core.models import User


@dataclass(frozen=True)
class RoleDescription:
    """What a role may do. `views`, `changes` name models as `app.model`; `*` stands for all models of the desk."""

    sentence: str
    views: frozenset[str]
    changes: frozenset[str]


_REGISTRY = frozenset(
    {
        "platforms.region",
        "platforms.platform",
        "platforms.operator",
        "platforms.operatorterm",
        "platforms.recognition",
    }
)
_ENTERPRISES = frozenset(
    {
        "platforms.enterprise",
        "platforms.recognitionlist",
        "platforms.enterpriserecognition",
        "platforms.servicelist",
        "platforms.servicerecord",
        "platforms.guidance",
    }
)
_COLLECTION = frozenset(
    {
        "evaluation.reportingperiod",
        "evaluation.submission",
        "evaluation.submittedfigure",
        "evaluation.submissionreceipt",
        "evaluation.assessormark",
    }
)
_EVALUATION = frozenset(
    {
        "evaluation.indicatorsystem",
        "evaluation.importbatch",
        "evaluation.ranking",
        "evaluation.scorecard",
        "evaluation.bulletin",
        "evaluation.annualsummary",
    }
)
_REWARDS = frozenset(
    {
        "rewards.rewardstandard",
        "rewards.rewardtier",
        "rewards.reward",
        "rewards.yellowcard",
        "rewards.operatorreplacement",
    }
)
_SYSTEM = frozenset({"core.user", "core.office", "core.job", "platforms.membership", "axes.accessattempt"})

ROLES: dict[str, RoleDescription] = {
    Role.BUREAU: RoleDescription(
        "统筹全市评价:维护登记信息和指标体系,评价市平台,审核发布通报、排名和结果应用。",
        views=_REGISTRY | _ENTERPRISES | _COLLECTION | _EVALUATION | _REWARDS | _SYSTEM,
        changes=_REGISTRY | _SYSTEM | frozenset({"rewards.rewardstandard", "rewards.rewardtier"}),
    ),
    Role.CITY_PLATFORM: RoleDescription(
        "组织窗口平台评价:导入省枢纽数据,编制季通报,为产业集群和县(市、区)窗口平台评分。",
        views=_REGISTRY | _ENTERPRISES | _COLLECTION | _EVALUATION | _REWARDS | frozenset({"core.job"}),
        changes=frozenset(),
    ),
    Role.COUNTY: RoleDescription(
        "指导本县(市、区)的平台:查看本地平台的登记信息和报送情况,写指导意见、催报,不改动数据。",
        views=frozenset(
            {
                "platforms.platform",
                "platforms.operatorterm",
                "platforms.recognition",
                "platforms.servicelist",
                "platforms.servicerecord",
                "platforms.guidance",
                "evaluation.submission",
                "evaluation.submittedfigure",
            }
        ),
        changes=frozenset(),
    ),
    Role.WINDOW: RoleDescription(
        "填报本平台材料:上传年度工作总结,查看本平台结果。", views=frozenset(), changes=frozenset()
    ),
    Role.AUDITOR: RoleDescription(
        "监督全过程:查看全部信息,不能修改。",
        views=_REGISTRY | _ENTERPRISES | _COLLECTION | _EVALUATION | _REWARDS | _SYSTEM,
        changes=frozenset(),
    ),
}

_CHANGING = ("add", "change", "delete", "import")


class RoleBackend(ModelBackend):
    """Signs people in by password and answers whole-model permissions from the table above."""

    def user_can_authenticate(self, user: Any) -> bool:
        today: date = timezone.localdate()
        return super().user_can_authenticate(user) and not user.is_expired_on(today)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        app, _, codename = perm.partition(".")
        verb, _, model = codename.partition("_")
        role = ROLES[user_obj.role]
        name = f"{app}.{model}"
        if verb in ("view", "export"):
            return name in role.views
        return verb in _CHANGING and name in role.changes

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        return any(name.startswith(f"{app_label}.") for name in ROLES[user_obj.role].views)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()
