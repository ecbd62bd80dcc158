"""A withdrawn service stays readable and counts nowhere; a removed piece of evidence shows nothing any more."""

import ast
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dev.sizes import APPS
from evaluation.register.queries.register import credits_of
from evaluation.register.queries.register_details import overlaps, own_recognitions, shared_recognitions
from evaluation.summaries.documents.summary_outline import _enterprise_tables
from platforms.actions.service_records import withdraw_service
from platforms.models import ServiceRecord
from platforms.queries.service_records import quarter_counts
from tests.factories import MembershipFactory
from tests.factories.collection import EnterpriseRecognitionFactory, ServiceRecordFactory
from tests.pages import text_of

ROOT = Path(__file__).resolve().parents[1]
# Where records are read whether withdrawn or not, and why.
ALL_RECORDS = {
    "platforms/views/desk.py": "the list shows withdrawn records as such; its counts go through quarter_counts",
    "platforms/views/workspace.py": "the same list for the platform, and the record that is to be withdrawn",
    "platforms/actions/service_records.py": "writes the record",
    "demo/enterprises.py": "loads the demonstration once",
}


def reads_of(model: str, method: str) -> dict[str, list[bool]]:
    """For each module every `Model.objects…` of it: whether the chain goes through the method."""
    found: dict[str, list[bool]] = {}
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == f"{model}.objects":
                found.setdefault(str(path.relative_to(ROOT)), []).append(node.attr == method)
    return found


def test_every_reader_of_service_records_leaves_withdrawn_ones_out_or_says_why_not():
    found = reads_of("ServiceRecord", "in_force")
    assert len(found) >= 5
    assert {name for name, chains in found.items() if not all(chains)} == ALL_RECORDS.keys()


@pytest.fixture
def world(db) -> dict[str, Any]:
    """Two platforms that served one recognised enterprise; the window's account and its clients."""
    day = timezone.localdate()
    enterprise = EnterpriseRecognitionFactory.create(enterprise__name="演示共享", recognised_on=day).enterprise
    windows = [MembershipFactory.create() for _ in range(2)]
    for window in windows:
        serve(window.platform, enterprise, day - timedelta(days=30))
    other = EnterpriseRecognitionFactory.create(enterprise__name="演示独有", recognised_on=day).enterprise
    return {"windows": windows, "served": enterprise, "unserved": other, "day": day}


def serve(platform, enterprise, day: date) -> ServiceRecord:
    return ServiceRecordFactory.create(platform=platform, enterprise=enterprise, served_on=day)


def page(user, name: str) -> str:
    client = Client()
    client.force_login(user, backend="core.identity.roles.RoleBackend")
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    return text_of(answer.content)


def outputs(world, bureau) -> dict[str, Any]:
    """Everything that counts or names services, by what it is."""
    year, window = world["day"].year, world["windows"][0]
    readers: dict[str, Callable[[], object]] = {
        "credits": partial(credits_of, year),
        "shared": partial(shared_recognitions, year),
        "overlaps": lambda: [
            (each.recognition.pk, [(c.platform.pk, [s.pk for s in c.services]) for c in each.credited])
            for each in overlaps(shared_recognitions(year))
        ],
        "own recognitions": lambda: own_recognitions(window.platform, year),
        "quarters at the desk": lambda: quarter_counts(ServiceRecord.objects.visible_to(bureau)),
        "quarters of the platform": lambda: quarter_counts(ServiceRecord.objects.filter(platform=window.platform)),
        "the outline's tables": lambda: _enterprise_tables(window.platform, year),
        "the platform's page": partial(page, window.user, "my_recognitions"),
        "the desk's page of overlaps": partial(page, bureau, "desk_recognition_overlaps"),
    }
    return {name: read() for name, read in readers.items()}


def test_a_withdrawn_service_counts_nowhere(world, bureau):
    """The control: while it is in force, every output says something else."""
    before = outputs(world, bureau)
    window = world["windows"][0]
    added = [
        serve(window.platform, world["served"], world["day"] - timedelta(days=1)),
        serve(window.platform, world["unserved"], world["day"] - timedelta(days=2)),
        serve(world["windows"][1].platform, world["unserved"], world["day"] - timedelta(days=3)),
    ]
    counted = outputs(world, bureau)
    assert [name for name in before if counted[name] == before[name]] == []
    for record, by in zip(added, (window.user, window.user, world["windows"][1].user), strict=True):
        withdraw_service(record=record, by=by)
    after = outputs(world, bureau)
    assert [name for name in before if after[name] != before[name]] == []
