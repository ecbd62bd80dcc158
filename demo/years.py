"""Everything the demonstration's years hold, in order, each step the portal's own action."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from core.models import Job, User
from core.periods import Quarter
from demo import FOLDER
from demo.bulletins import compiling_steps, issuing_steps
from demo.consequences import consequence_steps
from demo.quarters import quarter_steps
from demo.summaries import summary_steps
from evaluation.intake.actions import Reading, changes_of, read_figures, read_hub, request_import
from evaluation.intake.choices import BatchKind
from evaluation.intake.models import ANNUAL
from evaluation.intake.queries.imports import batch_in_force
from evaluation.ranking.actions.publications import request_publishing
from evaluation.ranking.actions.rankings import request_scoring
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.models import Ranking
from platforms.choices import EVALUATED_TYPES, PlatformType

RANKED_YEARS = (2024, 2025)

Step = tuple[str, Callable[[], Job | None]]
"""What a line of the output says, and the call that asks for the job; None when there is nothing left to do."""


def waves(accounts: dict[str, User]) -> Iterator[Iterable[Step]]:
    """Everything the years hold, in order. Steps of one wave do not need each other, so the worker's processes share
    them."""
    yield import_steps(by=accounts["city"])
    for year in RANKED_YEARS:
        yield scoring_steps(year, accounts)
        yield publishing_steps(year, by=accounts["bureau2"])
    yield compiling_steps(by=accounts["city"])
    yield issuing_steps(by=accounts["bureau2"])
    for label, collect in (*quarter_steps(accounts), *summary_steps()):
        yield [(label, collect)]
    for step in consequence_steps((accounts["bureau"], accounts["bureau2"])):
        yield [step]


def import_steps(*, by: User) -> Iterator[Step]:
    for path in sorted((FOLDER / "hub").glob("*.xlsx")):
        yield f"导入省枢纽运营数据 {Quarter.parse(path.stem)}", partial(_import_hub, path, by)
    for path in sorted(FOLDER.glob("figures-*.csv")):
        yield f"导入其他年度数据 {path.stem[-4:]}年", partial(_import_figures, path, by)


def scoring_steps(year: int, accounts: dict[str, User]) -> Iterator[Step]:
    """The bureau scores the city platform, the city platform the windows (细则 R4.1)."""
    for kind in EVALUATED_TYPES:
        scorer = accounts["bureau" if kind == PlatformType.CITY_PLATFORM else "city"]
        yield f"评分 {year}年{kind.label}", partial(_score, year, kind, scorer)


def publishing_steps(year: int, *, by: User) -> Iterator[Step]:
    """Somebody who scored none of them publishes."""
    for kind in EVALUATED_TYPES:
        yield f"发布排名 {year}年{kind.label}", partial(_publish, year, kind, by)


def _score(year: int, kind: PlatformType, by: User) -> Job | None:
    ranking = Ranking.objects.filter(year=year, platform_type=kind).first()
    if ranking is not None and ranking.status != RankingStatus.OPEN:
        return None
    return request_scoring(year=year, platform_type=kind, submission="demo", by=by)


def _publish(year: int, kind: PlatformType, by: User) -> Job | None:
    ranking = Ranking.objects.get(year=year, platform_type=kind)
    if ranking.status == RankingStatus.PUBLISHED:
        return None
    return request_publishing(ranking=ranking, submission="demo", by=by)


def _import_hub(path: Path, by: User) -> Job | None:
    quarter = Quarter.parse(path.stem)
    if batch_in_force(kind=BatchKind.HUB, year=quarter.year, quarter=quarter.number) is not None:
        return None
    return _import(read_hub(content=path.read_bytes(), file_name=path.name, quarter=quarter), by)


def _import_figures(path: Path, by: User) -> Job | None:
    if batch_in_force(kind=BatchKind.FIGURES, year=int(path.stem[-4:]), quarter=ANNUAL) is not None:
        return None
    return _import(read_figures(content=path.read_bytes(), file_name=path.name), by)


def _import(reading: Reading, by: User) -> Job:
    return request_import(reading=reading, expected_changes=changes_of(reading).digest, submission="demo", by=by)
