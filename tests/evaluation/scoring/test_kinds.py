"""A kind of measure or rule is known to its own file alone, an indicator's code to no file at all."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

from evaluation.scoring.measures import MEASURES
from evaluation.scoring.rules import RULES
from evaluation.scoring.system import parse_system

ROOT = Path(__file__).resolve().parents[3]
APPS = ("zhuzhou_sme", "rewards", "evaluation", "platforms", "core")
KINDS = {**MEASURES, **RULES}
# The result document has a field of the same name as a kind: a section's score in its share of the total.
FIELDS = {
    "evaluation/scoring/scorecards.py": {"weighted"},
    "evaluation/ranking/documents/scorecard.py": {"weighted"},
    "evaluation/ranking/documents/card_texts.py": {"weighted"},
}
TAG = re.compile(r"{[%{].*?[%}]}", re.DOTALL)


def modules() -> dict[str, str]:
    found = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    assert len(found) > 200
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in found}


@cache
def literals_by_module() -> dict[str, set[str]]:
    return {name: literals(source) for name, source in modules().items()}


def literals(source: str) -> set[str]:
    return {
        node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant) and type(node.value) is str
    }


def home(kind: str) -> str:
    return f"{KINDS[kind].__module__.replace('.', '/')}.py"


def demo_codes() -> set[str]:
    files = sorted((ROOT / "demo" / "systems").glob("*.json"))
    assert len(files) == 3
    return {code for path in files for code in parse_system(json.loads(path.read_text(encoding="utf-8"))).codes}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_stands_in_its_own_file_alone(kind):
    named = {
        name for name, found in literals_by_module().items() if kind in found and kind not in FIELDS.get(name, set())
    }
    assert named == {home(kind)}


@pytest.mark.parametrize("registry", [MEASURES, RULES], ids=["measures", "rules"])
def test_every_kind_has_a_file_of_its_own(registry):
    assert len({home(kind) for kind in registry}) == len(registry)
    assert {kind: each.kind for kind, each in registry.items()} == {kind: kind for kind in registry}


def test_no_template_asks_which_kind_it_is():
    asking = {
        str(path.relative_to(ROOT)): tag
        for path in (ROOT / "templates").rglob("*.html")
        for tag in TAG.findall(path.read_text(encoding="utf-8"))
        if any(re.search(rf"""["']{kind}["']""", tag) for kind in KINDS)
    }
    assert asking == {}


def test_no_code_of_an_indicator_stands_in_the_program():
    codes = demo_codes()
    assert "A16" in codes
    named = {name: found for name, texts in literals_by_module().items() if (found := texts & codes)}
    assert named == {}
