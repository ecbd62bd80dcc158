"""Whoever holds the run-time role and writes SQL of their own: nothing that is final changes, whatever they set, shadow
or drop. Every statement that may reach a final row is tried on every column of it."""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from core.choices import JobState
from core.db_roles import apply_walls
from core.identity.changes import acknowledge_change, confirm_change
from core.models import ChangeRequest, Job
from evaluation.collection.models import Evidence, SubmittedFigure
from evaluation.marking.models import AssessorMark
from evaluation.ranking.models import Publication
from platforms.models import ServiceRecord
from rewards.actions import confirm_proposal
from rewards.models import YellowCard
from tests.factories import UserFactory
from tests.web.world import build_world
from zhuzhou_sme.tables import ROWS

FINAL = {
    "evaluation_ranking": "status = 'published'",
    "evaluation_scorecard": "ranking_id IN (SELECT id FROM evaluation_ranking WHERE status = 'published')",
    "evaluation_bulletin": "status = 'issued'",
    "evaluation_indicatorsystem": "status <> 'draft'",
    "evaluation_keytask": "system_id IN (SELECT id FROM evaluation_indicatorsystem WHERE status <> 'draft')",
    "evaluation_platformtarget": "system_id IN (SELECT id FROM evaluation_indicatorsystem WHERE status <> 'draft')",
    "evaluation_submission": "TRUE",
    "evaluation_submittedfigure": "status = 'locked'",
    "evaluation_evidence": "removed_at IS NOT NULL",
    "evaluation_assessormark": "handed_in_at IS NOT NULL",
    "evaluation_importbatch": "status = 'replaced'",
    "rewards_yellowcard": "status = 'confirmed'",
    "rewards_reward": "status = 'confirmed'",
    "rewards_operatorreplacement": "status = 'confirmed'",
    "platforms_servicerecord": "withdrawn_at IS NOT NULL",
    "platforms_guidance": "acknowledged_at IS NOT NULL",
    "core_job": "state = 'done'",
    "core_changerequest": "told_at IS NOT NULL",
    "core_damagedfile": "mended_at IS NOT NULL",
}
"""Of the tables whose rows the role may write: when a row is final."""
MAY_STILL = {("evaluation_indicatorsystem", each) for each in ("status", "retired_at", "retired_by_id")}
"""A version in force is retired once, by its workflow."""
LIBRARY_IGNORES = """CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE plpgsql AS $$ BEGIN RETURN trigger_name = ANY(current_setting('pgtrigger.ignore', true)::text[]); END $$"""


def sql(statement, *parameters):
    """In a savepoint, so that the next attack finds everything as it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def read(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


@contextmanager
def as_role(name=settings.DATABASE_APP_ROLE):
    sql(f"SET LOCAL ROLE {name}")
    yield
    sql("RESET ROLE")


@contextmanager
def every_trigger_ignored():
    """What django-pgtrigger's own functions would obey."""
    names = [name for (name,) in read("SELECT DISTINCT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname")]
    read("SELECT set_config('pgtrigger.ignore', %s, true)", "{" + ",".join(names) + "}")
    yield
    read("SELECT set_config('pgtrigger.ignore', '', true)")


@contextmanager
def replicating():
    """Only a superuser may; tried all the same."""
    with pytest.raises(DatabaseError, match="permission denied"):
        sql("SET LOCAL session_replication_role = 'replica'")
    yield


@contextmanager
def first_in_the_path():
    """Whatever stands in a schema of one's own, if there were one."""
    sql("SET LOCAL search_path = pg_temp, public")
    yield
    sql("SET LOCAL search_path = public")


ROUNDABOUT = {
    "plain": None,
    "pgtrigger.ignore": every_trigger_ignored,
    "replica": replicating,
    "search_path": first_in_the_path,
}


@pytest.fixture
def world(site):
    """One of everything, as far as a person or the clock could bring it."""
    found = build_world(site)
    card = YellowCard.objects.select_related("publication").order_by("pk")[0]
    bureau = UserFactory.create(role="bureau")
    confirm_proposal(proposal=card, reason="演示", by=bureau)
    sql("UPDATE platforms_servicerecord SET withdrawn_at = now(), withdrawn_by_id = recorded_by_id")
    sql("UPDATE platforms_guidance SET acknowledged_at = now(), acknowledged_by_id = written_by_id")
    sql("UPDATE evaluation_evidence SET removed_at = now(), removed_by_id = added_by_id")
    sql("INSERT INTO core_damagedfile (shelf, sha256, found, mended_at) VALUES ('sealed', 'x', '', now())")
    sql("UPDATE core_job SET state = 'done', finished_at = now()")
    sql(
        "UPDATE rewards_yellowcard SET letter_id = (SELECT min(sha256) FROM core_sealedfile) WHERE status = 'confirmed'"
    )
    _locked_figure(bureau)
    _replaced_batch()
    _mark(found, bureau)
    _changed_account(found, bureau)
    return found


