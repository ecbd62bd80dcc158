"""What pages read of a published year: places with movement, explained scorecards, a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluation.ranking.documents.explained import published_scorecard, working_scorecard
from evaluation.ranking.models import Scorecard
from evaluation.ranking.queries.rankings import placed_standings, publication_files, publication_of, published_rankings
from platforms.models import Platform
from tests.evaluation.year.demo import load_year, published, scored
from tests.evaluation.year.reading import explained, row_of


@pytest.fixture
def year(bureau):
    load_year(bureau)


def working(ranking, code):
    scorecard = Scorecard.objects.select_related("ranking__bundle", "platform").get(
        ranking=ranking, platform__code=code
    )
    return working_scorecard(scorecard)


def queries_of(work):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len(captured)


def test_a_score_is_explained_down_to_value_rule_clause_and_source_row(year):
    publication = published()
    card = explained(publication, "CNT-01")
    routine, key_work = card.sections
    assert (card.platform_name, card.rank, card.ranked_count, card.total) == (
        "荷塘区中小企业公共服务窗口平台",
        3,
        9,
        "76.79",
    )
    assert (routine.weight, key_work.weight) == ("20%", "80%")
    row = row_of(card, "A15")
    assert row.name == "需求响应办结率"
    assert row.rule == "80%及以下不得分,95%及以上得3分,其间按比例计分"
    assert row.clause.citation == "《实施细则》第三条第(一)项第1目"
    assert row.source_label == "省枢纽平台"
    assert [(s.period, s.file_name) for s in row.sources] == [
        ("2025年第一季度", "2025Q1.xlsx"),
        ("2025年第二季度", "2025Q2.xlsx"),
        ("2025年第三季度", "2025Q3.xlsx"),
        ("2025年第四季度", "2025Q4.xlsx"),
    ]
    assert row_of(card, "A17").sources[0].file_name == "figures-2025.csv"
    assert row_of(card, "B21").rule == "满分6分,按折算数扣减,扣完为止"
    assert row.reason.startswith("100 × ")


def test_source_rows_name_the_very_rows_of_the_files(year):
    """The row that the scorecard cites is the row of that platform in the file, as the office program numbers it."""
    from core.files.excel.reader import read_workbook
    from tests.evaluation.year.systems import DEMO

    card = explained(published(), "CNT-05")
    for source in row_of(card, "A11").sources:
        sheet = read_workbook((DEMO / "hub" / source.file_name).read_bytes()).sheets[0]
        assert "CNT-05" in [str(cell).strip() for cell in sheet.rows[source.row - 1]]
    lines = (DEMO / "figures-2025.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[row_of(card, "A17").sources[0].row - 1].startswith("CNT-05,A17,")


def test_desk_and_public_page_explain_alike(year):
    publication = published()
    assert working(publication.ranking, "CNT-02") == explained(publication, "CNT-02")


def test_a_platform_not_ranked_has_a_reason_and_no_scorecard(year):
    publication = published("cluster_window")
    last = placed_standings(publication)[-1].standing
    assert (last.platform_code, last.rank, last.total) == ("CLU-07", None, None)
    assert last.not_ranked_reason == "2025年9月15日验收,晚于6月30日,本年度不参评"
    assert published_scorecard(publication, "CLU-07") is None


def test_movement_against_the_year_before(bureau):
    load_year(bureau, 2024)
    load_year(bureau, 2025)
    earlier = published("county_window", 2024)
    before = {placed.standing.platform_code: placed.standing.rank or 0 for placed in placed_standings(earlier)}
    now = placed_standings(published("county_window", 2025))
    for placed in now:
        rank_before = before[placed.standing.platform_code]
        assert placed.previous_rank == rank_before
        assert placed.movement == rank_before - (placed.standing.rank or 0)
    assert len({placed.movement for placed in now}) > 1
    assert {placed.movement for placed in placed_standings(earlier)} == {None}
    assert publication_of(year=2024, platform_type="county_window") == earlier


def test_published_rankings_newest_first_with_counts(year):
    published("county_window")
    published("cluster_window")
    found = {
        entry.publication.platform_type: (entry.ranked_count, entry.not_ranked_count) for entry in published_rankings()
    }
    assert found == {"county_window": (9, 0), "cluster_window": (6, 1)}


def test_registry_edits_after_publication_change_nothing_published(year):
    publication = published()
    before = [vars(p.standing) | {"_state": None} for p in placed_standings(publication)]
    Platform.objects.filter(code="CNT-01").update(name="改名后的窗口平台")
    after = [vars(p.standing) | {"_state": None} for p in placed_standings(publication)]
    assert [row["platform_name"] for row in after] == [row["platform_name"] for row in before]
    assert explained(publication, "CNT-01").platform_name == "荷塘区中小企业公共服务窗口平台"


@pytest.mark.parametrize("read", ["standings", "scorecard", "files", "list"])
def test_the_number_of_queries_does_not_grow_with_the_platforms(year, read):
    one, many = published("city_platform"), published("county_window")
    reading = {
        "standings": lambda p: [x.standing.operator for x in placed_standings(p)],
        "scorecard": lambda p: published_scorecard(p, "CITY-01" if p == one else "CNT-01"),
        "files": lambda p: [(f.name, f.file.size) for f in publication_files(p)],
        "list": lambda p: list(published_rankings()),
    }[read]
    assert queries_of(lambda: reading(one)) == queries_of(lambda: reading(many)) <= 3


def test_working_scorecards_take_two_queries(year):
    ranking = scored()
    assert queries_of(lambda: working(ranking, "CNT-01")) == 2
