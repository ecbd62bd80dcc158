"""What the files in force say of a year, summed by the database: one row per platform with arrays by indicator.

Reads only; how the year's figure follows from it is said in `checks.annual`."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from evaluation.intake.checks.annual import ANNUAL, COLLECTED, PERIODS, Reported
from evaluation.intake.choices import BatchKind, BatchStatus
from evaluation.intake.models import ImportBatch
from evaluation.scoring.system import Indicator

# Room to sum 390,000 groups in memory: sorting 1.5 million rows on disk would take longer than everything else.
_ROOM = "SET LOCAL work_mem = '256MB'; SET LOCAL jit = off"
_SUMMED = """
    SELECT platform_id,
           array_agg(indicator ORDER BY indicator), array_agg(amount ORDER BY indicator),
           array_agg(base ORDER BY indicator), array_agg(parts ORDER BY indicator),
           array_agg(is_not_applicable ORDER BY indicator),
           array_agg(row0 ORDER BY indicator), array_agg(row1 ORDER BY indicator), array_agg(row2 ORDER BY indicator),
           array_agg(row3 ORDER BY indicator), array_agg(row4 ORDER BY indicator), array_agg(row5 ORDER BY indicator)
      FROM (
        SELECT platform_id, named.code COLLATE "C" AS indicator,
               trim_scale(sum(amount))::text AS amount,
               trim_scale(sum(base))::text AS base,
               (jsonb_object_agg(quarter, parts ORDER BY batch_id) FILTER (WHERE parts IS NOT NULL))::text AS parts,
               coalesce(bool_or(state = 'not_applicable') FILTER (WHERE amount IS NULL AND parts IS NULL), false)
                   AS is_not_applicable,
               max("row") FILTER (WHERE batch_id = %s) AS row0,
               max("row") FILTER (WHERE quarter = 1) AS row1,
               max("row") FILTER (WHERE quarter = 2) AS row2,
               max("row") FILTER (WHERE quarter = 3) AS row3,
               max("row") FILTER (WHERE quarter = 4) AS row4,
               max("row") FILTER (WHERE batch_id = %s) AS row5
          FROM evaluation_figure
          JOIN unnest(%s::bigint[]) AS wanted(id) ON wanted.id = platform_id
          JOIN unnest(%s::text[], %s::text[], %s::boolean[]) AS named(code, stored_as, is_quarterly)
            ON named.stored_as = evaluation_figure.indicator AND named.is_quarterly = (quarter > 0)
         WHERE batch_id = ANY(%s)
         GROUP BY platform_id, named.code
      ) AS by_indicator
     GROUP BY platform_id
     ORDER BY platform_id
"""


# Where a kind that comes once a year counts: two kinds in one place would hide each other.
_YEARLY = {BatchKind.FIGURES: ANNUAL, BatchKind.COLLECTED: COLLECTED}


@dataclass(frozen=True)
class YearBatches:
    """The batches in force of a year, one place for each of PERIODS: the year's own file, the quarters' files, what was
    collected for the year."""

    by_period: tuple[int | None, ...]

    @property
    def ids(self) -> list[int]:
        return [batch for batch in self.by_period if batch is not None]


def year_batches(year: int) -> YearBatches:
    """At most one batch of a kind is in force for each period: the database sees to it."""
    rows = ImportBatch.objects.filter(year=year, status=BatchStatus.IN_FORCE).values_list("kind", "quarter", "pk")
    found = {quarter if kind == BatchKind.HUB else _YEARLY[BatchKind(kind)]: pk for kind, quarter, pk in rows}
    return YearBatches(tuple(found.get(period) for period in PERIODS))


def annual_figures(
    *, batches: YearBatches, platforms: Sequence[int], indicators: Sequence[Indicator]
) -> Iterator[tuple[int, dict[str, Reported]]]:
    """Platform and its reported indicators; platforms and indicators that no file mentions are absent. The quarters'
    files are stored by column, and an indicator takes the column that feeds it; all else is stored by its code."""
    names = [(each.code, each.code, False) for each in indicators]
    names += [(each.code, each.column or each.code, True) for each in indicators]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ROOM)
        own, collected = batches.by_period[ANNUAL], batches.by_period[COLLECTED]
        cursor.execute(_SUMMED, [own, collected, list(platforms), *map(list, zip(*names, strict=True)), batches.ids])
        for platform, codes, amounts, bases, parts, is_not_applicable, *rows in cursor:
            told = map(_parts, parts)
            cells = zip(amounts, bases, told, is_not_applicable, zip(*rows, strict=True), strict=True)
            yield platform, dict(zip(codes, map(Reported._make, cells), strict=True))


def _parts(text: str | None) -> dict[str, object] | None:
    return json.loads(text) if text else None