def _locked_figure(bureau):
    figure = SubmittedFigure.objects.filter(status="handed_in").order_by("pk")[0]
    stamps = "checked_at = now(), checked_by_id = %s"
    sql(f"UPDATE evaluation_submittedfigure SET status = 'accepted', {stamps} WHERE id = %s", bureau.pk, figure.pk)
    sql("UPDATE evaluation_submittedfigure SET status = 'locked' WHERE id = %s", figure.pk)
    sql("UPDATE evaluation_reportingperiod SET status = 'closed'")
    sql("UPDATE evaluation_reportingperiod SET status = 'locked'")


def _replaced_batch():
    sql("UPDATE evaluation_importbatch SET status = 'replaced'")


def _changed_account(found, bureau):
    window = found.people["window"]
    asked = ChangeRequest.objects.get()
    assert asked.account == window
    acknowledge_change(request=confirm_change(request=asked, by=bureau), by=window)


def _mark(found, bureau):
    AssessorMark.objects.create(
        year=2025, platform=found.site.platforms[0], indicator="A21", assessor=bureau, value="3", reason="演示",
        handed_in_at="2026-01-10T08:00:00Z",
    )  # fmt: skip


def other_value(table, column):
    """SQL for something else of the same type, read from the row itself."""
    named = "SELECT format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s"
    ((kind,),) = read(named, table, column)
    return {
        "boolean": f"NOT {column}",
        "jsonb": "'[\"anders\"]'::jsonb",
        "uuid": "gen_random_uuid()",
        "date": f"coalesce({column}, DATE '2020-01-01') + 1",
        "timestamp with time zone": f"coalesce({column}, now()) + interval '1 day'",
        "bytea": "'anders'::bytea",
    }.get(kind, f"coalesce({column}, 0) + 1" if kind in NUMBERS else f"left(coalesce({column}, '') || 'x', 1) || 'y'")


NUMBERS = {"bigint", "integer", "smallint", "numeric"}


def columns_of(table):
    return [
        name
        for (name,) in read(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " ORDER BY attnum",
            table,
        )
    ]


def final_rows(table):
    return read(f"SELECT to_jsonb(t)::text FROM {table} t WHERE {FINAL[table]} ORDER BY 1")


def attacks(table):
    yield f"DELETE FROM {table} WHERE {FINAL[table]}"
    for column in columns_of(table):
        if (table, column) not in MAY_STILL:
            yield f"UPDATE {table} SET {column} = {other_value(table, column)} WHERE {FINAL[table]}"


def gets_through(statement):
    """The number of rows that the statement changed; None when the database refused it."""
    try:
        return sql(statement)
    except DatabaseError:
        return None


def test_every_table_that_the_role_may_write_is_final_at_some_point_or_open_by_its_nature():
    """A new table must be thought of: it is frozen at some point, or stands here because it never is."""
    writable = {name for name, rows in ROWS.items() if rows.update or rows.delete or rows.stamps}
    assert writable - FINAL.keys() == NEVER_FINAL


NEVER_FINAL = {
    # of the libraries: sessions, sign-in
    "account_emailaddress", "core_keptform", "core_knownaddress", "core_signinfailure", "django_session",
    "mfa_authenticator", "socialaccount_socialaccount", "socialaccount_socialtoken", "usersessions_usersession",
    # the register and the office: current facts, each with a history
    "core_office", "core_user", "platforms_region", "platforms_platform", "platforms_operator",
    "platforms_operatorterm", "platforms_recognition", "platforms_membership", "platforms_enterprise",
    # empty for everybody but one transaction
    "platforms_recognitionupload", "platforms_serviceupload",
    # opened again by its own workflow; appointments and standards are current facts with a history
    "evaluation_reportingperiod", "evaluation_assessorappointment", "rewards_rewardstandard", "rewards_rewardtier",
}  # fmt: skip


