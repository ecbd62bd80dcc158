"""A ranking as one table: the page, ranking.csv and ranking.xlsx all show this object."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.files.excel.cells import Cell
from core.files.excel.writer import Table, csv_bytes, workbook_bytes
from core.numbers import with_decimals
from evaluation.ranking.models import Standing
from evaluation.scoring.system import System

NOT_RANKED = "不参评"


@dataclass(frozen=True)
class RankingRow:
    """One platform. `rank` and `total` are None for 不参评; scores are printed with their fixed decimals."""

    rank: int | None
    platform_code: str
    platform_name: str
    region_name: str
    operator_name: str
    section_scores: tuple[str, ...]
    total: str | None
    not_ranked_reason: str


@dataclass(frozen=True)
class RankingTable:
    """`sections` are (code, name) in system order; `notice` is the demonstration's notice, '' in earnest."""

    title: str
    year: int
    platform_type: str
    sections: tuple[tuple[str, str], ...]
    notice: str
    rows: tuple[RankingRow, ...]

    @property
    def headings(self) -> list[str]:
        scores = [f"{name}得分" for _, name in self.sections]
        heads = ["名次", "平台编码", "平台名称", "行政区划", "年末运营单位", *scores, "总分", "说明"]
        return [*heads, "数据性质"] if self.notice else heads

    @property
    def cells(self) -> list[list[Cell]]:
        """Heading and rows for a table program; scores as numbers, 不参评 in place of the rank."""
        return [list(self.headings), *(self._cells(row) for row in self.rows)]

    def _cells(self, row: RankingRow) -> list[Cell]:
        scores: list[Cell] = [Decimal(score) for score in row.section_scores]
        cells: list[Cell] = [
            NOT_RANKED if row.rank is None else row.rank,
            row.platform_code,
            row.platform_name,
            row.region_name,
            row.operator_name,
            *(scores or [None] * len(self.sections)),
            None if row.total is None else Decimal(row.total),
            row.not_ranked_reason,
        ]
        return [*cells, self.notice] if self.notice else cells

    def as_csv(self) -> bytes:
        return csv_bytes(self.cells)

    def as_workbook(self) -> bytes:
        return workbook_bytes([Table(f"{self.year}年度排名", self.cells)])


def ranking_table(
    *,
    title: str,
    year: int,
    platform_type: str,
    system: System,
    standings: Iterable[Standing],
    notice: str,
) -> RankingTable:
    """From places in print order; `system` is the one that the bundle holds."""
    sections = tuple((section.code, section.name) for section in system.sections)
    rows = tuple(_row(standing, sections, system.total_decimals) for standing in standings)
    return RankingTable(title, year, platform_type, sections, notice, rows)


def _row(standing: Standing, sections: Sequence[tuple[str, str]], decimals: int) -> RankingRow:
    is_ranked = standing.rank is not None
    return RankingRow(
        rank=standing.rank,
        platform_code=standing.platform_code,
        platform_name=standing.platform_name,
        region_name=standing.region_name,
        operator_name=standing.operator_name,
        section_scores=tuple(standing.section_scores[code] for code, _ in sections) if is_ranked else (),
        total=None if standing.total is None else with_decimals(standing.total, decimals),
        not_ranked_reason=standing.not_ranked_reason,
    )
