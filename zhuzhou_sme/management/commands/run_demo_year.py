"""The main job on the demonstration data: every step of the years through the real worker, in order, with progress."""

import time
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core import jobs
from core.choices import JobState
from core.models import Job, User
from core.numbers import with_decimals
from core.periods import Quarter
from evaluation.choices import BatchKind, RankingStatus
from evaluation.intake.actions import Reading, changes_of, read_figures, read_hub, request_import
from evaluation.intake.models import ANNUAL
from evaluation.intake.queries.imports import batch_in_force
from evaluation.ranking.actions.publications import request_publishing
from evaluation.ranking.actions.rankings import request_scoring
from evaluation.ranking.models import Ranking
from platforms.choices import EVALUATED_TYPES, PlatformType
from zhuzhou_sme.management.demo_bulletins import compiling_steps, issuing_steps
from zhuzhou_sme.management.demo_consequences import consequence_steps
from zhuzhou_sme.management.demo_quarters import quarter_steps
from zhuzhou_sme.management.demo_summaries import summary_steps

FOLDER = Path(settings.BASE_DIR) / "demo"
RANKED_YEARS = (2024, 2025)
PATIENCE_SECONDS = 120

Step = tuple[str, Callable[[], Job | None]]
"""What a line of the output says, and the call that asks for the job; None when there is nothing left to do."""


class Command(BaseCommand):
    help = "演示全年流程:导入、评分、通报、排名、公布,全部经后台任务完成;重复执行不产生变化"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("只有演示模式(DEMO_MODE=1)才能执行演示流程")
        started = time.monotonic()
        for wave in waves(_accounts()):
            begun = time.monotonic()
            asked = [(label, job) for label, ask in wave if (job := ask()) is not None]
            for label, job in asked:
                self._wait(label, job)
                self.stdout.write(f"  {label} … 完成({with_decimals(Decimal(time.monotonic() - begun), 1)}秒)")
        self.stdout.write(f"演示流程已完成({with_decimals(Decimal(time.monotonic() - started), 1)}秒)")

    def _wait(self, label: str, job: Job) -> None:
        """Until the job is finished; a refusal, a dead job or a silent worker ends the command with the reason."""
        limit = time.monotonic() + PATIENCE_SECONDS
        last_sweep = time.monotonic()
        while not job.is_finished:
            if time.monotonic() > limit:
                raise CommandError(f"{label}:{PATIENCE_SECONDS}秒内没有完成,请检查后台任务进程是否在运行")
            if time.monotonic() - last_sweep > 5:
                jobs.sweep()
                last_sweep = time.monotonic()
            time.sleep(0.05)
            job.refresh_from_db()
        if job.state != JobState.DONE:
            raise CommandError(f"{label}:{job.get_state_display()}\n{job.error}")


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


def _accounts() -> dict[str, User]:
    accounts = {user.username: user for user in User.objects.all()}
    if not {"bureau", "bureau2", "city"} <= set(accounts):
        raise CommandError("还没有演示账号,请先执行 manage.py load_demo")
    return accounts
