"""A published ranking as citizens see it: the table that ranking.csv and ranking.xlsx show, with each place's movement
against the year before in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.numbers import exact
from evaluation.ranking.documents.ranking import RankingRow, RankingTable, ranking_table
from evaluation.ranking.models import Publication
from evaluation.ranking.queries.rankings import PlacedStanding
from evaluation.scoring.system import System


@dataclass(frozen=True)
class Movement:
    """`direction`: up, down, same, or none when one of the two years gives no rank."""

    direction: str
    text: str


@dataclass(frozen=True)
class PlacedRow:
    """A ranked platform. `sections` are its scores with their columns' names."""

    row: RankingRow
    sections: tuple[tuple[str, str], ...]
    movement: Movement


@dataclass(frozen=True)
class PublishedRanking:
    """`scale` is the most that a total can be."""

    publication: Publication
    table: RankingTable
    rows: tuple[PlacedRow, ...]
    not_ranked: tuple[RankingRow, ...]
    scale: str
    has_ties: bool


def published_ranking(publication: Publication, placed: Sequence[PlacedStanding]) -> PublishedRanking:
    """`placed` in print order; names and scores as they were sealed."""
    system = publication.ranking.system.rules
    table = ranking_table(
        title=publication.title,
        year=publication.year,
        platform_type=publication.platform_type,
        system=system,
        standings=[each.standing for each in placed],
        notice="",
    )
    names = [name for _, name in table.sections]
    rows = tuple(
        PlacedRow(row, tuple(zip(names, row.section_scores, strict=True)), movement(each))
        for row, each in zip(table.rows, placed, strict=True)
        if row.rank is not None
    )
    return PublishedRanking(
        publication=publication,
        table=table,
        rows=rows,
        not_ranked=tuple(row for row in table.rows if row.rank is None),
        scale=full_total(system),
        has_ties=len({each.row.rank for each in rows}) < len(rows),
    )


def full_total(system: System) -> str:
    """What a platform with every point would have: Σ weight × points, or the cap."""
    total = sum((Decimal(section.weight) * Decimal(section.points) for section in system.sections), Decimal())
    cap = system.total_cap
    return exact(total if cap is None else min(total, Decimal(cap)))


def movement(placed: PlacedStanding) -> Movement:
    """How a place compares with last year's, as people say it."""
    places = placed.movement
    if places is None:
        return Movement("none", "上年无名次")
    if places == 0:
        return Movement("same", "与上年持平")
    return Movement("up", f"上升{places}位") if places > 0 else Movement("down", f"下降{-places}位")
