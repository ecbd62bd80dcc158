"""Once published, nothing moves: not by code, not by SQL as owner or as the run-time role, not by two who publish."""

import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction

from core.choices import Role
from core.errors import Refusal
from core.models import SealedFile
from evaluation.intake.actions import import_reading, read_figures
from evaluation.ranking.actions.publications import publish_ranking
from evaluation.ranking.actions.rankings import open_ranking, reopen_ranking, score_ranking
from evaluation.ranking.choices import RankingStatus
from evaluation.ranking.models import Publication, PublicationFile, Ranking, Scorecard, Standing
from tests.evaluation.year.demo import load_year, published, scored, scorer_of
from tests.evaluation.year.systems import DEMO
from tests.factories import UserFactory
from tests.harness.races import at_once

CHANGES = [
    "UPDATE evaluation_ranking SET scored_at = now()",
    "UPDATE evaluation_ranking SET status = 'open', scored_at = NULL, scored_by_id = NULL, bundle_id = NULL",
    "UPDATE evaluation_ranking SET status = 'scored'",
    "UPDATE evaluation_ranking SET bundle_id = (SELECT sha256 FROM core_sealedfile LIMIT 1)",
    "DELETE FROM evaluation_ranking",
    "UPDATE evaluation_scorecard SET total = total + 1",
    "UPDATE evaluation_scorecard SET detail = '{}'",
    "DELETE FROM evaluation_scorecard",
    """INSERT INTO evaluation_scorecard (ranking_id, platform_id, rank, position, total, detail, sources)
       SELECT (SELECT id FROM evaluation_ranking), max(id), 1, 99, 100, '{}', '{}' FROM platforms_platform""",
]
APPEND_ONLY = [
    "UPDATE evaluation_publication SET title = 'x'",
    "DELETE FROM evaluation_publication",
    "UPDATE evaluation_standing SET rank = 1",
    "DELETE FROM evaluation_standing",
    "UPDATE evaluation_publicationfile SET name = 'x'",
    "UPDATE core_sealedfile SET content = 'x'",
    "DELETE FROM core_sealedfile",
    "UPDATE evaluation_figure SET amount = amount + 1",
    "TRUNCATE evaluation_standing",
]


def run_sql(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


@pytest.fixture
def publication(bureau):
    load_year(bureau)
    return published()


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("role", ["owner", "app"])
def test_published_rows_refuse_sql(publication, statement, role):
    if role == "app":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
    with pytest.raises((IntegrityError, ProgrammingError), match=r"frozen|no move|permission denied"):
        run_sql(statement)


@pytest.mark.parametrize("statement", APPEND_ONLY)
def test_sealed_rows_refuse_the_run_time_role(publication, as_app, statement):
    with pytest.raises(ProgrammingError, match="permission denied"):
        run_sql(statement)


@pytest.mark.parametrize("statement", CHANGES[:1] + CHANGES[5:8])
def test_the_same_statements_pass_before_publication(bureau, statement):
    load_year(bureau)
    scored()
    assert run_sql(statement) > 0


def test_the_run_time_role_can_do_the_whole_year(bureau, as_app):
    load_year(bureau)
    assert published().standings.count() == 9


def test_a_published_ranking_is_neither_scored_nor_reopened_nor_opened_again(publication):
    ranking, by = publication.ranking, publication.prepared_by
    with pytest.raises(Refusal, match="当前为“已发布”,不能评分"):
        score_ranking(ranking=ranking, by=by, is_demo=True)
    with pytest.raises(Refusal, match="当前为“已发布”,不能退回重评"):
        reopen_ranking(ranking=ranking, reason="演示", by=by)
    with pytest.raises(Refusal, match="已发布,不能重新评分"):
        open_ranking(year=2025, platform_type="county_window", by=by)
    assert (Scorecard.objects.count(), Publication.objects.count()) == (9, 1)


def test_figures_that_a_published_ranking_used_can_no_longer_be_replaced(publication):
    path = DEMO / "figures-2025.csv"
    changed = path.read_text(encoding="utf-8-sig").replace('CNT-01,K4,2025,"""', 'CNT-01,K4,2025,"""1', 1)
    assert changed != path.read_text(encoding="utf-8-sig")
    reading = read_figures(content=changed.encode(), file_name="changed.csv")
    with pytest.raises(Refusal, match="已发布并使用了"):
        import_reading(reading=reading, by=None, replace=True)


def test_publishing_again_returns_the_publication_and_writes_nothing(publication):
    before = (SealedFile.objects.count(), Standing.objects.count(), PublicationFile.objects.count())
    again = publish_ranking(ranking=publication.ranking, by=UserFactory.create(), is_demo=True)
    assert again == publication
    assert (SealedFile.objects.count(), Standing.objects.count(), PublicationFile.objects.count()) == before


def test_the_database_refuses_one_person_for_both_steps(publication):
    with pytest.raises(IntegrityError, match="evaluation_publication_two_people"):
        run_sql("UPDATE evaluation_publication SET published_by_id = prepared_by_id")


def test_names_and_operators_are_those_of_the_year_end(bureau):
    load_year(bureau)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE platforms_operatorterm SET term = daterange(lower(term), '2026-01-01')"
            " WHERE platform_id = (SELECT id FROM platforms_platform WHERE code = 'CNT-01')"
        )
        cursor.execute(
            "UPDATE platforms_operatorterm SET term = daterange(lower(term), '2025-12-31')"
            " WHERE platform_id = (SELECT id FROM platforms_platform WHERE code = 'CNT-02')"
        )
    operators = dict(published().standings.values_list("platform_code", "operator_name"))
    assert (operators["CNT-01"], operators["CNT-02"]) == ("演示运营有限公司09号", "")


