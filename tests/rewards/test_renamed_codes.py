"""An indicator's code means nothing to the program: with the codes of all three systems handed round among their
indicators, differently for each type and year, and every category turned about, the same files give the same year, the
same bulletins and the same consequences."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from core.models import User
from core.paper.official_page import Layout
from core.periods import Quarter
from evaluation.bulletin.documents.building import Particulars, build_bulletin
from evaluation.bulletin.documents.view import BulletinView, Table
from evaluation.bulletin.queries import bulletin_facts
from evaluation.intake.actions import import_reading, read_figures, read_hub
from evaluation.ranking.models import Publication
from evaluation.register.queries.register import register_rows
from evaluation.systems.actions.systems import import_system
from platforms.choices import EVALUATED_TYPES
from platforms.models import Platform
from rewards.consequences.weakest import weakest_indicators
from rewards.queries.proposals import wanted_proposals
from tests.evaluation.year.demo import load_registry, published
from tests.evaluation.year.systems import DEMO, in_force, system_document
from tests.factories.collection import EnterpriseFactory, EnterpriseRecognitionFactory, ServiceRecordFactory

YEARS = 2024, 2025
Names = dict[tuple[str, int], dict[str, str]]
"""By type and year: the code in the file → the code in the system."""
PARTICULARS = Particulars(
    red_head="演示",
    issuer="演示",
    document_code="演",
    city_platform="演示平台",
    layout=Layout(37, 35, 28, 26, "29.0"),
    serial_number=1,
    issued_on=date(2025, 7, 16),
    problems="",
    requirements="",
    is_demo=True,
)


class RollBackError(Exception):
    """Ends a try of which nothing shall stay."""


@contextmanager
def undone() -> Iterator[None]:
    with pytest.raises(RollBackError), transaction.atomic():
        yield
        raise RollBackError


def indicators(system: dict[str, Any]) -> list[dict[str, Any]]:
    return [i for section in system["sections"] for category in section["categories"] for i in category["indicators"]]


def handed_round(platform_type: str, year: int) -> dict[str, str]:
    """Each indicator gets the code of another one of its system."""
    codes = [indicator["code"] for indicator in indicators(system_document(platform_type))]
    shift = 5 + 3 * list(EVALUATED_TYPES).index(platform_type) + year % 2  # type: ignore[arg-type]
    return dict(zip(codes, codes[shift:] + codes[:shift], strict=True))


def unchanged(platform_type: str, year: int) -> dict[str, str]:
    return {indicator["code"]: indicator["code"] for indicator in indicators(system_document(platform_type))}


def renamed(system: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Other codes of indicators and categories, everything inside a section in the opposite order."""
    for section in system["sections"]:
        for category in section["categories"]:
            category["code"] = f"x-{category['code']}"
            category["indicators"].reverse()
        section["categories"].reverse()
    for indicator in indicators(system):
        indicator["code"] = names[indicator["code"]]
    system["print_order"] = [entry.replace("category:", "category:x-") for entry in system["print_order"]]
    bulletin = system["print"]["bulletin"]
    bulletin["headline"] = names[bulletin["headline"]]
    for key in ("summary", "totals"):
        bulletin[key] = [names[code] for code in bulletin[key]]
    return system


def load(by: User, names: Names, change: Callable[[dict[str, Any], dict[str, str]], dict[str, Any]]) -> None:
    """Registry, systems, files and a few recognitions."""
    load_registry()
    kinds = dict(Platform.objects.values_list("code", "platform_type"))
    for year in YEARS:
        for kind in EVALUATED_TYPES:
            document = change(system_document(kind, year), names[kind, year])
            in_force(import_system(document=document, by=by).system)
        for quarter in (Quarter(year, number) for number in range(1, 5)):
            path = DEMO / "hub" / f"{quarter.code}.xlsx"
            import_reading(reading=read_hub(content=path.read_bytes(), file_name=path.name, quarter=quarter), by=None)
        text = (DEMO / f"figures-{year}.csv").read_text(encoding="utf-8-sig")
        heading, *rows = csv.reader(io.StringIO(text))
        target = io.StringIO(newline="")
        lines = [[code, names[kinds[code], year][indicator], *rest] for code, indicator, *rest in rows]
        csv.writer(target).writerows([heading, *lines])
        content = target.getvalue().encode("utf-8-sig")
        import_reading(reading=read_figures(content=content, file_name="演示.csv"), by=None)
    platform = Platform.objects.get(code="CNT-01")
    for recognised in ("little_giant", "above_scale", "listed", "single_champion"):
        enterprise = EnterpriseFactory.create()
        ServiceRecordFactory.create(platform=platform, enterprise=enterprise)
        EnterpriseRecognitionFactory.create(enterprise=enterprise, kind=recognised, recognised_on=date(2025, 9, 1))


