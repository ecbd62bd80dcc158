"""The demonstration year inside a test's database: registry, systems and every file, taken in by the actions."""

import csv
import io
from datetime import date
from functools import cache
from unittest.mock import patch

from core.choices import Role
from core.files.excel.reader import read_workbook
from core.models import User
from core.periods import Quarter
from evaluation.intake.actions import HubReading, hub, import_reading, read_figures, read_hub
from evaluation.ranking.actions.publications import publish_ranking
from evaluation.ranking.actions.rankings import open_ranking, score_ranking
from evaluation.ranking.models import Publication, Ranking
from platforms.choices import EVALUATED_TYPES, Level, RecognitionKind, RegionKind
from platforms.models import Operator, OperatorTerm, Platform, Recognition, Region
from tests.evaluation.year.systems import DEMO, system_in_force
from tests.factories import UserFactory


@cache
def platform_rows() -> tuple[dict[str, str], ...]:
    text = (DEMO / "platforms.csv").read_text(encoding="utf-8-sig")
    return tuple(csv.DictReader(io.StringIO(text)))


def load_registry() -> None:
    for row in platform_rows():
        if row["平台类型"] not in EVALUATED_TYPES:
            continue
        code = row["行政区划代码"]
        region, _ = Region.objects.get_or_create(code=code, defaults={"name": code, "kind": RegionKind.COUNTY})
        platform = Platform.objects.create(
            code=row["平台编码"], name=row["平台名称"], platform_type=row["平台类型"], region=region
        )
        accepted_on = date.fromisoformat(row["认定(验收)日期"])
        Recognition.objects.create(
            platform=platform, kind=RecognitionKind.ACCEPTANCE, recognised_on=accepted_on, level=Level.PROVINCIAL
        )
        operator = Operator.objects.create(name=row["运营单位"], credit_code=row["运营单位统一社会信用代码"])
        OperatorTerm.objects.create(platform=platform, operator=operator, term=(accepted_on, None))


_parsed = cache(read_workbook)


def demo_hub(quarter: Quarter) -> HubReading:
    """The demonstration's workbook of a quarter. What the limited child process makes of the bytes is remembered: they
    are always the same, and that they are read rightly is asked in tests/evaluation/intake."""
    path = DEMO / "hub" / f"{quarter.code}.xlsx"
    with patch.object(hub, "read_workbook", _parsed):
        return read_hub(content=path.read_bytes(), file_name=path.name, quarter=quarter)


def load_figures(year: int = 2025) -> None:
    for number in range(1, 5):
        import_reading(reading=demo_hub(Quarter(year, number)), by=None)
    path = DEMO / f"figures-{year}.csv"
    import_reading(reading=read_figures(content=path.read_bytes(), file_name=path.name), by=None)


def load_year(by: User, year: int = 2025) -> None:
    """Registry, the three systems in force and all figures of one year."""
    if not Platform.objects.exists():
        load_registry()
    for platform_type in EVALUATED_TYPES:
        system_in_force(by, platform_type, year)
    load_figures(year)


def scorer_of(platform_type: str) -> User:
    """Whoever evaluates the type (细则 R4.1)."""
    role = Role.BUREAU if platform_type == "city_platform" else Role.CITY_PLATFORM
    return UserFactory.create(role=role)


def scored(platform_type: str = "county_window", year: int = 2025) -> Ranking:
    by = scorer_of(platform_type)
    ranking = open_ranking(year=year, platform_type=platform_type, by=by)
    return score_ranking(ranking=ranking, by=by, is_demo=True)


def published(platform_type: str = "county_window", year: int = 2025) -> Publication:
    ranking = scored(platform_type, year)
    return publish_ranking(ranking=ranking, by=UserFactory.create(role=Role.BUREAU), is_demo=True)
