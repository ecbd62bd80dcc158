"""The roles, each in one sentence, and the backend that answers whole-model permissions. Which models a role sees and
changes is declared by the app or slice that the model belongs to (`core.declared.Sight`); object rules stand in each
app's `permissions`."""

from datetime import date
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from core.choices import Role, SignInStep
from core.declared import house
from core.identity import limits
from core.identity.slots import SLOTS
from core.models import User

SENTENCES: dict[Role, str] = {
    Role.BUREAU: "统筹全市评价:维护登记信息和指标体系,评价市平台,审核发布通报、排名和结果应用。",
    Role.CITY_PLATFORM: "组织窗口平台评价:导入省枢纽数据,编制季通报,为产业集群和县(市、区)窗口平台评分。",
    Role.COUNTY: "指导本县(市、区)的平台:查看本地平台的登记信息和报送情况,写指导意见、催报,不改动数据。",
    Role.WINDOW: "填报本平台材料:上传年度工作总结,查看本平台结果。",
    Role.AUDITOR: "监督全过程:查看全部信息,不能修改。",
}

_SEEING = ("view", "export")
_CHANGING = ("add", "change", "delete", "import")


class RoleBackend(ModelBackend):
    """Signs people in by password and answers whole-model permissions from what was declared."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **more: Any
    ) -> User | None:
        """The right account or None. `TooSoon` and `Busy` come before anything is hashed, and alike for a name that
        nobody has."""
        if request is None or not username or password is None:
            return None
        attempt = limits.attempt_of(request, SignInStep.PASSWORD, username)
        limits.check(attempt)
        with SLOTS.taken(is_known=limits.is_at_home(attempt)):
            limits.begin(attempt)
            found = super().authenticate(request, username=username, password=password, **more)
        if found is not None:
            limits.forgive(attempt)
        return found

    def user_can_authenticate(self, user: Any) -> bool:
        today: date = timezone.localdate()
        return super().user_can_authenticate(user) and not user.is_expired_on(today)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        app, _, codename = perm.partition(".")
        verb, _, model = codename.partition("_")
        sight = house().sights.get(f"{app}.{model}")
        if sight is None:
            return False
        if verb in _SEEING:
            return user_obj.role in sight.seen_by
        return verb in _CHANGING and user_obj.role in sight.changed_by

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        if not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        return any(name.startswith(f"{app_label}.") for name in house().seen_by(user_obj.role))

    def get_all_permissions(self, user_obj: Any, obj: object = None) -> set[str]:
        return set()
