"""One number of one indicator has the types that docs/terms.md names, each with its reason, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECTION = "## One number of one indicator"
SAYS_A_NUMBER = {"amount", "cells", "figure", "value"}
OF_AN_INDICATOR = {"base", "indicator", "reason"}


def fields(node: ast.ClassDef) -> set[str]:
    annotated = [each.target for each in node.body if isinstance(each, ast.AnnAssign)]
    assigned = [target for each in node.body if isinstance(each, ast.Assign) for target in each.targets]
    return {each.id for each in (*annotated, *assigned) if isinstance(each, ast.Name)}


def types_of_a_number(source: str) -> Iterator[str]:
    """Classes with a field for what is said and one for the indicator, the denominator or the reason beside it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            names = fields(node)
            if names & SAYS_A_NUMBER and names & OF_AN_INDICATOR:
                yield node.name


def named_types() -> list[str]:
    text = (ROOT / "docs/terms.md").read_text(encoding="utf-8")
    rows = [line for line in text.partition(SECTION)[2].splitlines() if line.startswith("|")]
    return [name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[2])]


def test_a_type_of_a_number_is_known_by_its_fields():
    said = "class Said(NamedTuple):\n    indicator: str\n    value: str\n"
    place = "class Place:\n    indicator: str\n    row: int\n"
    assert list(types_of_a_number(said + place)) == ["Said"]


def test_every_type_of_a_number_is_named_once_with_its_reason():
    modules = [path for path in (ROOT / "evaluation").rglob("*.py") if "migrations" not in path.parts]
    found = sorted(name for path in modules for name in types_of_a_number(path.read_text(encoding="utf-8")))
    assert found == sorted(named_types())
