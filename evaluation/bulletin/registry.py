"""What the bulletins declare to the rest of the house, collected at start."""

from collections.abc import Collection

from core.choices import CITY_WIDE
from core.declared import Answer, Condition, Declared, JobKind, MenuEntry, Permission, Sight, Workflow, register_entry
from core.permissions import is_bureau, is_city_platform
from evaluation.bulletin import permissions, tasks
from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.models import TRANSITIONS, Bulletin
from evaluation.freezing import PUBLISHED


def issued_bulletins(year: int, quarter: int, platform_types: Collection[str], lock: bool) -> list[str]:
    """Issued bulletins of the quarter, of every type alike. The fourth quarter's also holds the year, so it uses every
    period of it."""
    bulletins = Bulletin.objects.filter(year=year, quarter__in={quarter or 4, 4}).order_by("pk")
    if lock:
        bulletins = bulletins.select_for_update()
    return [str(bulletin) for bulletin in bulletins if bulletin.status == BulletinStatus.ISSUED]


DECLARED = Declared(
    "evaluation.bulletin",
    sights=(Sight(Bulletin, seen_by=CITY_WIDE),),
    permissions=(
        Permission("evaluation.compile_bulletin", is_bureau | is_city_platform, "由市工信局或市平台工作人员办理"),
        Permission(
            "evaluation.issue_bulletin",
            is_bureau & permissions.has_not_compiled,
            "由市工信局未参与编制和导入本季数据的工作人员审核印发",
            second=permissions.has_not_compiled,
            to_the_first="您参与了编制或导入本季数据,按规定须由另一人审核印发",
        ),
    ),
    conditions=(Condition(permissions.has_not_compiled, "未参与编制和导入本季数据的人"),),
    workflows=(Workflow("季度通报", TRANSITIONS, BulletinStatus),),
    jobs=(
        JobKind(
            "evaluation.compile_bulletin", "编制季度通报", tasks.compile_, "desk_bulletin", "bulletin", "desk_bulletins"
        ),
    ),
    menu=(
        MenuEntry("quarter", 50, "编制通报", "desk_bulletins", "evaluation.view_bulletin"),
        register_entry("records", 20, "全部通报", Bulletin),
    ),
    answers=(Answer(PUBLISHED, issued_bulletins),),
)
