"""Two tables that other cities really published: our rules must reproduce every row."""

import csv
from pathlib import Path

import pytest

from evaluation.scoring.result import score_bundle
from tests.evaluation.scoring.builders import bundle, category, entry_of, indicator, one_indicator, section, system

GOLDEN = Path(__file__).parent / "golden"


def rows(name):
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


RATES = rows("cn_lianyungang_rate_to_score_cases.csv")
WEBSITES = rows("cn_prefecture_gov_websites_2014.csv")


@pytest.mark.parametrize("row", RATES, ids=lambda row: f"{row['month']} {row['unit']} {row['item']}")
def test_lianyungang_rates_by_slope(row):
    """连云港:满分线以上得满分,每低一个百分点扣若干分,扣到保底分为止。"""
    rule = {
        "kind": "slope",
        "full": row["threshold_T"],
        "per_point": row["slope_per_pp"],
        "floor": row["floor"],
    }
    result = score_bundle(one_indicator({"kind": "count"}, rule, row["rate_pct"], points=row["full_mark"]))
    whole, _, decimals = row["published_score"].partition(".")
    assert entry_of(result, "I1")["score"] == f"{whole}.{decimals:0<2}"


def test_prefecture_websites_total_and_rank():
    """国脉2014:五个分项相加,总分从高到低排名。"""
    parts = {name: name.rpartition("_")[2] for name in WEBSITES[0] if name not in ("rank", "unit", "total_100")}
    indicators = [indicator(name, points) for name, points in parts.items()]
    document = bundle(
        system(section("S", "100", category("C", *indicators)), indicator_decimals=1, total_decimals=1),
        platforms=[row["unit"] for row in WEBSITES],
        figures=[(row["unit"], name, row[name]) for row in WEBSITES for name in parts],
    )
    cards = score_bundle(document)["scorecards"]
    assert len(cards) == 10
    assert [(str(card["rank"]), card["platform"], card["total"]) for card in cards] == [
        (row["rank"], row["unit"], row["total_100"]) for row in WEBSITES
    ]
