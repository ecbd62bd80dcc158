"""The demonstration registry and the indicator systems in force, as the imports find them."""

import csv
import json

import pytest
from django.utils import timezone

from core.choices import Role
from evaluation.systems.models import IndicatorSystem
from platforms.models import Platform, Recognition
from tests.evaluation.intake.workbooks import DEMO
from tests.factories import RegionFactory, UserFactory


@pytest.fixture
def registry(db: None) -> dict[str, Platform]:
    """Every platform of the demonstration, by code, accepted on its day."""
    region = RegionFactory.create()
    with (DEMO / "platforms.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    platforms = Platform.objects.bulk_create(
        Platform(code=row["平台编码"], name=row["平台名称"], platform_type=row["平台类型"], region=region)
        for row in rows
    )
    Recognition.objects.bulk_create(
        Recognition(platform=platform, kind="acceptance", level="provincial", recognised_on=row["认定(验收)日期"])
        for platform, row in zip(platforms, rows, strict=True)
    )
    return {platform.code: platform for platform in platforms}


@pytest.fixture
def systems(db: None) -> list[IndicatorSystem]:
    """The three systems of 2025 in force."""
    by = UserFactory.create(role=Role.BUREAU)
    found = []
    for path in sorted((DEMO / "systems").glob("*.json")):
        definition = json.loads(path.read_text(encoding="utf-8"))
        system = IndicatorSystem.objects.create(
            platform_type=path.stem.rpartition("-")[0], code=definition["code"], version=1, definition=definition
        )
        system.put_in_force()
        system.in_force_at, system.in_force_by, system.late_reason = timezone.now(), by, "演示"
        system.save()
        found.append(system)
    return found
