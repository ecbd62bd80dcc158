"""Hub import, checks included, beside the barest way and beside django-import-export's default, in one run.

    python -m benchmarks.hub_import [rows, default 50000]

Bare: calamine reads the same file and COPY writes the same figures into the same table, nothing is checked; limit 2.5
times that. Ours: gate, reading in a limited child, all checks, sealed file, batch, COPY, commit. Library: its own XLSX
format and a model resource with default options on a sheet of one figure per row; ours must be at least 25 times
faster. The library is run on a hundredth of the rows, where our fixed cost weighs most, because the whole would take it
many minutes (`--library-rows` runs it on more). Growth: a hundredth, a tenth, the whole.
"""

import argparse
import io
import sys
import time
from collections.abc import Callable

import openpyxl
from django.db import connection, transaction
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget
from python_calamine import load_workbook

from benchmarks.limits import Compared, compared, linear, within
from benchmarks.scratch import scratch_database
from core.bulk import copy_lines
from core.files.sealing import seal
from core.periods import Quarter
from evaluation.intake.actions import import_reading, read_hub
from evaluation.intake.actions.reading import FIGURE_COLUMNS
from evaluation.intake.models import Figure, ImportBatch
from evaluation.systems.checks.hub_columns import HEADINGS, KEYS
from platforms.choices import PlatformType
from platforms.models import Platform, Region

BARE_LIMIT, LIBRARY_LIMIT = 2.5, 25
QUARTER = Quarter(2025, 1)
ROUNDS = 5
TYPE = PlatformType.COUNTY_WINDOW


def register(count: int) -> None:
    region = Region.objects.create(code="430299", name="演示区", kind="district")
    Platform.objects.bulk_create(
        [
            Platform(code=f"W{n:06}", name=f"演示{n}号窗口平台", platform_type=TYPE, region=region)
            for n in range(1, count + 1)
        ],
        batch_size=5000,
    )


def figures(number: int) -> list[int]:
    """Thirteen plausible counts; settled needs stay within published ones, and the larger counts rarely repeat."""
    base = [number * step % 97 for step in (3, 5, 7, 11, 0, 1009, 577, 13, 17, 19, 23, 29, 401)]
    base[4] = base[3] // 2
    base[5], base[6], base[12] = number * 7 % 90_001, number * 5 % 40_009, number * 3 % 70_001
    return base


