"""The demonstration's enterprises feed every indicator of the register, and loading them again changes nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demo.enterprises import load_enterprises
from evaluation.register.queries.register import credits_of
from evaluation.register.queries.register_details import own_recognitions, shared_recognitions
from platforms.choices import EnterpriseRecognitionKind
from platforms.models import Enterprise, EnterpriseRecognition, Platform, RecognitionList, ServiceRecord
from tests.evaluation.year.demo import load_registry


@pytest.fixture
def loaded(bureau):
    load_registry()
    load_enterprises(by=bureau)
    return bureau


def counts() -> list[int]:
    models = Enterprise, RecognitionList, EnterpriseRecognition, ServiceRecord
    return [model.objects.count() for model in models]


def test_loading_again_changes_nothing_and_is_quick(loaded):
    before = counts()
    with CaptureQueriesContext(connection) as queries:
        load_enterprises(by=loaded)
    assert counts() == before
    assert len(queries) < 60


def test_every_kind_counts_somewhere_and_some_recognitions_are_shared(loaded):
    credits = credits_of(2026)
    kinds = {recognition.kind for found in credits.values() for recognition in found}
    assert kinds == set(EnterpriseRecognitionKind.values)
    assert len(credits) == Platform.objects.evaluated().count()
    assert shared_recognitions(2026)


def test_the_demonstrations_window_sees_what_counts_and_what_does_not(loaded):
    own = own_recognitions(Platform.objects.get(code="CNT-01"), 2026)
    assert any(each.served_on for each in own) and any(each.reason for each in own)
