"""Background scoring and publishing: load by id or year, call one action."""

from django.conf import settings

from core.jobs import Arguments, Effect, Report
from evaluation.ranking.actions.publications import publish_ranking
from evaluation.ranking.actions.rankings import compute_scoring, open_ranking, prepare_ranking, score_ranking
from evaluation.ranking.models import Ranking

OPENING, COMPUTING, STORING, SEALING = (
    "正在核对指标体系",
    "正在汇总全年数据并评分",
    "正在写入评分表",
    "正在封存发布文件",
)


def score(arguments: Arguments, report: Report) -> Effect:
    report(0, 3, OPENING)
    by, is_demo = arguments["by"], settings.DEMO_MODE
    which = {"year": arguments["year"], "platform_type": arguments["platform_type"], "by": by}
    prepared = prepare_ranking(**which)
    report(1, 3, COMPUTING)
    scoring = compute_scoring(ranking=prepared, is_demo=is_demo)
    report(2, 3, STORING)

    def store() -> dict[str, object]:
        scored = score_ranking(ranking=open_ranking(**which), by=by, is_demo=is_demo, scoring=scoring)
        return {"ranking": scored.pk, "scorecards": len(scoring.cards), "not_ranked": len(scored.not_ranked)}

    return store


def publish(arguments: Arguments, report: Report) -> Effect:
    ranking = Ranking.objects.get(pk=arguments["ranking"])
    report(0, 1, SEALING)

    def seal() -> dict[str, object]:
        return {"publication": publish_ranking(ranking=ranking, by=arguments["by"], is_demo=settings.DEMO_MODE).pk}

    return seal
