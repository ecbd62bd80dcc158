"""Uploaded CSV files: parsed in the limited child, this side only decodes its answer."""

import json
from dataclasses import replace

from core.errors import Refusal
from core.files.excel.csv_parsing import Delimited
from core.files.excel.encodings import MAX_BYTES
from core.files.excel.texts import cleaned_rows
from core.files.sandbox import run_limited


def read_csv(content: bytes) -> list[list[str]]:
    """The rows of a CSV file, the heading first; index i is row i + 1. Raises `Refusal` with the faulty row."""
    return read_delimited(content).rows


def read_delimited(content: bytes, *, comment: str = "") -> Delimited:
    """Like `read_csv`, with the line of each row and the encoding to show to the uploader. Blank lines at the end are
    dropped, and lines that begin with `comment`."""
    if len(content) > MAX_BYTES:
        raise Refusal(f"文件超过{MAX_BYTES // 1024 // 1024}MB")
    table = Delimited(**json.loads(run_limited("core.files.excel.csv_parsing.table", content, option=comment)))
    return replace(table, rows=cleaned_rows(table.rows, numbers=table.lines))
