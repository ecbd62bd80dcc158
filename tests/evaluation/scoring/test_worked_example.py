"""The worked example of the contract, to the last digit and the last word."""

import json
from pathlib import Path

from evaluation.scoring.result import score_bundle
from tests.evaluation.scoring.builders import card_of, entry_of

EXAMPLE = Path(__file__).parent / "golden" / "worked-example.bundle.json"


def example():
    return json.loads(EXAMPLE.read_text(encoding="utf-8"))


def test_total_sections_and_categories():
    card = card_of(score_bundle(example()))
    routine, key_work = card["sections"]

    assert (card["rank"], card["total"]) == (1, "82.09")
    assert (routine["score"], routine["weighted"]) == ("72.47", "14.494")
    assert (key_work["score"], key_work["weighted"]) == ("84.50", "67.6")
    assert [category["score"] for category in routine["categories"]] == ["34.25", "20.67", "8.35", "9.20"]
    assert [category["points"] for category in routine["categories"]] == ["40", "25", "15", "20"]


def test_an_indicator_entry_is_exactly_as_in_the_contract():
    assert entry_of(score_bundle(example()), "A11") == {
        "code": "A11",
        "state": "scored",
        "measure": "52",
        "points": "4",
        "score": "3.47",
        "reason": "4 × min(1, 52 ÷ 60) = 3.4666…,四舍五入 3.47",
    }


def test_the_frame_of_the_result():
    result = score_bundle(example())

    assert set(result) == {
        "format", "bundle_sha256", "year", "platform_type", "system", "not_ranked", "scorecards"
    }  # fmt: skip
    assert result["format"] == "sme-evaluation-result/1"
    assert result["system"] == {"code": "county_window-2025", "version": 1}
    assert result["not_ranked"] == []
    assert set(result["scorecards"][0]) == {"platform", "name", "rank", "total", "sections"}
    assert set(result["scorecards"][0]["sections"][0]) == {
        "code", "score", "weighted", "points", "applicable_points", "categories"
    }  # fmt: skip
    assert set(result["scorecards"][0]["sections"][0]["categories"][0]) == {
        "code", "score", "points", "applicable_points", "indicators"
    }  # fmt: skip
