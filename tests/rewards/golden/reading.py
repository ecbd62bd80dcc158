"""Reads the golden tables: CSV files in Chinese that an official can sign and the tests execute row by row.

输入名次 is written as `2025年度县(市、区)平台:甲1、乙2、丁不参评`; several rankings are separated by ` / `, a
correction says `第2版`. After a rank may stand `=总分` and in brackets `运营=`, `名称=`, `区划=`. `现运营:丙=新公司`
names today's operator. A platform's letter is its code, the same over the years.
"""

import csv
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from rewards.consequences import Operator, Place, PublishedRanking, Tier

FOLDER = Path(__file__).parent
TYPES = {
    "市平台": ("city_platform", "市平台"),
    "集群平台": ("cluster_window", "产业集群窗口平台"),
    "县(市、区)平台": ("county_window", "县(市、区)综合窗口平台"),
}
_RANKING = re.compile(r"(\d{4})年度(.+?平台)(?:第(\d)版)?:(.+)")
_PLACE = re.compile(r"(\w)(?:(\d+)(?:=([\d.]+))?|不参评)(?:\(([^)]+)\))?")
_TIER = re.compile(r"(\w+?)([\d.]+)分及以上(\d+)元")


@dataclass(frozen=True)
class Situation:
    """What a row hands to the rules; `ranking` is the first one named, the one that is asked about."""

    rankings: tuple[PublishedRanking, ...]
    operators_now: dict[str, Operator]

    @property
    def ranking(self) -> PublishedRanking:
        return self.rankings[0]


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def situation(text: str) -> Situation:
    rankings, operators_now = [], {}
    for part in text.split(" / "):
        if part.startswith("现运营:"):
            code, _, name = part.removeprefix("现运营:").partition("=")
            operators_now[code] = Operator(name, name)
        else:
            rankings.append(_ranking(part))
    return Situation(tuple(rankings), operators_now)


def tiers(text: str) -> tuple[Tier, ...] | None:
    if text == "未设置":
        return None
    found = [_TIER.fullmatch(part) for part in text.split(";")]
    return tuple(Tier(match[1], Decimal(match[2]), int(match[3])) for match in found if match)


def printed(name: str) -> str:
    """The table as Markdown, as docs/consequences.md must show it."""
    table = rows(name)
    lines = ["| " + " | ".join(table[0]) + " |", "|" + "---|" * len(table[0])]
    return "\n".join([*lines, *("| " + " | ".join(row.values()) + " |" for row in table)])


def _ranking(text: str) -> PublishedRanking:
    match = _RANKING.fullmatch(text)
    assert match, f"cannot read the ranking {text!r}"
    platform_type, type_name = TYPES[match[2]]
    places = tuple(_place(part) for part in match[4].split("、"))
    return PublishedRanking(int(match[1]), platform_type, type_name, int(match[3] or 1), places)


def _place(text: str) -> Place:
    match = _PLACE.fullmatch(text)
    assert match, f"cannot read the place {text!r}"
    place = Place(match[1], f"{match[1]}平台", region="演示县", operator=Operator("运营一", "运营一"))
    if match[2]:
        place = replace(place, rank=int(match[2]), total=Decimal(match[3] or 100 - int(match[2])))
    else:
        place = replace(place, not_ranked_reason="下半年验收")
    for key, _, value in (each.partition("=") for each in (match[4] or "").split(",") if each):
        if key == "运营":
            place = replace(place, operator=None if value == "未登记" else Operator(value, value))
        elif key == "名称":
            place = replace(place, name=value)
        else:
            assert key == "区划", f"unknown {key!r} in {text!r}"
            place = replace(place, region=value)
    return place