def outcome(names: Names) -> dict[str, Any]:
    """Everything that follows, under the names of the files and without the order inside a system."""
    found: dict[str, Any] = {}
    for year in YEARS:
        for kind in EVALUATED_TYPES:
            back = {new: old for old, new in names[kind, year].items()}
            found[f"{kind} {year}"] = year_of(published(kind, year), back)
    found["register"] = sorted(
        (
            (row.platform_code, old_code(row, names), row.value, re.sub("[0-9]+》", "》", row.origin))
            for row in register_rows(year=2025)
        ),
        key=str,
    )
    for code in ("2024Q4", "2025Q1", "2025Q2", "2025Q4"):
        found[code] = printed(build_bulletin(bulletin_facts(Quarter.parse(code)), PARTICULARS))
    return found


def old_code(row: Any, names: Names) -> str:
    kind = Platform.objects.get(code=row.platform_code).platform_type
    return next(old for old, new in names[kind, 2025].items() if new == row.indicator)


def year_of(publication: Publication, back: dict[str, str]) -> dict[str, Any]:
    """Places, every indicator's entry, what the rules propose and where each platform lost most."""
    result = json.loads(bytes(publication.files.get(name="result.json").file.content))
    bundle = json.loads(bytes(publication.files.get(name="bundle.json").file.content))
    wanted = wanted_proposals(publication, date(2026, 3, 1))
    return {
        "places": [
            (s.platform_code, s.rank, s.total, s.section_scores) for s in publication.standings.order_by("position")
        ],
        "indicators": {
            card["platform"]: sorted(
                (back[entry["code"]], entry["score"], entry["reason"]) for entry in indicators(card)
            )
            for card in result["scorecards"]
        },
        "targets": [platform.get("targets") for platform in bundle["platforms"]],
        "proposals": {
            model.__name__: {
                Platform.objects.get(pk=pk).code: (fields["rule_path"], fields.get("amount"))
                for pk, fields in proposals.items()
            }
            for model, proposals in wanted.items()
        },
        "weakest": {
            card["platform"]: [each.weighted_loss for each in weakest_indicators(bundle["system"], card)]
            for card in result["scorecards"]
        },
    }


def printed(view: BulletinView) -> dict[str, Any]:
    """The bulletin's texts and tables; where a list follows the order of the system, its parts in no order."""
    return {
        "texts": [
            (section.heading, [sorted(re.split("[、,。:;\uff0c\uff1a\uff1b]", p.text)) for p in section.paragraphs])
            for section in view.sections
        ],
        "tables": [in_no_order(section.table) for section in view.sections if section.table],
        "attachments": [(a.title, [in_no_order(table) for table in a.tables]) for a in view.attachments],
    }


def in_no_order(table: Table) -> tuple[str, list[list[tuple[str, str]]]]:
    titled = [sorted(zip([c.title for c in table.columns], row.cells, strict=True)) for row in table.rows]
    return table.caption, sorted(titled)


def test_other_codes_in_another_order_give_the_same_year(bureau, standard):
    found = []
    for naming, change in ((unchanged, lambda system, names: system), (handed_round, renamed)):
        names = {(str(kind), year): naming(str(kind), year) for kind in EVALUATED_TYPES for year in YEARS}
        with undone():
            load(bureau, names, change)
            found.append(outcome(names))
    plain, other = found
    assert all(old != new for kind in EVALUATED_TYPES for old, new in handed_round(str(kind), 2025).items())
    assert plain["county_window 2025"]["proposals"]["YellowCard"] or plain["county_window 2025"]["proposals"]["Reward"]
    assert {row[1] for row in plain["register"]} >= {"D11", "K2", "K4", "C15"}
    for part, expected in plain.items():
        assert other[part] == expected, part
