"""What core declares to the rest of the house, collected at start."""

from datetime import time

from core import permissions, tasks
from core.choices import OVERSIGHT, ChangeStatus, Role
from core.declared import Answer, Condition, Declared, JobKind, MenuEntry, Permission, Sight, Workflow, register_entry
from core.identity.change_kinds import CHANGE_KINDS
from core.identity.changes import KINDS
from core.jobs import Schedule
from core.models import ChangeRequest, Job, Office, SignIn, SignInFailure, User
from core.models.change_request import TRANSITIONS

_BUREAU = frozenset({Role.BUREAU})
EVERYBODY_WHO_ASKS = frozenset({Role.BUREAU, Role.CITY_PLATFORM, Role.COUNTY})

DECLARED = Declared(
    "core",
    sights=(
        Sight(User, seen_by=OVERSIGHT, changed_by=_BUREAU),
        Sight(Office, seen_by=OVERSIGHT, changed_by=_BUREAU),
        Sight(ChangeRequest, seen_by=OVERSIGHT | {Role.CITY_PLATFORM, Role.COUNTY}),
        Sight(Job, seen_by=OVERSIGHT | {Role.CITY_PLATFORM}, changed_by=_BUREAU),
        Sight(SignIn, seen_by=OVERSIGHT),
        Sight(SignInFailure, seen_by=OVERSIGHT, changed_by=_BUREAU),
    ),
    permissions=(
        Permission(
            "core.view_roles",
            permissions.is_bureau | permissions.is_city_platform | permissions.is_county | permissions.is_auditor,
        ),
        Permission("core.ask_change", permissions.is_bureau | permissions.is_city_platform | permissions.is_county),
        Permission(
            "core.decide_change",
            permissions.is_bureau & permissions.has_not_asked & permissions.is_not_concerned,
            "由市工信局的另一人确认,申请人和涉及的本人不确认",
        ),
        Permission("core.withdraw_change", permissions.has_asked, "由申请人撤回"),
        Permission("core.see_damage", permissions.is_bureau | permissions.is_auditor),
        Permission(
            "core.retry_job",
            permissions.has_asked_for_the_job | permissions.is_bureau & permissions.has_been_decided,
        ),
    ),
    conditions=(
        Condition(permissions.has_asked, "申请人", EVERYBODY_WHO_ASKS),
        Condition(permissions.has_not_asked, "不是申请人"),
        Condition(permissions.is_not_concerned, "不是涉及的本人"),
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
        MenuEntry("system", 45, "变更申请", "admin:core_changerequest_changelist", "core.view_changerequest"),
        MenuEntry("system", 50, "机关信息", "admin:core_office_changelist", "core.view_office"),
        MenuEntry("system", 60, "后台任务", "admin:core_job_changelist", "core.view_job"),
        MenuEntry("system", 65, "定时任务", "desk_schedules", "core.view_job"),
        MenuEntry("system", 67, "登录记录", "admin:core_signin_changelist", "core.view_signin"),
        MenuEntry("system", 70, "登录锁定", "admin:core_signinfailure_changelist", "core.view_signinfailure"),
    ),
    workflows=(Workflow("账号与机关信息变更申请", TRANSITIONS, ChangeStatus),),
    answers=tuple(Answer(KINDS, kind) for kind in CHANGE_KINDS),
)
