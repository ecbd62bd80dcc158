"""Where every figure of a ranking stands: files by batch, and per platform and indicator the row of each file.

`sources.json` is sealed beside the four files of the open data, so that a published scorecard shows its source rows
without reading a working table."""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from core.files.excel.csv_parsing import parsed
from core.files.intact import sealed_bytes
from evaluation.intake.checks.collected import ORIGIN
from evaluation.intake.choices import BatchKind
from evaluation.intake.models import ImportBatch
from evaluation.scoring.document import Document

SOURCES_FORMAT = "sme-evaluation-sources/1"


class Source(NamedTuple):
    """One row of one file; `origin` says where a row that the portal wrote itself comes from."""

    period: str
    file_name: str
    row: int
    origin: str = ""

    @property
    def text(self) -> str:
        """As it is printed: `2025年第一季度:2025Q1.xlsx 第5行`."""
        origin = f",来源:{self.origin}" if self.origin else ""
        return f"{self.period}:{self.file_name} 第{self.row}行{origin}"


def sources_document(*, bundle_sha256: str, batches: Iterable[ImportBatch], sources: Mapping[str, str]) -> Document:
    """`sources` maps a platform to the JSON text of {indicator: [[batch id, row], …]}. A batch that the portal wrote
    itself also tells the origin of its rows."""
    return {
        "format": SOURCES_FORMAT,
        "bundle_sha256": bundle_sha256,
        "batches": {
            str(batch.pk): {
                "period": period_label(batch.year, batch.quarter),
                "file_name": batch.file_name,
                "sha256": batch.file_id,
                **({"origins": origins} if (origins := origins_of(batch)) else {}),
            }
            for batch in batches
        },
        "platforms": {code: json.loads(text) for code, text in sources.items()},
    }


def sources_of(document: Document, platform_code: str) -> dict[str, tuple[Source, ...]]:
    """One platform's sources by indicator, with file names, in the order of the periods."""
    batches = document["batches"]
    return {
        indicator: tuple(_source(batches[str(batch)], row) for batch, row in places)
        for indicator, places in document["platforms"].get(platform_code, {}).items()
    }


def origins_of(batch: ImportBatch) -> dict[str, str]:
    """Row → origin, from the sealed file of figures collected in the portal; empty for files that came from outside."""
    if batch.kind != BatchKind.COLLECTED:
        return {}
    heading, *rows = parsed(sealed_bytes(batch.file)).rows
    place = heading.index(ORIGIN)
    return {str(number): row[place] for number, row in enumerate(rows, 2)}


def _source(batch: Document, row: int) -> Source:
    return Source(batch["period"], batch["file_name"], row, batch.get("origins", {}).get(str(row), ""))


def period_label(year: int, quarter: int) -> str:
    """`2025年第一季度`, or `2025年全年` for figures of the whole year."""
    return f"{year}年第{'一二三四'[quarter - 1]}季度" if quarter else f"{year}年全年"
