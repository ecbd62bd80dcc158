"""A platform with a target of its own is scored by it, its scorecard says so, and anybody gets the same result."""

import json

import pytest

from evaluation.ranking.actions.rankings import compute_scoring, open_ranking, score_ranking
from evaluation.scoring.canonical import file_bytes
from evaluation.scoring.result import score_bundle
from evaluation.systems.actions import TargetCell, set_platform_targets
from evaluation.systems.actions.systems import import_system
from evaluation.systems.queries import own_targets
from platforms.choices import EVALUATED_TYPES
from platforms.models import Platform
from tests.evaluation.systems.plans import change
from tests.evaluation.year.demo import load_figures, load_registry, published, scorer_of
from tests.evaluation.year.reading import explained, row_of
from tests.evaluation.year.systems import in_force, system_document, system_in_force


@pytest.fixture
def year(bureau):
    """2025, with a smaller target of K1 for CNT-08 alone, and one of a platform that does not take part."""
    load_registry()
    for platform_type in EVALUATED_TYPES:
        if platform_type != "county_window":
            system_in_force(bureau, platform_type)
    draft = change(import_system(document=system_document(), by=bureau).system, bureau)
    ids = dict(Platform.objects.values_list("code", "pk"))
    cells = {TargetCell(ids["CNT-08"], "K1"): "40.50", TargetCell(ids["CNT-08"], "A16"): "500"}
    system = in_force(set_platform_targets(system=draft, targets=cells, by=bureau))
    load_figures()
    return system


def content(publication, name):
    return bytes(publication.files.get(name=name).file.content)


def test_targets_are_plain_decimals_without_needless_zeros(year):
    platform = Platform.objects.get(code="CNT-08")
    assert own_targets(year) == {platform.pk: {"A16": "500", "K1": "40.5"}}


def test_the_bundle_names_own_targets_only_where_there_are_any(year):
    publication = published("county_window")
    bundle = json.loads(content(publication, "bundle.json"))
    with_targets = {p["code"]: p["targets"] for p in bundle["platforms"] if "targets" in p}
    assert with_targets == {"CNT-08": {"A16": "500", "K1": "40.5"}}


def test_the_platform_is_scored_by_its_own_target_and_the_result_recomputes(year):
    publication = published("county_window")
    row = row_of(explained(publication, "CNT-08"), "K1")
    figure = row.value.removesuffix("家次")
    assert "÷ 40.5)" in row.reason and row.reason.startswith(f"15 × min(1, {figure} ÷ 40.5)")
    assert "目标值40.5家次" in row.rule
    usual = row_of(explained(publication, "CNT-07"), "K1")
    assert "÷ 100)" in usual.reason and "目标值100家次" in usual.rule
    bundle = json.loads(content(publication, "bundle.json"))
    assert file_bytes(score_bundle(bundle)) == content(publication, "result.json")
    without = {**bundle, "platforms": [{"code": p["code"], "name": p["name"]} for p in bundle["platforms"]]}
    totals = [{card["platform"]: card["total"] for card in score_bundle(b)["scorecards"]} for b in (bundle, without)]
    assert [code for code, total in totals[0].items() if totals[1][code] != total] == ["CNT-08"]


def test_scoring_reads_targets_of_the_rankings_own_version(year):
    by = scorer_of("county_window")
    ranking = open_ranking(year=2025, platform_type="county_window", by=by)
    scoring = compute_scoring(ranking=ranking, is_demo=True)
    assert [p.get("targets") for p in scoring.draft.document["platforms"]].count(None) == 8
    assert score_ranking(ranking=ranking, by=by, is_demo=True, scoring=scoring).system == year
