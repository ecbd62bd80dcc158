"""The demonstration's enterprises, all fictional: what platforms did for them, and the lists of 2026 that recognise
some. Made by rule, so that every first start makes the same; a second one changes nothing."""

from collections.abc import Iterator
from datetime import date, timedelta

from stdnum.cn import uscc

from core.files.excel.writer import csv_bytes
from core.models import User
from platforms.actions.recognition_lists import (
    ListParticulars,
    RecognitionsReading,
    import_recognitions,
    read_recognitions,
)
from platforms.choices import EnterpriseRecognitionKind as Kind
from platforms.choices import ServiceKind
from platforms.models import Enterprise, Platform, ServiceRecord

ENTERPRISES = 72
LAST_DAY = date(2026, 12, 31)
# Kind: from which enterprise on, how many, published on.
LISTS = {
    Kind.LITTLE_GIANT: (1, 7, date(2026, 9, 1)),
    Kind.SINGLE_CHAMPION: (5, 4, date(2026, 10, 12)),
    Kind.PROVINCIAL_SRDI: (6, 22, date(2026, 7, 20)),
    Kind.INNOVATIVE_SME: (20, 30, date(2026, 5, 18)),
    Kind.ABOVE_SCALE: (40, 20, date(2026, 3, 2)),
    Kind.LISTED: (3, 3, date(2026, 6, 30)),
}
ACTIVITIES = {
    ServiceKind.POLICY: "演示惠企政策宣讲会",
    ServiceKind.TRAINING: "演示专精特新培训班",
    ServiceKind.FINANCING: "演示银企对接会",
    ServiceKind.INNOVATION: "演示数字化转型诊断",
    ServiceKind.CONSULTING: "演示管理咨询",
    ServiceKind.ABOVE_SCALE: "演示升规入统辅导",
}


def load_enterprises(*, by: User) -> None:
    """Service records of every evaluated platform in one statement, then the lists."""
    if not ServiceRecord.objects.exists():
        _record_services(by)
    for kind in LISTS:
        import_recognitions(reading=_reading(kind), by=by)


def credit_code(number: int) -> str:
    """Right in form and check digit; region 000000 belongs to no real unit."""
    body = f"91000000MC{number:07d}"
    return body + str(uscc.calc_check_digit(body))


def _name(number: int) -> str:
    return f"演示企业{number:02d}号有限公司"


def _reading(kind: Kind) -> RecognitionsReading:
    first, count, published_on = LISTS[kind]
    rows = [[_name(number), credit_code(number)] for number in range(first, first + count)]
    heading = ["企业名称", "统一社会信用代码"]
    if kind == Kind.SINGLE_CHAMPION:
        heading.append("产品")
        rows = [[*row, "演示产品" if place % 2 else ""] for place, row in enumerate(rows)]
    about = ListParticulars(kind, f"2026年演示{kind.label}名单", "", published_on)
    content = csv_bytes([heading, *rows])
    return read_recognitions(content=content, file_name=f"{kind}-2026.csv", about=about, today=LAST_DAY)


def _record_services(by: User) -> None:
    numbers = range(1, ENTERPRISES + 1)
    Enterprise.objects.bulk_create(
        [Enterprise(credit_code=credit_code(number), name=_name(number)) for number in numbers], ignore_conflicts=True
    )
    enterprises = dict(Enterprise.objects.values_list("credit_code", "pk"))
    platforms = Platform.objects.evaluated().order_by("code").values_list("pk", flat=True)
    ServiceRecord.objects.bulk_create(
        [
            ServiceRecord(
                platform_id=platform,
                enterprise_id=enterprises[credit_code(number)],
                served_on=day,
                kind=kind,
                activity=ACTIVITIES[kind],
                contact_person=f"演示联系人{number:02d}",
                contact_phone=f"139000000{number:02d}",
                recorded_by=by,
            )
            for place, platform in enumerate(platforms)
            for number in numbers
            for day, kind in _visits(place, number)
        ]
    )


def _visits(place: int, number: int) -> Iterator[tuple[date, ServiceKind]]:
    """Each platform serves about a fifth of the enterprises, two or three times; a few were served too long ago."""
    if (number * 7 + place * 3) % 5:
        return
    kinds = list(ACTIVITIES)
    if (number + place) % 11 == 0:
        yield date(2023, 5, 10) + timedelta(days=number), kinds[number % len(kinds)]
        return
    for turn in range(2 + (number + place) % 2):
        day = date(2025, 3, 3) + timedelta(days=(number * 37 + place * 11 + turn * 190) % 600)
        yield day, kinds[(number + turn) % len(kinds)]
