"""What the run-time role may do with the rows of every table, as the database has it; a table that nobody listed fails.

The list is `zhuzhou_sme.tables`. What must be out of reach for good is written here a second time, by hand."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection, transaction

from core.db_roles import apply_walls, tables_of
from core.models import SealedFile
from zhuzhou_sme.tables import HISTORIES, ROWS

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
NEVER_CHANGED = {
    "core_sealedfile",
    "core_attachment",
    "evaluation_figure",
    "evaluation_publication",
    "evaluation_publicationfile",
    "evaluation_standing",
    "evaluation_annualsummary",
    "evaluation_submissionreceipt",
    "platforms_recognitionlist",
    "platforms_enterpriserecognition",
    "platforms_servicelist",
    "django_admin_log",
    "core_signin",
}
"""Rows are added and read, and that is all."""
NEVER_WRITTEN = {"pghistory_context", "django_migrations", "django_content_type", "auth_permission"} | {
    model._meta.db_table for model in apps.get_models() if model.__name__.endswith("Event") and hasattr(model, "pgh_id")
}
"""The run-time role reads them. History grows by triggers alone."""
NEVER_DELETED = {
    "core_user",
    "core_job",
    "core_office",
    "evaluation_ranking",
    "evaluation_bulletin",
    "evaluation_indicatorsystem",
    "evaluation_importbatch",
    "evaluation_submission",
    "evaluation_submittedfigure",
    "evaluation_evidence",
    "evaluation_reportingperiod",
    "platforms_servicerecord",
    "platforms_guidance",
    "platforms_enterprise",
}


def asked(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def rights_of(table):
    held = {
        right for right in RIGHTS if asked("SELECT has_table_privilege(%s, %s, %s)", APP, table, right) == [(True,)]
    }
    columns = asked(
        """SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
              AND has_column_privilege(%s, attrelid, attnum, 'UPDATE') ORDER BY attname""",
        table,
        APP,
    )
    return held, set() if "UPDATE" in held else {name for (name,) in columns}


APP = settings.DATABASE_APP_ROLE


def test_every_table_is_listed_and_every_listed_one_exists(db):
    with connection.cursor() as cursor:
        assert set(tables_of(cursor)) == ROWS.keys()


@pytest.mark.parametrize("table", sorted(ROWS))
def test_the_database_gives_what_the_list_says_and_no_more(db, table):
    rows = ROWS[table]
    may = {"SELECT": True, "INSERT": rows.insert, "UPDATE": rows.update, "DELETE": rows.delete}
    assert rights_of(table) == ({right for right, held in may.items() if held}, set(rows.stamps))


def test_what_must_be_out_of_reach_is(db):
    """By hand, so that a slip in the list does not pass with the database that follows it."""
    for table in NEVER_CHANGED:
        assert rights_of(table) == ({"SELECT", "INSERT"}, set()), table
    for table in NEVER_WRITTEN:
        assert rights_of(table) == ({"SELECT"}, set()), table
    for table in NEVER_DELETED:
        assert "DELETE" not in rights_of(table)[0], table


def test_every_tracked_model_has_its_history_listed():
    events = {name.removesuffix("event") for name in NEVER_WRITTEN if name.endswith("event")}
    assert events == set(HISTORIES)
    assert events >= {"core_user", "platforms_platform", "evaluation_ranking", "evaluation_bulletin", "rewards_reward"}


def test_a_table_that_is_not_listed_stops_the_migration(db):
    rows = {name: rows for name, rows in ROWS.items() if name != "core_office"}
    with pytest.raises(ImproperlyConfigured, match="core_office"):
        apply_walls(connection, role=APP, rows=rows)


def test_the_role_makes_nothing_of_its_own(db):
    name = connection.settings_dict["NAME"]
    for right in ("TEMPORARY", "CREATE"):
        assert asked("SELECT has_database_privilege(%s, %s, %s)", APP, name, right) == [(False,)]
    assert asked("SELECT has_schema_privilege(%s, 'public', 'CREATE')", APP) == [(False,)]


def test_every_trigger_is_beyond_the_role(db):
    """Run as owner, with a search path that no temporary table gets in front of, and with nothing to be ignored."""
    found = asked(
        """SELECT p.proname, p.prosecdef, p.proconfig, has_function_privilege(%s, p.oid, 'EXECUTE')
             FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
              AND (p.prorettype = 'trigger'::regtype OR p.proname = '_pgh_attach_context')""",
        APP,
    )
    assert len(found) > 80
    for name, is_definer, options, may_call in found:
        assert (is_definer, options, may_call) == (True, ["search_path=pg_catalog, public, pg_temp"], False), name
    ((source,),) = asked("SELECT prosrc FROM pg_proc WHERE proname = '_pgtrigger_should_ignore'")
    assert source == "SELECT false"


def test_no_guard_reads_a_setting(db):
    """One that the role can set decides nothing; what the history is told of the person is no guard."""
    found = asked(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosrc ~* 'current_setting'"
    )
    assert found == [("_pgh_attach_context",)]


def test_the_run_time_role_is_refused_in_fact(db, as_app):
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
