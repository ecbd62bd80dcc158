"""What core declares to the rest of the house, collected at start."""

from core import permissions
from core.choices import OVERSIGHT, Role
from core.declared import Condition, Declared, MenuEntry, Permission, Sight, register_entry
from core.models import Job, Office, SignInFailure, User

_BUREAU = frozenset({Role.BUREAU})

DECLARED = Declared(
    "core",
    sights=(
        Sight(User, seen_by=OVERSIGHT, changed_by=_BUREAU),
        Sight(Office, seen_by=OVERSIGHT, changed_by=_BUREAU),
        Sight(Job, seen_by=OVERSIGHT | {Role.CITY_PLATFORM}, changed_by=_BUREAU),
        Sight(SignInFailure, seen_by=OVERSIGHT, changed_by=_BUREAU),
    ),
    permissions=(
        Permission(
            "core.view_roles",
            permissions.is_bureau | permissions.is_city_platform | permissions.is_county | permissions.is_auditor,
        ),
    ),
    conditions=(
        Condition(permissions.is_bureau, "市工信局", _BUREAU),
        Condition(permissions.is_city_platform, "市平台", frozenset({Role.CITY_PLATFORM})),
        Condition(permissions.is_county, "县(市、区)工信部门", frozenset({Role.COUNTY})),
        Condition(permissions.is_window, "窗口平台", frozenset({Role.WINDOW})),
        Condition(permissions.is_auditor, "审计监督", frozenset({Role.AUDITOR})),
    ),
    menu=(
        register_entry("system", 30, "账号", User),
        MenuEntry("system", 50, "机关信息", "admin:core_office_changelist", "core.view_office"),
        MenuEntry("system", 60, "后台任务", "admin:core_job_changelist", "core.view_job"),
        MenuEntry("system", 70, "登录锁定", "admin:core_signinfailure_changelist", "core.view_signinfailure"),
    ),
)
