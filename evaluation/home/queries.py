"""What a quarter and a year have so far and which step comes next, for the desk's first page. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from core.periods import Quarter
from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.models import Bulletin
from evaluation.intake.choices import BatchKind, BatchStatus
from evaluation.intake.models import Figure, ImportBatch
from evaluation.participation.queries import expected_platforms
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.models import Ranking
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from platforms.choices import EVALUATED_TYPES, PlatformType
from platforms.models import Platform


@dataclass(frozen=True)
class QuarterProgress:
    """One quarter: the batch in force and the bulletin, each None as long as there is none."""

    quarter: Quarter
    batch: ImportBatch | None
    bulletin: Bulletin | None

    @property
    def next_step(self) -> str:
        """`import`, `draft`, `compile`, `issue`, or `done`."""
        if self.batch is None:
            return "import"
        if self.bulletin is None:
            return "draft"
        steps: dict[str, str] = {BulletinStatus.DRAFT: "compile", BulletinStatus.COMPILED: "issue"}
        return steps.get(self.bulletin.status, "done")


@dataclass(frozen=True)
class QuarterWork:
    """The latest ended quarter with what its file leaves out, and the quarters before it."""

    focus: QuarterProgress
    absent: tuple[Platform, ...]
    earlier: tuple[QuarterProgress, ...]


@dataclass(frozen=True)
class TypeProgress:
    """One platform type in one year."""

    year: int
    platform_type: str
    label: str
    has_system: bool
    quarters: int
    has_figures: bool
    ranking: Ranking | None

    @property
    def has_all_figures(self) -> bool:
        return self.quarters == 4 and self.has_figures

    @property
    def next_step(self) -> str:
        """`system`, `figures`, `score`, `publish`, or `done`."""
        if self.ranking is not None and self.ranking.status == RankingStatus.PUBLISHED:
            return "done"
        if self.ranking is not None and self.ranking.status == RankingStatus.SCORED:
            return "publish"
        if not self.has_system:
            return "system"
        return "score" if self.has_all_figures else "figures"


def quarter_work(latest: Quarter, *, earlier: int = 3) -> QuarterWork:
    """`latest` and as many quarters before it; three queries, and two for what the file leaves out."""
    quarters = [latest]
    for _ in range(earlier):
        quarters.append(quarters[-1].previous)
    either = Q()
    for quarter in quarters:
        either |= Q(year=quarter.year, quarter=quarter.number)
    batches = ImportBatch.objects.filter(either, kind=BatchKind.HUB, status=BatchStatus.IN_FORCE)
    by_quarter = {(batch.year, batch.quarter): batch for batch in batches.select_related("imported_by")}
    bulletins = {(b.year, b.quarter): b for b in Bulletin.objects.filter(either)}
    progress = [
        QuarterProgress(q, by_quarter.get((q.year, q.number)), bulletins.get((q.year, q.number))) for q in quarters
    ]
    return QuarterWork(progress[0], _absent(progress[0]), tuple(progress[1:]))


def year_work(years: Sequence[int]) -> list[TypeProgress]:
    """Every evaluated type of these years, in the order given; three queries."""
    systems = set(IndicatorSystem.objects.filter(status=SystemStatus.IN_FORCE).values_list("code", flat=True))
    in_force = ImportBatch.objects.filter(year__in=years, status=BatchStatus.IN_FORCE).values("year").order_by()
    counted = in_force.annotate(
        quarters=Count("pk", filter=Q(kind=BatchKind.HUB)), annual=Count("pk", filter=~Q(kind=BatchKind.HUB))
    )
    files = {row["year"]: (row["quarters"], row["annual"] > 0) for row in counted}
    rankings = {(r.year, r.platform_type): r for r in Ranking.objects.filter(year__in=years).order_by("edition")}
    return [
        TypeProgress(
            year,
            kind.value,
            str(PlatformType(kind).label),
            f"{kind.value}-{year}" in systems,
            *files.get(year, (0, False)),
            rankings.get((year, kind.value)),
        )
        for year in years
        for kind in EVALUATED_TYPES
    ]


def _absent(progress: QuarterProgress) -> tuple[Platform, ...]:
    """Platforms accepted before the quarter ended that its file in force leaves out."""
    if progress.batch is None:
        return ()
    given = Figure.objects.filter(batch=progress.batch).values("platform")
    expected = expected_platforms(accepted_by=progress.quarter.last_on)
    return tuple(Platform.objects.filter(pk__in=expected).exclude(pk__in=given))
