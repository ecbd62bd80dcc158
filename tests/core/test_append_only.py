"""The tables that only grow: the run-time role can neither change, delete nor truncate, whatever the code says."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from core.models import SealedFile
from evaluation.collection.models import SubmissionReceipt
from evaluation.intake.models import Figure
from evaluation.ranking.models import Publication, PublicationFile, Standing
from evaluation.summaries.models import AnnualSummary
from platforms.models import EnterpriseRecognition, RecognitionList, ServiceList

EVENT_MODELS = [model for model in apps.get_models() if model.__name__.endswith("Event") and hasattr(model, "pgh_id")]
APPEND_ONLY = [
    SealedFile,
    Figure,
    Publication,
    PublicationFile,
    Standing,
    AnnualSummary,
    SubmissionReceipt,
    RecognitionList,
    EnterpriseRecognition,
    ServiceList,
    *EVENT_MODELS,
]


def test_every_workflow_model_has_a_history():
    tracked = {model.__name__.removesuffix("Event") for model in EVENT_MODELS}
    assert tracked >= {"User", "Platform", "Ranking", "Bulletin", "IndicatorSystem", "ImportBatch", "Reward"}


@pytest.mark.parametrize("model", APPEND_ONLY, ids=lambda model: model._meta.db_table)
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_app_role_has_no_right_to_rewrite(db, model, right):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, %s, %s), has_table_privilege(%s, %s, 'INSERT')",
            [
                settings.DATABASE_APP_ROLE,
                model._meta.db_table,
                right,
                settings.DATABASE_APP_ROLE,
                model._meta.db_table,
            ],
        )
        may_rewrite, may_insert = cursor.fetchone()
    assert not may_rewrite
    assert may_insert


@pytest.mark.parametrize("column", ["withdrawn_at", "withdrawn_by_id", "served_on", "platform_id"])
def test_app_role_may_stamp_a_withdrawal_on_a_service_record_and_nothing_else(db, column):
    table = "platforms_servicerecord"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_column_privilege(%s, %s, %s, 'UPDATE'), has_table_privilege(%s, %s, 'DELETE')",
            [settings.DATABASE_APP_ROLE, table, column, settings.DATABASE_APP_ROLE, table],
        )
        assert cursor.fetchone() == (column.startswith("withdrawn"), False)


def test_app_role_is_refused_in_fact(db, as_app):
    sealed = SealedFile.objects.create(sha256="0" * 64, media_type="text/plain", content=b"x", size=1)
    for statement in (
        "UPDATE core_sealedfile SET size = 2",
        "DELETE FROM core_sealedfile",
        "TRUNCATE core_sealedfile",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    sealed.refresh_from_db()
    assert sealed.size == 1
