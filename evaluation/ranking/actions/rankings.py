"""The yearly ranking of one type: opened, scored, sent back (细则 R4.2(2)). Publishing stands in `publications`."""

from dataclasses import dataclass

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models.functions import Now

from core import jobs
from core.bulk import copy_rows
from core.characters import checked
from core.errors import Refusal
from core.files.sealing import seal
from core.models import Job, User
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.documents.bundle import BundleDraft, bundle_draft
from evaluation.ranking.documents.card_texts import card_texts
from evaluation.ranking.models import Ranking, Scorecard
from evaluation.ranking.models.ranking import TRANSITIONS
from evaluation.scoring.bundle import parse_bundle
from evaluation.scoring.canonical import canonical_bytes
from evaluation.scoring.document import Document
from evaluation.scoring.ranking import collector_at_rest, scorecards
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from platforms.choices import PlatformType

JSON = "application/json"
_LOCK = 0x524E4B  # "RNK": the advisory locks of opening rankings
_COLUMNS = ("ranking_id", "platform_id", "rank", "position", "total", "detail", "sources")


@dataclass(frozen=True)
class Scoring:
    """A bundle that was found sound, its bytes, and the scorecards that follow from it in print order; all of it by
    the rules of `system`."""

    system: IndicatorSystem
    draft: BundleDraft
    content: bytes
    cards: list[Document]


def open_ranking(*, year: int, platform_type: str, by: User) -> Ranking:
    """The ranking of this year and type with the system in force; a scored one is returned as it is."""
    with transaction.atomic(), pghistory.context(user=by.pk):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, year])
        editions = Ranking.objects.filter(year=year, platform_type=platform_type).order_by("-edition")
        found = editions.select_for_update().first()  # held, so that nobody scores it between reading and saving
        ranking = _to_score(found, year, platform_type, by)
        if ranking.status == RankingStatus.OPEN:
            ranking.save()
        return ranking


def prepare_ranking(*, year: int, platform_type: str, by: User) -> Ranking:
    """What `open_ranking` would return, unsaved: a job may compute with it before it writes anything."""
    editions = Ranking.objects.filter(year=year, platform_type=platform_type).order_by("-edition")
    return _to_score(editions.first(), year, platform_type, by)


def compute_scoring(*, ranking: Ranking, is_demo: bool) -> Scoring:
    """Read the files in force, build the bundle and score it; writes nothing. Refused with every fault."""
    with collector_at_rest():
        draft = bundle_draft(
            year=ranking.year,
            platform_type=ranking.platform_type,
            system=ranking.system,
            is_demo=is_demo,
        )
        faults = draft.faults
        if faults:
            raise Refusal(faults)
        if not draft.document["platforms"]:
            raise Refusal(f"{ranking}没有可以参评的平台:请先登记平台及其省级验收日期")
        bundle = parse_bundle(draft.document)
        cards = scorecards(bundle.system, bundle.platforms, bundle.rows)
        return Scoring(ranking.system, draft, canonical_bytes(draft.document), cards)


def score_ranking(*, ranking: Ranking, by: User, is_demo: bool, scoring: Scoring | None = None) -> Ranking:
    """Store the scorecards of a ranking and seal the bundle they follow from.

    1. The figures are read and scored first, unless the caller has done so already (`scoring`).
    2. The ranking's row is locked; only an open one can be scored, by whoever evaluates its type (细则 R4.1), and only
       with a system that is still in force.
    3. The bundle is sealed, scorecards of an earlier round are replaced by COPY, the status moves.

    A file imported meanwhile is no danger: publishing compares the bundle with the files of that moment.
    """
    _check_may_score(ranking, by)
    scoring = scoring or compute_scoring(ranking=ranking, is_demo=is_demo)
    with transaction.atomic(), pghistory.context(user=by.pk):
        locked = Ranking.objects.select_for_update().get(pk=ranking.pk)
        TRANSITIONS.check(locked, "score", by=by)
        if locked.system_id != scoring.system.pk or locked.system.status != SystemStatus.IN_FORCE:
            raise Refusal(f"{locked}所用的指标体系({ranking.system})已停用,请重新开始评分")
        locked.scorecards.all().delete()
        _copy_scorecards(locked, scoring)
        locked.bundle = seal(scoring.content, media_type=JSON)
        locked.not_ranked = scoring.draft.document["not_ranked"]
        locked.score()
        locked.scored_at, locked.scored_by = Now(), by
        locked.save()
    locked.refresh_from_db()
    return locked


def reopen_ranking(*, ranking: Ranking, reason: str, by: User) -> Ranking:
    """Send a scored ranking back, because figures will change; its scorecards are dropped."""
    reason = checked(reason, "理由", lines=True)
    with transaction.atomic(), pghistory.context(user=by.pk, reason=reason):
        locked = Ranking.objects.select_for_update().get(pk=ranking.pk)
        TRANSITIONS.check(locked, "reopen", by=by, reason=reason)
        locked.scorecards.all().delete()
        locked.bundle, locked.not_ranked = None, []
        locked.scored_at = locked.scored_by = None
        locked.reopen()
        locked.save()
    return locked


def request_scoring(*, year: int, platform_type: str, submission: str, by: User) -> Job:
    """Have the worker open and score a ranking. `submission` names one press of the button; twice asks once."""
    arguments = {"year": year, "platform_type": platform_type}
    key = f"{year}:{platform_type}:{submission}"
    return jobs.enqueue("evaluation.score_ranking", key=key, arguments=arguments, by=by)


def _to_score(found: Ranking | None, year: int, platform_type: str, by: User) -> Ranking:
    """The latest edition or a new ranking; while it is open, with the system that is in force now."""
    if found is not None and found.status == RankingStatus.PUBLISHED:
        raise Refusal(f"{found}已发布,不能重新评分")
    ranking = found or Ranking(year=year, platform_type=platform_type)
    _check_may_score(ranking, by)
    if ranking.status == RankingStatus.OPEN:
        ranking.system = _system_in_force(year, platform_type)
    return ranking


def _check_may_score(ranking: Ranking, by: User) -> None:
    if not by.has_perm(TRANSITIONS["score"].permission, ranking):
        raise PermissionDenied(f"{by}不能为{ranking.get_platform_type_display()}评分")


def _system_in_force(year: int, platform_type: str) -> IndicatorSystem:
    code = f"{platform_type}-{year}"
    system = IndicatorSystem.objects.filter(code=code, status=SystemStatus.IN_FORCE).first()
    if system is None:
        label = PlatformType(platform_type).label
        raise Refusal(f"没有施行中的{year}年度{label}指标体系(代码{code}):请先导入并施行")
    return system


def _copy_scorecards(ranking: Ranking, scoring: Scoring) -> None:
    """COPY is the way in for 13,000 scorecards of 5 KB; triggers and constraints hold as always."""
    ids, sources = scoring.draft.platform_ids, scoring.draft.sources
    texts = enumerate(zip(scoring.cards, card_texts(scoring.cards), strict=True), 1)
    rows = (
        (ranking.pk, ids[code := card["platform"]], card["rank"], position, card["total"], text, sources[code])
        for position, (card, text) in texts
    )
    copy_rows(Scorecard._meta.db_table, _COLUMNS, rows)