# Several at once.

THREADS = 4


@pytest.fixture
def scored_for_threads(transactional_db):
    load_year(UserFactory.create(role=Role.BUREAU))
    return scored()


def publishings(ranking):
    """The same ranking by as many people."""
    people = [UserFactory.create() for _ in range(THREADS)]
    return [lambda by=by: publish_ranking(ranking=ranking, by=by, is_demo=True).pk for by in people]


def test_publishing_in_parallel_makes_one_publication(scored_for_threads):
    publishers = iter([UserFactory.create() for _ in range(THREADS)])
    answers = at_once(
        *[lambda: publish_ranking(ranking=scored_for_threads, by=next(publishers), is_demo=True).pk] * THREADS
    )
    assert len(answers) == THREADS
    assert set(answers) == {Publication.objects.get().pk}
    assert (Standing.objects.count(), PublicationFile.objects.count()) == (9, 5)


def test_without_the_lock_publishing_in_parallel_would_collide(scored_for_threads, monkeypatch):
    """The control: take the row lock away and the same test fails on the database's last wall."""
    plain = type(Ranking.objects.all()).select_for_update
    monkeypatch.setattr("django.db.models.QuerySet.select_for_update", lambda self, *a, **k: self.all())
    publishers = iter([UserFactory.create() for _ in range(THREADS)])
    answers = at_once(
        *[lambda: publish_ranking(ranking=scored_for_threads, by=next(publishers), is_demo=True).pk] * THREADS
    )
    monkeypatch.setattr("django.db.models.QuerySet.select_for_update", plain)
    assert [answer for answer in answers if isinstance(answer, IntegrityError)]
    assert Publication.objects.count() == 1


def test_opening_and_scoring_in_parallel_makes_one_ranking(transactional_db):
    load_year(UserFactory.create(role=Role.BUREAU))
    by = scorer_of("county_window")

    def work():
        ranking = open_ranking(year=2025, platform_type="county_window", by=by)
        return score_ranking(ranking=ranking, by=by, is_demo=True).pk

    answers = at_once(*[work] * THREADS)
    assert len([answer for answer in answers if isinstance(answer, int)]) == 1
    assert all("当前为“已评分”" in str(answer) for answer in answers if isinstance(answer, Refusal))
    assert (Ranking.objects.get().status, Scorecard.objects.count()) == (RankingStatus.SCORED, 9)
