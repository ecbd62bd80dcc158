"""What the rankings declare to the rest of the house, collected at start."""

from collections.abc import Collection

from core.choices import CITY_WIDE
from core.declared import Answer, Condition, Declared, JobKind, MenuEntry, Permission, Sight, Workflow, register_entry
from core.permissions import is_bureau
from evaluation.freezing import PUBLISHED
from evaluation.ranking import permissions, tasks
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.models import Ranking, Scorecard
from evaluation.ranking.models.ranking import TRANSITIONS


def published_rankings(year: int, quarter: int, platform_types: Collection[str], lock: bool) -> list[str]:
    """Published rankings of the year and these types, whatever the quarter: a year is made of all of them."""
    rankings = Ranking.objects.filter(year=year, platform_type__in=platform_types).order_by("pk")
    if lock:
        rankings = rankings.select_for_update()
    return [f"{r}排名(第{r.edition}版)" for r in rankings if r.status == RankingStatus.PUBLISHED]


DECLARED = Declared(
    "evaluation.ranking",
    sights=(Sight(Ranking, seen_by=CITY_WIDE), Sight(Scorecard, seen_by=CITY_WIDE)),
    permissions=(
        Permission(
            "evaluation.score_ranking",
            permissions.can_score,
            "市平台由市工信局评分,窗口平台由市平台评分,不评本组(《实施细则》第四条)",
        ),
        Permission(
            "evaluation.publish_ranking",
            is_bureau & permissions.has_not_prepared_ranking,
            "由市工信局未参与评分、导入数据和编制指标体系的工作人员审核发布",
            second=permissions.has_not_prepared_ranking,
            to_the_first="您参与了评分、导入数据或编制指标体系,按规定须由另一人审核发布",
        ),
    ),
    conditions=(
        Condition(permissions.is_bureaus_to_score, "评市平台"),
        Condition(permissions.is_city_platforms_to_score, "评窗口平台"),
        Condition(permissions.has_not_prepared_ranking, "未参与评分、导入数据和编制指标体系的人"),
    ),
    workflows=(Workflow("年度排名", TRANSITIONS, RankingStatus),),
    jobs=(
        JobKind("evaluation.score_ranking", "年度评分", tasks.score, "desk_ranking", "ranking", "desk_rankings"),
        JobKind(
            "evaluation.publish_ranking", "发布排名", tasks.publish, "desk_publication", "publication", "desk_rankings"
        ),
    ),
    menu=(
        MenuEntry("year", 80, "评分与排名", "desk_rankings", "evaluation.view_ranking"),
        register_entry("records", 40, "全部排名", Ranking),
        register_entry("records", 50, "全部评分表", Scorecard),
    ),
    answers=(Answer(PUBLISHED, published_rankings),),
)