@pytest.mark.parametrize("way", ROUNDABOUT)
def test_nothing_final_is_changed_or_deleted(world, way):
    tried = 0
    for table in FINAL:
        before = final_rows(table)
        if table not in (
            "rewards_reward",
            "rewards_operatorreplacement",
            "evaluation_keytask",
            "evaluation_platformtarget",
        ):
            assert before, f"{table} has no final row to attack"
        with as_role():
            for statement in attacks(table):
                with transaction.atomic():
                    detour = ROUNDABOUT[way]
                    if detour is None:
                        changed = gets_through(statement)
                    else:
                        with detour():
                            changed = gets_through(statement)
                tried += 1
                assert not changed, f"{statement}: {changed}"
        assert final_rows(table) == before
    assert tried > 150


def test_with_the_library_s_own_function_the_setting_gets_through(world):
    """The control: what holds above is that no guard asks the setting."""
    sql(LIBRARY_IGNORES)
    with as_role(), every_trigger_ignored():
        changed = gets_through("UPDATE evaluation_ranking SET year = year - 100 WHERE status = 'published'")
    assert changed == Publication.objects.count()
    apply_walls(connection, role=settings.DATABASE_APP_ROLE, rows=ROWS)
    with as_role(), every_trigger_ignored():
        assert gets_through("UPDATE evaluation_ranking SET year = year - 100 WHERE status = 'published'") is None


SHADOWS = {
    "evaluation_ranking": "CREATE TEMP TABLE evaluation_ranking (id bigint, status text)",
    "evaluation_publication": "CREATE TEMP TABLE evaluation_publication (id bigint, prepared_by_id bigint)",
    "platforms_platformevent": "CREATE TEMP TABLE platforms_platformevent (LIKE public.platforms_platformevent)",
    "evaluation_indicatorsystem": "CREATE TEMP TABLE evaluation_indicatorsystem (id bigint, status text)",
}


@pytest.mark.parametrize("table", SHADOWS)
def test_no_temporary_table_is_made(world, table):
    with as_role(), pytest.raises(DatabaseError, match="permission denied to create temporary tables"):
        sql(SHADOWS[table])


@pytest.mark.parametrize("table", SHADOWS)
def test_a_temporary_table_would_shadow_nothing(world, table):
    """Even where somebody gave the right back: made by the owner, then handed over."""
    sql(SHADOWS[table])
    sql(f"GRANT ALL ON pg_temp.{table} TO {settings.DATABASE_APP_ROLE}")
    platform = world.site.platforms[0]
    before = read("SELECT count(*) FROM public.platforms_platformevent")
    with as_role():
        sql("SET LOCAL search_path = pg_temp, public")
        assert not gets_through("UPDATE public.evaluation_scorecard SET total = total + 1")
        assert not gets_through("DELETE FROM public.evaluation_scorecard")
        assert not gets_through(f"UPDATE public.evaluation_keytask SET system_id = {published_system()}")
        assert sql("UPDATE public.platforms_platform SET name = name || '甲' WHERE id = %s", platform.pk) == 1
    assert read("SELECT count(*) FROM public.platforms_platformevent") == [(before[0][0] + 1,)]
    sql(f"DROP TABLE pg_temp.{table}")


def published_system():
    ((pk,),) = read("SELECT min(id) FROM public.evaluation_indicatorsystem WHERE status <> 'draft'")
    return pk


ADDED = {
    "standing": """INSERT INTO evaluation_standing (publication_id, platform_id, platform_code, platform_name,
        region_name, operator_name, position, rank, total, section_scores, not_ranked_reason)
        SELECT publication_id, (SELECT max(id) FROM platforms_platform), 'X', 'X', '', '', 99, 1, 100, '{}', ''
          FROM evaluation_standing LIMIT 1""",
    "file": """INSERT INTO evaluation_publicationfile (publication_id, name, file_id)
        SELECT publication_id, 'other.json', file_id FROM evaluation_publicationfile LIMIT 1""",
    "scorecard": """INSERT INTO evaluation_scorecard (ranking_id, platform_id, rank, position, total, detail, sources)
        SELECT ranking_id, (SELECT max(id) FROM platforms_platform), 1, 99, 100, '{}', '{}'
          FROM evaluation_scorecard WHERE ranking_id IN (SELECT id FROM evaluation_ranking WHERE status = 'published')
         LIMIT 1""",
    "published at once": """INSERT INTO evaluation_ranking
        (year, platform_type, edition, system_id, status, not_ranked)
        SELECT 2031, platform_type, 1, system_id, 'published', '[]' FROM evaluation_ranking LIMIT 1""",
    "done at once": """INSERT INTO rewards_yellowcard
        (publication_id, standing_id, platform_id, status, rule_path, reason)
        SELECT publication_id, standing_id, platform_id, 'confirmed', '[]', 'x' FROM rewards_yellowcard LIMIT 1""",
    "history": """INSERT INTO platforms_platformevent SELECT * FROM platforms_platformevent LIMIT 1""",
    "context": """INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
        VALUES (gen_random_uuid(), '{"user": 1}', now(), now())""",
    "migration": "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '0009_x', now())",
}


