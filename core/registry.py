"""What core declares to the rest of the house, collected at start."""

from datetime import time

from axes.models import AccessAttempt

from core import permissions, tasks
from core.choices import OVERSIGHT, Role
from core.declared import Condition, Declared, JobKind, MenuEntry, Permission, Sight, register_entry
from core.jobs import Schedule
from core.models import Job, Office, User

_BUREAU = frozenset({Role.BUREAU})

DECLARED = Declared(
    "core",
    sights=(
        Sight(User, seen_by=OVERSIGHT, changed_by=_BUREAU),
        Sight(Office, seen_by=OVERSIGHT, changed_by=_BUREAU),
        Sight(Job, seen_by=OVERSIGHT | {Role.CITY_PLATFORM}, changed_by=_BUREAU),
        Sight(AccessAttempt, seen_by=OVERSIGHT, changed_by=_BUREAU),
    ),
    permissions=(
        Permission(
            "core.view_roles",
            permissions.is_bureau | permissions.is_city_platform | permissions.is_county | permissions.is_auditor,
        ),
        Permission("core.see_damage", permissions.is_bureau | permissions.is_auditor),
        Permission(
            "core.retry_job",
            permissions.has_asked_for_the_job | permissions.is_bureau & permissions.has_been_decided,
        ),
    ),
    conditions=(
        Condition(permissions.has_asked_for_the_job, "提交任务的人", frozenset({Role.BUREAU, Role.CITY_PLATFORM})),
        Condition(permissions.has_been_decided, "已停止、按计划执行或已有决定的任务"),
        Condition(permissions.is_bureau, "市工信局", _BUREAU),
        Condition(permissions.is_city_platform, "市平台", frozenset({Role.CITY_PLATFORM})),
        Condition(permissions.is_county, "县(市、区)工信部门", frozenset({Role.COUNTY})),
        Condition(permissions.is_window, "窗口平台", frozenset({Role.WINDOW})),
        Condition(permissions.is_auditor, "审计监督", frozenset({Role.AUDITOR})),
    ),
    jobs=(JobKind("core.verify_files", "核验全部文件", tasks.verify_files),),
    schedules=(Schedule("verify-files", "核验全部封存文件和上传文件", "core.verify_files", time(2, 30)),),
    menu=(
        register_entry("system", 30, "账号", User),
        MenuEntry("system", 50, "机关信息", "admin:core_office_changelist", "core.view_office"),
        MenuEntry("system", 60, "后台任务", "admin:core_job_changelist", "core.view_job"),
        MenuEntry("system", 65, "定时任务", "desk_schedules", "core.view_job"),
        MenuEntry("system", 70, "登录锁定", "admin:axes_accessattempt_changelist", "axes.view_accessattempt"),
    ),
)
