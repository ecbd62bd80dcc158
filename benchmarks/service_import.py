"""Import of a platform's list of served enterprises, checks included, beside the barest way, in one run.

    python -m benchmarks.service_import [rows, default 50000]

Bare: calamine reads the same file and COPY writes the same enterprises and the same records into the same tables,
nothing is checked; limit 2.5 times that. Ours: gate, reading in a limited child, all checks, comparison with what is
stored, sealed file, list, enterprises, records, commit. Growth: a hundredth, a tenth, the whole.
"""

import argparse
import io
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
from django.db import connection, transaction
from python_calamine import load_workbook
from stdnum.cn import uscc

from benchmarks.limits import Compared, compared, linear, within
from benchmarks.scratch import scratch_database
from core.bulk import copy_lines
from core.files.sealing import seal
from core.models import User
from platforms.actions.service_lists import import_services, read_services
from platforms.checks.service_rows import COLUMNS
from platforms.choices import PlatformType, ServiceKind
from platforms.models import Membership, Platform, Region, ServiceList, ServiceRecord

LIMIT = 2.5
ROUNDS = 3
TODAY = date(2026, 11, 1)
VISITS_PER_ENTERPRISE = 3
RECORD_COLUMNS = (
    "platform_id",
    "service_list_id",
    "recorded_by_id",
    "enterprise_id",
    "served_on",
    "kind",
    "activity",
    "contact_person",
    "contact_phone",
    "row",
)


def register() -> tuple[Platform, User]:
    region = Region.objects.create(code="430299", name="演示区", kind="district")
    platform = Platform.objects.create(
        code="W01", name="演示1号窗口平台", platform_type=PlatformType.COUNTY_WINDOW, region=region
    )
    user = User.objects.create_user("window", role="window", full_name="演示窗口")
    Membership.objects.create(user=user, platform=platform)
    return platform, user


def rows(count: int) -> list[tuple[str, str, date, str, str, str, str]]:
    """Visits that all differ: a third as many enterprises, a day and an activity each."""
    found = []
    for n in range(count):
        number = n // VISITS_PER_ENTERPRISE
        body = f"91000000MB{number:07d}"
        code = body + uscc.calc_check_digit(body)
        day = date(2026, 1, 1) + timedelta(days=n % 300)
        kind = ServiceKind.labels[n % len(ServiceKind.labels)]
        visit = (f"演示企业{number}号有限公司", code, day, kind, f"演示活动{n % 500}号", f"联系人{n % 1000}")
        found.append((*visit, f"1390000{n % 10000:04d}"))
    return found


def workbook(count: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("服务企业")
    sheet.append([column.name for column in COLUMNS])
    for row in rows(count):
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def run_ours(content: bytes, platform: Platform, user: User) -> None:
    reading = read_services(platform=platform, content=content, file_name="名单.xlsx", today=TODAY)
    import_services(reading=reading, by=user)


def run_bare(content: bytes, platform: Platform, user: User) -> None:
    """The same rows with nothing around them."""
    table = load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    kinds: dict[object, str] = {label: value for value, label in ServiceKind.choices}
    with transaction.atomic(), connection.cursor() as cursor:
        service_list = ServiceList.objects.create(
            platform=platform,
            file_name="名单.xlsx",
            file=seal(content, media_type="application/octet-stream"),
            row_count=len(table),
            record_count=len(table),
            imported_by=user,
        ).pk
        enterprises = {row[1]: row[0] for row in table}
        lines = [f"{code}\t{name}\n" for code, name in enterprises.items()]
        copy_lines("platforms_enterprise", ("credit_code", "name"), ["".join(lines)])
        cursor.execute("SELECT credit_code, id FROM platforms_enterprise")
        ids: dict[object, int] = dict(cursor.fetchall())
        same = f"{platform.pk}\t{service_list}\t{user.pk}"
        lines = [
            f"{same}\t{ids[code]}\t{day}\t{kinds[kind]}\t{activity}\t{person}\t{phone}\t{number}\n"
            for number, (_, code, day, kind, activity, person, phone) in enumerate(table, 2)
        ]
        copy_lines("platforms_servicerecord", RECORD_COLUMNS, ["".join(lines)])


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE platforms_servicerecord, platforms_servicelist, platforms_enterprise CASCADE")


def seconds(run: Callable[..., None], count: int, *arguments: object) -> float:
    clear()
    started = time.perf_counter()
    run(*arguments)
    taken = time.perf_counter() - started
    assert ServiceRecord.objects.count() == count
    return taken


def compare(count: int, platform: Platform, user: User) -> Compared:
    """Ours and the bare way, in turns."""
    content = workbook(count)
    work = count, content, platform, user
    found = compared([(seconds(run_ours, *work), seconds(run_bare, *work)) for _ in range(ROUNDS)])
    started = time.perf_counter()
    read_services(platform=platform, content=content, file_name="名单.xlsx", today=TODAY)
    checked = time.perf_counter()
    load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    parsed = time.perf_counter()
    print(f"{count:>7} rows: ours {found.ours:6.2f} s  bare {found.bare:6.2f} s  ratio {found.ratio:4.2f}")
    print(f"{'':>13}of it, gate + reading + checks {checked - started:.2f} s  calamine alone {parsed - checked:.2f} s")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Import of served enterprises beside its limit")
    parser.add_argument("rows", type=int, nargs="?", default=50_000)
    arguments = parser.parse_args()
    with scratch_database():
        platform, user = register()
        sizes = [arguments.rows // 100, arguments.rows // 10, arguments.rows]
        found = [compare(size, platform, user) for size in sizes]
    held = within(f"{sizes[-1]} rows, beside calamine and COPY:", found[-1].ratio, LIMIT)
    return 0 if linear(sizes, [each.ours for each in found]) and held else 1


if __name__ == "__main__":
    sys.exit(main())