@pytest.mark.parametrize("what", ADDED)
@pytest.mark.parametrize("role", ["owner", "app"])
def test_nothing_is_added_to_what_is_final(world, what, role):
    if role == "owner" and what in ("history", "context", "migration"):
        return  # the owner migrates; the portal never runs as it
    with as_role(role), pytest.raises(DatabaseError, match=r"frozen|must start|permission denied"):
        sql(ADDED[what])


def test_a_ranking_is_not_published_without_its_publication(world):
    scorer, bundle = "(SELECT min(id) FROM core_user)", "(SELECT min(sha256) FROM core_sealedfile)"
    stamps = f"scored_at = now(), scored_by_id = {scorer}, bundle_id = {bundle}"
    sql(f"UPDATE evaluation_ranking SET status = 'scored', {stamps} WHERE status = 'open'")
    with as_role(), pytest.raises(DatabaseError, match="not sealed"):
        sql("UPDATE evaluation_ranking SET status = 'published' WHERE status = 'scored'")


def test_a_scorecard_is_moved_to_no_published_ranking(world):
    """As owner too: the column is out of the run-time role's reach by its rights alone."""
    target = Publication.objects.order_by("pk")[0].ranking_id
    card = read("SELECT id FROM evaluation_scorecard WHERE ranking_id <> %s LIMIT 1", target)[0][0]
    for role in ("owner", "app"):
        with as_role(role), pytest.raises(DatabaseError):
            sql("UPDATE evaluation_scorecard SET ranking_id = %s WHERE id = %s", target, card)


def test_what_was_said_of_an_event_is_not_said_otherwise_later(world):
    """The id of a context that exists, with other words: the words of the first stay, the later ones are their own."""
    ((given, words),) = read("SELECT id, metadata::text FROM pghistory_context ORDER BY created_at, id LIMIT 1")
    platform = world.site.platforms[0]
    with as_role():
        read("SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)",
             str(given), '{"user": 4711}')  # fmt: skip
        with connection.cursor() as cursor:
            cursor.cursor.execute("UPDATE platforms_platform SET name = name || '乙' WHERE id = %s", [platform.pk])
    assert read("SELECT metadata::text FROM pghistory_context WHERE id = %s", given) == [(words,)]
    latest = read(
        "SELECT c.metadata->>'user', c.id <> %s FROM platforms_platformevent e"
        " JOIN pghistory_context c ON c.id = e.pgh_context_id ORDER BY e.pgh_id DESC LIMIT 1",
        given,
    )
    assert latest == [("4711", True)]


def test_who_asked_for_a_job_and_what_stays_as_it_was(db):
    job = Job.objects.create(kind="evaluation.score_ranking", idempotency_key="1", created_by=UserFactory.create())
    other = UserFactory.create()
    with as_role():
        for change in (f"created_by_id = {other.pk}", "kind = 'x'", "arguments = '{}'", "idempotency_key = 'x'"):
            with pytest.raises(DatabaseError, match="permission denied"):
                sql(f"UPDATE core_job SET {change} WHERE id = %s", job.pk)
        assert sql("UPDATE core_job SET state = %s, finished_at = now() WHERE id = %s", JobState.DONE, job.pk) == 1
        with pytest.raises(DatabaseError, match="frozen"):
            sql("UPDATE core_job SET result = '{}' WHERE id = %s", job.pk)


def test_records_of_files_and_withdrawals_are_stamped_once(world):
    assert Evidence.objects.exists()
    assert ServiceRecord.objects.exists()
    with as_role():
        for statement in (
            "UPDATE core_attachment SET sha256 = repeat('0', 64)",
            "UPDATE evaluation_evidence SET attachment_id = attachment_id",
            "UPDATE evaluation_evidence SET removed_at = NULL, removed_by_id = NULL",
            "UPDATE platforms_servicerecord SET withdrawn_at = NULL, withdrawn_by_id = NULL",
        ):
            with pytest.raises(DatabaseError, match=r"permission denied|frozen"):
                sql(statement)