def hub_workbook(count: int) -> bytes:
    """As the provincial platform exports it: title, period, header, rows, totals, note."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("运营数据")
    sheet.append(["湖南省中小企业公共服务平台网络运营数据表(2025年第1季度,株洲市)"])
    sheet.append(["统计周期:2025年1月1日至2025年3月31日"])
    sheet.append(["序号", "平台编码", "平台名称", "平台类型", *HEADINGS])
    totals = [0] * len(HEADINGS)
    for n in range(1, count + 1):
        counts = figures(n)
        totals = [total + value for total, value in zip(totals, counts, strict=True)]
        sheet.append([n, f"W{n:06}", f"演示{n}号窗口平台", TYPE.label, *counts])
    sheet.append(["", "", "合计", "", *totals])
    sheet.append([])
    sheet.append(["注:演示数据"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def new_batch(content: bytes) -> ImportBatch:
    file = seal(content, media_type="application/octet-stream")
    return ImportBatch.objects.create(
        kind="hub", year=2025, quarter=1, file_name="裸导入.xlsx", file=file, row_count=0, figure_count=0
    )


def run_ours(content: bytes) -> None:
    import_reading(reading=read_hub(content=content, file_name="导入.xlsx", quarter=QUARTER), by=None)


def run_bare(content: bytes) -> None:
    """The same figures with nothing around them."""
    rows = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    with transaction.atomic():
        batch = new_batch(content).pk
        ids: dict[object, int] = dict(Platform.objects.values_list("code", "pk"))
        bases = [r"\N"] * len(KEYS)
        bases[4] = "{5:.0f}"
        lines = [
            f"{batch}\t{{0}}\t{code}\t2025\t1\t{{1}}\treported\t{{{n + 2}:.0f}}\t{base}\t\\N\n"
            for n, (code, base) in enumerate(zip(KEYS, bases, strict=True))
        ]
        whole = "".join(lines).format
        pieces = (whole(ids[row[1]], number, *row[4:]) for number, row in enumerate(rows[3:-3], 4))
        copy_lines("evaluation_figure", FIGURE_COLUMNS, pieces)


class FigureResource(ModelResource):
    platform = Field(column_name="platform", attribute="platform", widget=ForeignKeyWidget(Platform, "code"))
    batch = Field(column_name="batch", attribute="batch", widget=ForeignKeyWidget(ImportBatch))

    class Meta:
        model = Figure
        fields = ("batch", "platform", "indicator", "year", "quarter", "row", "amount", "base")
        import_id_fields = ("batch", "platform", "indicator")


def figure_sheet(count: int, batch: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("figures")
    sheet.append(["batch", "platform", "indicator", "year", "quarter", "row", "base", "amount"])
    for n in range(1, count + 1):
        counts = figures(n)
        for position, indicator in enumerate(KEYS):
            base = counts[3] if position == 4 else None
            sheet.append([batch, f"W{n:06}", indicator, 2025, 1, n + 3, base, counts[position]])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def run_library(content: bytes) -> None:
    dataset = XLSX().create_dataset(content)
    result = FigureResource().import_data(dataset, dry_run=False, raise_errors=True, use_transactions=True)
    assert result.totals["new"] == len(dataset)


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE evaluation_figure, evaluation_importbatch CASCADE")


def seconds(run: Callable[[bytes], None], content: bytes, expected: int) -> float:
    started = time.perf_counter()
    run(content)
    taken = time.perf_counter() - started
    assert Figure.objects.count() == expected
    return taken


def from_nothing(run: Callable[[bytes], None], content: bytes, expected: int) -> float:
    clear()
    return seconds(run, content, expected)


def compare(count: int) -> Compared:
    """Ours and the bare way, in turns."""
    file = hub_workbook(count), count * len(KEYS)
    found = compared([(from_nothing(run_ours, *file), from_nothing(run_bare, *file)) for _ in range(ROUNDS)])
    content, _ = file
    started = time.perf_counter()
    read_hub(content=content, file_name="导入.xlsx", quarter=QUARTER)
    checked = time.perf_counter()
    load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    parsed = time.perf_counter()
    print(f"{count:>7} rows: ours {found.ours:6.2f} s  bare {found.bare:6.2f} s  ratio {found.ratio:4.2f}")
    print(f"{'':>13}of it, gate + reading + checks {checked - started:.2f} s  calamine alone {parsed - checked:.2f} s")
    return found


def compare_library(count: int) -> bool:
    """The library beside ours on the same rows, where our fixed cost (starting the reader's child) weighs most."""
    clear()
    content, expected = figure_sheet(count, new_batch(b"library").pk), count * len(KEYS)
    taken = seconds(run_library, content, expected)
    ours = from_nothing(run_ours, hub_workbook(count), expected)
    held = taken / ours >= LIBRARY_LIMIT
    print(f"django-import-export, {count} rows ({expected} figures): {taken:.1f} s  ours {ours:.2f} s")
    print(f"ours is {taken / ours:.0f} times faster (at least {LIBRARY_LIMIT}){'' if held else '   MISSED'}")
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description="Hub import beside its limits")
    parser.add_argument("rows", type=int, nargs="?", default=50_000)
    parser.add_argument("--library-rows", type=int, default=0, help="default: a hundredth of the rows")
    arguments = parser.parse_args()
    with scratch_database():
        register(arguments.rows)
        sizes = [arguments.rows // 100, arguments.rows // 10, arguments.rows]
        found = [compare(size) for size in sizes]
        held = [
            within(f"{sizes[-1]} rows, ours beside bare:", found[-1].ratio, BARE_LIMIT),
            linear(sizes, [each.ours for each in found]),
            compare_library(arguments.library_rows or sizes[0]),
        ]
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
