"""CSV and XLSX for the registry's import and export: the library's pages, our reader and our escaping writer."""

from pathlib import PurePath
from typing import Any

import tablib
from import_export.formats import base_formats

from core.errors import Refusal
from core.files.excel.cells import Cell, text_of
from core.files.excel.delimited import read_delimited
from core.files.excel.reader import read_workbook
from core.files.excel.writer import Table, csv_bytes, workbook_bytes
from platforms.checks.tables import Source

Rows = list[list[Any]]


def dataset_of(rows: Rows) -> tablib.Dataset:
    """The first row as headings, the others below; empty rows at the end are dropped. Raises `Refusal`."""
    while rows and not any(text_of(cell) for cell in rows[-1]):
        rows = rows[:-1]
    headings = [text_of(cell) for cell in rows[0]] if rows else []
    while headings and not headings[-1]:
        headings.pop()
    if not headings or not all(headings):
        raise Refusal("第1行应为列名,且每一列都要有列名")
    repeated = sorted({heading for heading in headings if headings.count(heading) > 1})
    if repeated:
        raise Refusal(f"列名重复:{'、'.join(repeated)}")
    return tablib.Dataset(*(row[: len(headings)] for row in rows[1:]), headers=headings)


def read_dataset(name: str, content: bytes, *, comment: str = "") -> tablib.Dataset:
    """The table of an uploaded file by the ending of its name. Raises `Refusal`."""
    ending = PurePath(name).suffix.casefold()
    if ending == ".csv":
        return dataset_of([list(row) for row in read_delimited(content, comment=comment).rows])
    if ending == ".xlsx":
        return dataset_of(read_workbook(content).sheets[0].rows)
    raise Refusal(f"只接收.csv和.xlsx文件(现为“{name}”)")


MEDIA_TYPES = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def read_source(name: str, content: bytes) -> Source:
    """The numbered rows of an uploaded list by the ending of its name, through the gate. Raises `Refusal`."""
    ending = PurePath(name).suffix.casefold()
    if ending == ".csv":
        read = read_delimited(content)
        return Source("", read.lines, read.rows)
    if ending == ".xlsx":
        sheet = read_workbook(content).sheets[0]
        return Source(sheet.name, range(1, len(sheet.rows) + 1), sheet.rows)
    raise Refusal(f"只接收.xlsx和.csv文件(现为“{name[:60]}”)")


class _Format(base_formats.Format):
    """Reads and writes bytes; both kinds decode themselves."""

    extension = ""
    content_type = ""

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = None

    def get_title(self) -> str:
        return self.extension

    def get_extension(self) -> str:
        return self.extension

    def get_content_type(self) -> str:
        return self.content_type

    def can_import(self) -> bool:
        return True

    def can_export(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes | None, **_: Any) -> tablib.Dataset:
        if in_stream is None:
            raise Refusal("上传的文件已过期,请重新上传")
        return read_dataset(f"上传.{self.extension}", in_stream)


class CSV(_Format):
    extension = "csv"
    content_type = "text/csv; charset=utf-8"

    def export_data(self, dataset: tablib.Dataset, **_: Any) -> bytes:
        return csv_bytes(_rows(dataset))


class XLSX(_Format):
    extension = "xlsx"
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def export_data(self, dataset: tablib.Dataset, **_: Any) -> bytes:
        return workbook_bytes([Table(dataset.title or "数据", _rows(dataset))])


def _rows(dataset: tablib.Dataset) -> list[list[Cell]]:
    return [list(dataset.headers or ()), *(list(row) for row in dataset)]
