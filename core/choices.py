"""Fixed vocabularies of core, with their Chinese labels."""

from django.db.models import TextChoices


class Role(TextChoices):
    BUREAU = "bureau", "市工信局"
    CITY_PLATFORM = "city_platform", "市平台"
    COUNTY = "county", "县(市、区)工信部门"
    WINDOW = "window", "窗口平台"
    AUDITOR = "auditor", "审计监督"


CITY_WIDE = frozenset({Role.BUREAU, Role.CITY_PLATFORM, Role.AUDITOR})
"""The roles that see the whole city; a county sees its own places, a window itself (办法 M4)."""
WITH_COUNTIES = CITY_WIDE | {Role.COUNTY}
OVERSIGHT = frozenset({Role.BUREAU, Role.AUDITOR})
"""The roles that also see what is not finished or not for others: accounts, jobs, working results."""
OF_A_PLATFORM = frozenset({Role.WINDOW, Role.CITY_PLATFORM})
"""The roles whose accounts belong to a platform and hand in for it."""


class ChangeStatus(TextChoices):
    PROPOSED = "proposed", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "不同意"
    WITHDRAWN = "withdrawn", "已撤回"


class SignInStep(TextChoices):
    PASSWORD = "password", "口令"
    CODE = "code", "动态验证码"


class JobState(TextChoices):
    QUEUED = "queued", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    REFUSED = "refused", "未通过检查"
    DEAD = "dead", "多次失败,已停止"


class Shelf(TextChoices):
    """Where stored bytes lie: in the database, or in the folder of uploads."""

    SEALED = "sealed", "封存文件"
    UPLOAD = "upload", "上传文件"
