"""Where every figure of a ranking stands: files by batch, and per platform and indicator the row of each file.

`sources.json` is sealed beside the four files of the open data, so that a published scorecard shows its source rows
without reading a working table."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from evaluation.models import ImportBatch

SOURCES_FORMAT = "sme-evaluation-sources/1"


class Source(NamedTuple):
    """One row of one file."""

    period: str
    file_name: str
    row: int


def sources_document(
    *, bundle_sha256: str, batches: Iterable[ImportBatch], sources: Mapping[str, str]
) -> dict[str, Any]:
    """`sources` maps a platform to the JSON text of {indicator: [[batch id, row], …]}."""
    return {
        "format": SOURCES_FORMAT,
        "bundle_sha256": bundle_sha256,
        "batches": {
            str(batch.pk): {
                "period": period_label(batch.year, batch.quarter),
                "file_name": batch.file_name,
                "sha256": batch.file_id,
            }
            for batch in batches
        },
        "platforms": {code: json.loads(text) for code, text in sources.items()},
    }


def sources_of(document: Mapping[str, Any], platform_code: str) -> dict[str, tuple[Source, ...]]:
    """One platform's sources by indicator, with file names, in the order of the periods."""
    batches = document["batches"]
    return {
        indicator: tuple(
            Source(batches[str(batch)]["period"], batches[str(batch)]["file_name"], row) for batch, row in places
        )
        for indicator, places in document["platforms"].get(platform_code, {}).items()
    }


def period_label(year: int, quarter: int) -> str:
    """`2025年第一季度`, or `2025年全年` for figures of the whole year."""
    return f"{year}年第{'一二三四'[quarter - 1]}季度" if quarter else f"{year}年全年"
