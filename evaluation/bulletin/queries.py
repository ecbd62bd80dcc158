"""What a quarterly bulletin is made of (细则 R4.2(1)), and which ones citizens may see. Reads only; as many queries for
one window as for thousands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet

from core.periods import Quarter
from evaluation.bulletin.choices import BulletinStatus
from evaluation.bulletin.models import Bulletin
from evaluation.intake.checks.figures import StoredFigure
from evaluation.intake.choices import BatchKind, BatchStatus
from evaluation.intake.models import Figure, ImportBatch
from evaluation.participation.queries import expected_platforms
from evaluation.ranking.models import Publication, Standing
from evaluation.ranking.queries.sealed_results import latest_publications, sealed_standings
from evaluation.scoring.system import System
from evaluation.systems.choices import SystemStatus
from evaluation.systems.models import IndicatorSystem
from platforms.choices import EVALUATED_TYPES, PlatformType
from platforms.models import Platform

WINDOW_TYPES = (PlatformType.CLUSTER_WINDOW, PlatformType.COUNTY_WINDOW)

Figures = Mapping[tuple[int, str], Mapping[Quarter, StoredFigure]]
"""By window and the column's name in the export, then by quarter."""


class Window(NamedTuple):
    """A window platform as the bulletin names it."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class WindowGroup:
    """One type's windows by code, and the indicator system that holds for the year; None when there is none."""

    platform_type: PlatformType
    windows: tuple[Window, ...]
    system: System | None


@dataclass(frozen=True)
class PublishedYear:
    """The edition that counts of one type's yearly ranking, and its places in print order."""

    publication: Publication
    standings: tuple[Standing, ...]


@dataclass(frozen=True)
class BulletinFacts:
    """Everything that the figures in force say. `quarters` are those with hub data, of this year's up to this one and
    of the one before; `years` is empty except for the fourth quarter."""

    quarter: Quarter
    quarters: frozenset[Quarter]
    groups: tuple[WindowGroup, ...]
    figures: Figures
    years: tuple[PublishedYear, ...]


def bulletin_facts(quarter: Quarter) -> BulletinFacts:
    """Windows accepted by the quarter's end or present in its hub file, with their figures since the year began."""
    needed = {quarter.previous, *(Quarter(quarter.year, number) for number in range(1, quarter.number + 1))}
    batches = _hub_batches(needed)
    windows = _windows(quarter, [pk for pk, of in batches.items() if of == quarter])
    return BulletinFacts(
        quarter=quarter,
        quarters=frozenset(batches.values()),
        groups=_groups(quarter, windows),
        figures=_figures(batches, [window.pk for window in windows]),
        years=_published_years(quarter.year) if quarter.number == 4 else (),
    )


def bulletin_with_number(*, issued_year: int, serial_number: int) -> Bulletin | None:
    """The bulletin that bears this document number: 发文年份 and 顺序号."""
    return Bulletin.objects.filter(issued_on__year=issued_year, serial_number=serial_number).first()


def _hub_batches(quarters: set[Quarter]) -> dict[int, Quarter]:
    batches = ImportBatch.objects.filter(
        kind=BatchKind.HUB, status=BatchStatus.IN_FORCE, year__in={quarter.year for quarter in quarters}
    ).values_list("pk", "year", "quarter")
    found = {pk: Quarter(year, number) for pk, year, number in batches}
    return {pk: quarter for pk, quarter in found.items() if quarter in quarters}


def _windows(quarter: Quarter, batches: list[int]) -> list[Platform]:
    present = Figure.objects.filter(batch__in=batches).values("platform_id")
    accepted = expected_platforms(accepted_by=quarter.last_on)
    windows = Platform.objects.filter(Q(pk__in=present) | Q(pk__in=accepted), platform_type__in=WINDOW_TYPES)
    return list(windows.order_by("code"))


def _groups(quarter: Quarter, windows: list[Platform]) -> tuple[WindowGroup, ...]:
    codes = {f"{kind}-{quarter.year}" for kind in WINDOW_TYPES}
    versions = IndicatorSystem.objects.filter(code__in=codes).exclude(status=SystemStatus.DRAFT)
    # The version in force; where all are retired by now, the newest of them.
    systems = sorted(versions, key=lambda system: (system.status == SystemStatus.IN_FORCE, system.version))
    rules = {system.platform_type: system.rules for system in systems}
    return tuple(
        WindowGroup(
            kind,
            tuple(Window(w.pk, w.code, w.name) for w in windows if w.platform_type == kind),
            rules.get(kind),
        )
        for kind in WINDOW_TYPES
    )


def _figures(batches: Mapping[int, Quarter], windows: list[int]) -> Figures:
    rows = Figure.objects.filter(batch__in=batches, platform__in=windows).values_list(
        "platform_id", "indicator", "batch_id", "state", "amount", "base"
    )
    found: dict[tuple[int, str], dict[Quarter, StoredFigure]] = {}
    for platform, indicator, batch, state, amount, base in rows.iterator(chunk_size=20_000):
        found.setdefault((platform, indicator), {})[batches[batch]] = StoredFigure(state, amount, base)
    return found


def _published_years(year: int) -> tuple[PublishedYear, ...]:
    publications = latest_publications().filter(year=year).select_related("ranking__system")
    by_type = {publication.platform_type: publication for publication in publications}
    ordered = [by_type[kind] for kind in EVALUATED_TYPES if kind in by_type]
    standings = list(sealed_standings(ordered))
    return tuple(
        PublishedYear(publication, tuple(s for s in standings if s.publication_id == publication.pk))
        for publication in ordered
    )


def issued_bulletins() -> QuerySet[Bulletin]:
    """Bulletins that citizens may see, newest first."""
    return Bulletin.objects.filter(status=BulletinStatus.ISSUED)


def issued_bulletin(*, year: int, quarter: int) -> Bulletin | None:
    """One of them with its sealed view-model and PDF."""
    return issued_bulletins().select_related("view", "pdf").filter(year=year, quarter=quarter).first()
