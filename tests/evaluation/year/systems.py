"""The demonstration's indicator systems, as documents and put in force."""

import json
from pathlib import Path
from typing import Any

from core.choices import Role
from core.models import User
from evaluation.systems.actions.systems import import_system, put_system_in_force
from evaluation.systems.models import IndicatorSystem
from tests.factories import UserFactory

DEMO = Path(__file__).resolve().parents[3] / "demo"


def system_document(platform_type: str = "county_window", year: int = 2025) -> dict[str, Any]:
    document = json.loads((DEMO / "systems" / f"{platform_type}-2025.json").read_text(encoding="utf-8"))
    return {**document, "code": f"{platform_type}-{year}"}


def system_in_force(by: User, platform_type: str = "county_window", year: int = 2025) -> IndicatorSystem:
    """Imported by this person, put in force by a second one."""
    return in_force(import_system(document=system_document(platform_type, year), by=by).system)


def in_force(draft: IndicatorSystem) -> IndicatorSystem:
    """By somebody of the bureau who had no part in the draft, with a reason in case its year has begun."""
    return put_system_in_force(system=draft, by=UserFactory.create(role=Role.BUREAU), reason="演示:补行施行")
