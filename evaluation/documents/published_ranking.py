"""A published ranking as citizens see it: the table of `ranking`, each place beside that of the year before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluation.documents.indicator_words import trimmed
from evaluation.documents.ranking import RankingRow, RankingTable, ranking_table
from evaluation.models import Publication, Standing

RanksBefore = Mapping[int, int | None] | None
"""The ranks of the year before by platform id; None when that year has no published ranking."""


@dataclass(frozen=True)
class Movement:
    """Against the ranking of the year before. `direction`: up, down, same, or none when there is nothing to compare."""

    direction: str
    text: str


@dataclass(frozen=True)
class PublishedRow:
    """`sections` are the scores with their columns' names."""

    row: RankingRow
    sections: tuple[tuple[str, str], ...]
    movement: Movement


@dataclass(frozen=True)
class PublishedRanking:
    """`scale` is the most that a total can be."""

    publication: Publication
    table: RankingTable
    rows: tuple[PublishedRow, ...]
    not_ranked: tuple[RankingRow, ...]
    scale: str
    has_ties: bool


def published_ranking(
    publication: Publication, standings: Iterable[Standing], ranks_before: RanksBefore
) -> PublishedRanking:
    """From places in print order and the ranks of the year before."""
    places = list(standings)
    system = publication.ranking.system.definition
    table = ranking_table(
        title=publication.title,
        year=publication.year,
        platform_type=publication.platform_type,
        system=system,
        standings=places,
        notice="",
    )
    names = [name for _, name in table.sections]
    rows = tuple(
        PublishedRow(
            row,
            tuple(zip(names, row.section_scores, strict=True)),
            movement(row.rank, place.platform_id, ranks_before),
        )
        for row, place in zip(table.rows, places, strict=True)
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


def full_total(system: Mapping[str, Any]) -> str:
    """What a platform with every point would have: Σ weight × points, or the cap."""
    total = sum((Decimal(section["weight"]) * Decimal(section["points"]) for section in system["sections"]), Decimal())
    cap = system["total_cap"]
    return trimmed(f"{min(total, Decimal(cap)) if cap is not None else total:f}")


def movement(rank: int, platform: int, ranks_before: RanksBefore) -> Movement:
    """Fewer is better: from 5 to 3 is 上升2位."""
    if ranks_before is None:
        return Movement("none", "上年未公布")
    before = ranks_before.get(platform)
    if before is None:
        return Movement("none", "上年不参评" if platform in ranks_before else "上年未列入")
    if before == rank:
        return Movement("same", "与上年持平")
    return Movement("up", f"上升{before - rank}位") if before > rank else Movement("down", f"下降{rank - before}位")
